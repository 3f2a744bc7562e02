"""What other processes do at the same time; they share nothing with the test but the database."""

import random
import uuid
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

from flask import Flask

from matchmaking.app import create_app
from matchmaking.config import Config
from matchmaking.core.database import db, transaction
from matchmaking.core.errors import DomainError
from matchmaking.events.models import AgendaSession
from matchmaking.registration.models import Registration, TicketType
from matchmaking.registration.services import RegistrationInput, cancel, register
from matchmaking.registration.services.sign_ups import sign_up

PROCESSES = 4
_applications: list[Flask] = []


def other_processes(config: Config) -> ProcessPoolExecutor:
    """Four processes with an application each."""
    context = get_context("forkserver")
    context.set_forkserver_preload([__name__])
    return ProcessPoolExecutor(
        PROCESSES, mp_context=context, initializer=_open_application, initargs=(config,)
    )


def at_once(
    pool: ProcessPoolExecutor, work, *, rounds: int, about: list[uuid.UUID]
) -> Counter[str]:
    """`work(number, about)` 4 × `rounds` times, divided among the processes; what came of it."""
    shares = [range(n, PROCESSES * rounds, PROCESSES) for n in range(PROCESSES)]
    parts = [pool.submit(_many, work, share, about) for share in shares]
    return sum((part.result(timeout=240) for part in parts), Counter())


def _open_application(config: Config) -> None:
    _applications.append(create_app(config))


def _many(work, numbers: range, about: list[uuid.UUID]) -> Counter[str]:
    answers: Counter[str] = Counter()
    for number in numbers:
        with _applications[0].app_context():
            answers[_answer(work, number, about)] += 1
    return answers


def _answer(work, number: int, about: list[uuid.UUID]) -> str:
    try:
        with transaction():
            return str(work(number, about))
    except DomainError as refusal:
        return refusal.code


def signing_up(number: int, about: list[uuid.UUID], *, email: str = "") -> str:
    ticket_type = db.session.get_one(TicketType, about[0])
    wanted = RegistrationInput(
        full_name="Nguyễn Thị Ánh",
        email=email or f"delegate{number}@example.com",
        ticket_type=ticket_type,
        consents=frozenset({"processing"}),
    )
    return register(ticket_type.event, wanted).status


def signing_up_with_one_address(number: int, about: list[uuid.UUID]) -> str:
    return signing_up(number, about, email="anh@example.com")


def coming_and_going(number: int, about: list[uuid.UUID]) -> str:
    """Every third visitor cancels a registration made before; the others register."""
    if number % 3:
        return signing_up(number, about)
    registration = db.session.get_one(Registration, random.choice(about[1:]))
    return cancel(registration).status


def choosing_a_session(number: int, about: list[uuid.UUID]) -> str:
    registration = db.session.get_one(Registration, about[1 + number])
    sign_up(registration, db.session.get_one(AgendaSession, about[0]))
    return "seated"
