"""Printing for many: in the background, with its progress, and no transaction open meanwhile."""

import uuid
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from matchmaking.accounts.models import User
from matchmaking.core import audit, clock, files, jobs
from matchmaking.core.database import db, reading
from matchmaking.core.jobs import Job
from matchmaking.documents.agendas import AgendaBook, Sheet, book_of, sheets_pdf
from matchmaking.documents.badges import SIZES, badge_chunks, face_of, finished
from matchmaking.documents.masthead import masthead_of
from matchmaking.documents.orders import Paper, PrintOrder
from matchmaking.documents.pdf import merged
from matchmaking.documents.programme import programme_pdf
from matchmaking.documents.queries import PRINTING, subjects_of
from matchmaking.documents.services import count_prints
from matchmaking.documents.sheets import on_a4
from matchmaking.documents.sign_in import sign_in_pdf, signatories
from matchmaking.events.models import Event
from matchmaking.registration.models import Badge

KEPT_FOR = timedelta(days=3)
CHUNK = 25


@dataclass(frozen=True)
class PrintRun:
    """What is left to do once everything was read: plain values and pure functions."""

    parts: Iterator[tuple[int, bytes]]
    bind: Callable[[Sequence[bytes]], bytes]
    badge_ids: tuple[uuid.UUID, ...] = ()


@jobs.job(PRINTING, is_long=True)
def print_documents(job: Job) -> dict[str, str]:
    event_id, asked_by = job.event_id, job.created_by_id
    order = PrintOrder.from_arguments(job.arguments)
    with reading():
        event = db.session.get_one(Event, event_id)
        name = f"{event.slug}-{order.paper.value.replace('_', '-')}.pdf"
        run = _read(event, order)
    parts = []
    for done, part in run.parts:
        parts.append(part)
        jobs.report_progress(job, done=done)
    content = run.bind(parts)
    files.remove_expired()
    stored = files.store(
        content,
        name=name,
        content_type="application/pdf",
        event_id=event_id,
        expires_at=clock.now() + KEPT_FOR,
    )
    _count(run, asked_by, event_id)
    return {"file": str(stored.id)}


def _count(run: PrintRun, asked_by: uuid.UUID | None, event_id: uuid.UUID | None) -> None:
    if not run.badge_ids:
        return
    user = db.session.get(User, asked_by) if asked_by else None
    actor = audit.Actor("user", user.id, user.full_name) if user else audit.SYSTEM
    with audit.acting_as(actor):
        count_prints(db.session.get_one(Event, event_id), run.badge_ids)


def _read(event: Event, order: PrintOrder) -> PrintRun:
    subjects = db.session.scalars(subjects_of(event, order)).unique().all()
    if order.paper is Paper.BADGES:
        return _badges(subjects, order)
    if order.paper is Paper.PROGRAMME:
        return _single(*(programme_pdf(event, language) for language in order.languages))
    if order.paper is Paper.SIGN_IN_SHEET:
        head = masthead_of(event, with_version=False)
        people = signatories(subjects)
        lists = (sign_in_pdf(people, head, language) for language in order.languages)
        return _single(*lists, count=len(subjects))
    book = book_of(event)
    sheets = [_SHEETS[order.paper](book, subject) for subject in subjects]
    return PrintRun(parts=_sheet_chunks(sheets), bind=merged)


_SHEETS: dict[Paper, Callable[[AgendaBook, Any], Sheet]] = {
    Paper.AGENDAS: AgendaBook.sheet_of,
    Paper.COMPANY_AGENDAS: AgendaBook.sheet_of_company,
    Paper.TABLE_CARDS: AgendaBook.sheet_of_table,
    Paper.INTERPRETER_AGENDAS: AgendaBook.sheet_of_interpreter,
}


def _badges(badges: Sequence[Badge], order: PrintOrder) -> PrintRun:
    size = SIZES[order.size]
    faces = [face_of(badge) for badge in badges]

    def bind(parts: Sequence[bytes]) -> bytes:
        whole = finished(parts, faces, size)
        return on_a4(whole, size.width, size.height) if order.on_a4 else whole

    return PrintRun(
        parts=badge_chunks(faces, size), bind=bind, badge_ids=tuple(badge.id for badge in badges)
    )


def _single(*pdfs: bytes, count: int = 1) -> PrintRun:
    """One document, once in each language."""
    return PrintRun(parts=iter([(count, pdf) for pdf in pdfs]), bind=merged)


def _sheet_chunks(sheets: Sequence[Sheet]) -> Iterator[tuple[int, bytes]]:
    for start in range(0, len(sheets), CHUNK):
        chunk = sheets[start : start + CHUNK]
        yield start + len(chunk), sheets_pdf(chunk, is_tagged=False)
