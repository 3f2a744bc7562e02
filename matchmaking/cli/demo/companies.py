"""The companies, who comes for them, and what they have asked each other."""

import json
from collections.abc import Sequence
from functools import cache
from typing import Any

from matchmaking.cli.demo.delegates import JOBS, add_delegate
from matchmaking.cli.demo.events import DATA
from matchmaking.cli.demo.people import People
from matchmaking.companies.models import Absence, Company, Representative, SectorRole, Side
from matchmaking.companies.recommendations import recommend
from matchmaking.companies.services.profile import Profile, create
from matchmaking.core import clock
from matchmaking.core.bilingual import Bilingual
from matchmaking.core.database import db
from matchmaking.core.text import name_sort_key
from matchmaking.events.models import Event
from matchmaking.meetings.models import (
    Interpreter,
    InterpreterHours,
    MeetingRequest,
    RequestStatus,
    Slot,
)
from matchmaking.registration.models import Registration, TicketType

Facts = dict[str, Any]
TEXTS = ("name", "offering_text", "seeking_text")
SAID = (
    "country",
    "province_code",
    "tax_code",
    "employees_band",
    "needs_interpreter",
    "persons_at_table",
    "contact_email",
)
INTERPRETED = (("ko",),) * 8 + (("ja",),) * 3 + (("ko", "en"),) * 2 + (("ar",), ("th",), ("en",))


@cache
def facts_of_companies() -> tuple[Facts, ...]:
    return tuple(json.loads((DATA / "companies.json").read_text()))


def load_companies(
    event: Event,
    types: dict[str, TicketType],
    people: People,
    *,
    slots: Sequence[Slot],
    countries: frozenset[str] | None = None,
) -> list[Company]:
    """The companies of these countries (None: all), confirmed, each with one to three people."""
    loaded = []
    for facts in facts_of_companies():
        if countries is not None and facts["country"] not in countries:
            continue
        company = create(event, _profile(facts), is_confirmed=True)
        _load_people(company, types, people, number=facts["persons_at_table"])
        _load_absences(company, facts, slots)
        loaded.append(company)
    db.session.flush()
    return loaded


def _profile(facts: Facts) -> Profile:
    values: Facts = {role.value: tuple(facts[_key_of(role)]) for role in SectorRole}
    values.update({key: Bilingual(**facts[key]) for key in TEXTS})
    values.update({key: facts[key] for key in SAID})
    return Profile(
        side=Side(facts["side"]),
        languages=tuple(facts["languages"]),
        **values,
    )


def _key_of(role: SectorRole) -> str:
    return "sectors" if role is SectorRole.SECTOR else role.value


def _load_people(
    company: Company, types: dict[str, TicketType], people: People, *, number: int
) -> None:
    code = "business_vn" if company.side is Side.LOCAL else "business_foreign"
    for position in range(number):
        delegate = add_delegate(
            types[code],
            people.person(company.country),
            organization=company.name.vi if company.country == "VN" else company.name.en,
            job_title=people.random.choice(JOBS.get(company.country, JOBS["KR"])),
            people=people,
        )
        db.session.add(
            Representative(company_id=company.id, registration=delegate, is_contact=position == 0)
        )


def _load_absences(company: Company, facts: Facts, slots: Sequence[Slot]) -> None:
    """The data numbers the slots a company can make, of nine; the rest are its absences."""
    for slot in slots[:9]:
        if slot.number not in facts["available_slots"]:
            company.absences.append(Absence(starts_at=slot.starts_at, ends_at=slot.ends_at))


def load_interpreters(event: Event, delegates: Sequence[Registration]) -> None:
    """Sixteen interpreters; every fourth leaves before the last hour of the meetings."""
    slots = db.session.query(Slot).filter_by(event_id=event.id).order_by(Slot.number).all()
    for number, languages in enumerate(INTERPRETED):
        person = delegates[number] if number < len(delegates) else None
        full_name = person.full_name if person else f"Phiên dịch viên {number + 1}"
        interpreter = Interpreter(
            event_id=event.id,
            registration_id=person.id if person else None,
            full_name=full_name,
            sort_name=name_sort_key(full_name),
            languages=list(languages),
        )
        if number % 4 == 3 and len(slots) > 3:
            interpreter.hours.append(
                InterpreterHours(starts_at=slots[0].starts_at, ends_at=slots[-3].ends_at)
            )
        db.session.add(interpreter)


def load_requests(companies: Sequence[Company], people: People, *, most: int = 5) -> None:
    """Requests made from the recommendations. Some companies are asked by many, most by few."""
    popularity = {company.id: people.random.paretovariate(1.2) for company in companies}
    asked: set[frozenset[Any]] = set()
    db.session.flush()
    for company in companies:
        with db.session.no_autoflush:
            fitting = recommend(company, limit=15)
        fitting.sort(key=lambda found: -found.score * popularity[found.company.id])
        for rank, found in enumerate(fitting[: people.random.randint(1, most)]):
            pair = frozenset((company.id, found.company.id))
            if pair in asked and people.random.random() < 0.7:
                continue
            asked.add(pair)
            db.session.add(_request(company, found.company, rank=rank, people=people))
    db.session.flush()


def _request(sender: Company, receiver: Company, *, rank: int, people: People) -> MeetingRequest:
    status = people.random.choices(list(RequestStatus), weights=(20, 65, 9, 6))[
        0
    ]  # pending, accepted, declined, withdrawn
    return MeetingRequest(
        event_id=sender.event_id,
        from_company_id=sender.id,
        to_company_id=receiver.id,
        priority=max(1, 5 - rank),
        message=sender.seeking_text.vi if sender.side is Side.LOCAL else sender.seeking_text.en,
        status=status,
        version=1,
        answered_at=clock.now() if status is not RequestStatus.PENDING else None,
    )
