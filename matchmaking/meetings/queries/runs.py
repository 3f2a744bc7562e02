"""Reads about runs of the scheduler and published versions."""

import uuid
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from matchmaking.accounts.models import User
from matchmaking.companies.models import Company
from matchmaking.companies.queries import shown_order
from matchmaking.core import jobs
from matchmaking.core.database import db
from matchmaking.events.models import Event
from matchmaking.meetings.models import (
    Assignment,
    Interpreter,
    Meeting,
    MeetingRequest,
    MeetingTable,
    NightlyRun,
    RunMode,
    ScheduleRun,
    ScheduleVersion,
    Slot,
)


def runs_of(event: Event, *, limit: int = 10) -> Sequence[ScheduleRun]:
    """The latest runs that could be published, newest first."""
    drafts = (RunMode.FULL, RunMode.NIGHTLY)
    query = select(ScheduleRun).where(
        ScheduleRun.event_id == event.id, ScheduleRun.mode.in_(drafts)
    )
    return db.session.scalars(
        query.order_by(ScheduleRun.created_at.desc(), ScheduleRun.id.desc()).limit(limit)
    ).all()


def studies_of(event: Event, mode: RunMode, *, limit: int = 12) -> Sequence[ScheduleRun]:
    """The latest runs that only answer a question, newest first."""
    query = select(ScheduleRun).where(ScheduleRun.event_id == event.id, ScheduleRun.mode == mode)
    return db.session.scalars(
        query.order_by(ScheduleRun.created_at.desc(), ScheduleRun.id.desc()).limit(limit)
    ).all()


def nightly_at(event: Event) -> NightlyRun | None:
    return db.session.get(NightlyRun, event.id)


def nightly_values(event: Event) -> dict[str, Any]:
    """What the form of the nightly run shows."""
    row = nightly_at(event)
    return {"at": row.at} if row else {}


def versions_of(event: Event) -> Sequence[tuple[ScheduleVersion, str | None]]:
    """Published versions, newest first, with the name of who published each."""
    query = (
        select(ScheduleVersion, User.full_name)
        .outerjoin(User, User.id == ScheduleVersion.published_by_id)
        .where(ScheduleVersion.event_id == event.id)
        .order_by(ScheduleVersion.number.desc())
    )
    return [(version, name) for version, name in db.session.execute(query)]


def run_in_force(event: Event) -> ScheduleRun | None:
    """What the schedule in force was published from; None where none is."""
    query = (
        select(ScheduleRun)
        .join(ScheduleVersion, ScheduleVersion.run_id == ScheduleRun.id)
        .where(
            ScheduleVersion.event_id == event.id,
            ScheduleVersion.number == event.schedule_version,
        )
    )
    return db.session.scalar(query)


def job_of(run: ScheduleRun) -> jobs.Job | None:
    return db.session.get(jobs.Job, run.job_id) if run.job_id else None


@dataclass(frozen=True)
class Names:
    """The rows a run speaks of, by the id as text."""

    companies: dict[str, Company]
    requests: dict[str, MeetingRequest]
    slots: dict[str, Slot]
    tables: dict[str, MeetingTable]
    interpreters: dict[str, Interpreter]
    zone: ZoneInfo

    @cached_property
    def is_one_day(self) -> bool:
        """All meetings are on one day, so that times need no date."""
        days = {slot.starts_at.astimezone(self.zone).date() for slot in self.slots.values()}
        return len(days) <= 1


def names_at(event: Event) -> Names:
    """Every company, request, slot, table and interpreter of the event; five queries."""

    def all_of(model: Any, *options: Any) -> dict[str, Any]:
        query = select(model).where(model.event_id == event.id).options(*options)
        return {str(row.id): row for row in db.session.scalars(query)}

    return Names(
        companies=all_of(Company),
        requests=all_of(
            MeetingRequest,
            joinedload(MeetingRequest.from_company),
            joinedload(MeetingRequest.to_company),
        ),
        slots=all_of(Slot),
        tables=all_of(MeetingTable),
        interpreters=all_of(Interpreter),
        zone=event.zone,
    )


@dataclass(frozen=True)
class Share:
    """How much of what it wanted one company got."""

    company: Company
    placed: int
    wanted: int


def shares(run: ScheduleRun, names: Names) -> list[Share]:
    """Every company of the run, the worst served first."""
    found = [
        Share(names.companies[key], placed, wanted)
        for key, (placed, wanted) in run.fairness.items()
        if key in names.companies
    ]
    return sorted(
        found, key=lambda s: (s.placed / max(1, s.wanted), -s.wanted, shown_order(s.company))
    )


def assignments_of(run: ScheduleRun) -> Sequence[Assignment]:
    return db.session.scalars(select(Assignment).where(Assignment.run_id == run.id)).all()


def meetings_by_slot(meetings: Sequence[Meeting]) -> dict[uuid.UUID, list[Meeting]]:
    """Meetings in the order given, by the slot they begin in."""
    found: dict[uuid.UUID, list[Meeting]] = {}
    for meeting in meetings:
        found.setdefault(meeting.slot_id, []).append(meeting)
    return found


def tables_taken(meetings: Sequence[Meeting]) -> Counter[uuid.UUID]:
    """How many meetings begin in each slot."""
    return Counter(meeting.slot_id for meeting in meetings)
