"""Who or what may be missing on the day."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select

from matchmaking.companies.models import Company, CompanyStatus
from matchmaking.companies.queries import shown_order
from matchmaking.core import clock
from matchmaking.core.database import db
from matchmaking.core.text import fold
from matchmaking.events.models import AgendaSession, Event
from matchmaking.meetings.models import (
    Interpreter,
    Meeting,
    MeetingStatus,
    MeetingTable,
    RunMode,
    ScheduleRun,
    Slot,
)
from matchmaking.meetings.queries.grid import interpreters_of, slots_of, tables_of
from matchmaking.meetings.queries.meetings import agreed_requests, meetings_at
from matchmaking.meetings.queries.problem import staying

MOST_SHOWN = 30
JUST_OVER = timedelta(minutes=30)


@dataclass(frozen=True)
class Missable:
    """One that could be missing. `left` counts its meetings still to come."""

    row: Company | Interpreter | MeetingTable | AgendaSession
    left: int = 0


@dataclass(frozen=True)
class Found:
    companies: Sequence[Missable]
    interpreters: Sequence[Missable]
    tables: Sequence[Missable]
    sessions: Sequence[Missable]
    more: int


def coming_slots(event: Event) -> list[Slot]:
    """The slots that have not begun."""
    now = clock.now()
    return [slot for slot in slots_of(event) if slot.starts_at > now]


def left_to_come(event: Event) -> dict[uuid.UUID, int]:
    """Meetings still to come, of each company, interpreter and table."""
    query = (
        select(Meeting)
        .join(Slot, Slot.id == Meeting.slot_id)
        .where(
            Meeting.event_id == event.id,
            Meeting.status == MeetingStatus.SCHEDULED,
            Slot.starts_at > clock.now(),
        )
    )
    counts: dict[uuid.UUID, int] = {}
    for one in db.session.scalars(query):
        for key in (one.company_a_id, one.company_b_id, one.interpreter_id, one.table_id):
            if key:
                counts[key] = counts.get(key, 0) + 1
    return counts


def missable(event: Event, words: str) -> Found:
    """Companies, interpreters and tables that fit the words; those with meetings to come first."""
    left = left_to_come(event)
    wanted = fold(words).split()
    companies = db.session.scalars(
        select(Company).where(
            Company.event_id == event.id, Company.status == CompanyStatus.CONFIRMED
        )
    ).all()
    found = [one for one in companies if all(word in one.search_text for word in wanted)]
    found.sort(key=lambda one: (not left.get(one.id), shown_order(one)))
    interpreters = [
        one for one in interpreters_of(event) if all(word in fold(one.full_name) for word in wanted)
    ]
    tables = [
        one
        for one in tables_of(event)
        if one.is_usable and all(word == str(one.number) for word in wanted)
    ]
    return Found(
        [Missable(one, left.get(one.id, 0)) for one in found[:MOST_SHOWN]],
        [Missable(one, left.get(one.id, 0)) for one in interpreters],
        [Missable(one, left.get(one.id, 0)) for one in tables],
        [Missable(one) for one in _may_go_on(event) if _fits(one, wanted)],
        max(0, len(found) - MOST_SHOWN),
    )


def _may_go_on(event: Event) -> list[AgendaSession]:
    """Sessions that may end later than planned while there are slots to come that day."""
    query = select(AgendaSession).where(
        AgendaSession.event_id == event.id,
        AgendaSession.slot_minutes.is_(None),
        AgendaSession.ends_at > clock.now() - JUST_OVER,
    )
    last = {one.starts_at.astimezone(event.zone).date(): one for one in coming_slots(event)}
    found = []
    for session in db.session.scalars(query.order_by(AgendaSession.starts_at, AgendaSession.id)):
        slot = last.get(session.ends_at.astimezone(event.zone).date())
        if slot and slot.starts_at > session.ends_at:
            found.append(session)
    return found


def _fits(session: AgendaSession, wanted: Sequence[str]) -> bool:
    title = fold(f"{session.title.vi} {session.title.en}")
    return all(word in title for word in wanted)


def requests_changed(event: Event) -> tuple[int, int]:
    """How many agreed requests have no meeting, and how many meetings nobody asks for any more."""
    agreed, meetings = agreed_requests(event), meetings_at(event)
    met, wanted = {one.pair for one in meetings}, {one.pair for one in agreed}
    stay = {one.id for one in staying(meetings, agreed)}
    return (
        len(wanted - met),
        sum(one.pair not in wanted and one.id not in stay for one in meetings),
    )


def ways_out(event: Event, group: uuid.UUID) -> list[ScheduleRun]:
    """The alternatives proposed together, the smallest first."""
    query = select(ScheduleRun).where(
        ScheduleRun.event_id == event.id, ScheduleRun.mode == RunMode.REPAIR
    )
    rows = db.session.scalars(query.order_by(ScheduleRun.id)).all()
    return [row for row in rows if row.plan["group"] == group.hex]
