"""What pages ask about events."""

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import groupby

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, selectinload

from matchmaking.accounts.models import User
from matchmaking.core.bilingual import Bilingual
from matchmaking.core.database import db
from matchmaking.events.models import (
    AgendaSession,
    Booth,
    Event,
    EventMember,
    EventStatus,
    Hall,
    MemberRole,
    Series,
    Track,
)
from matchmaking.events.signals import booth_holders

WORKERS = (MemberRole.OWNER, MemberRole.EDITOR, MemberRole.VIEWER)
MAKERS = (MemberRole.OWNER, MemberRole.EDITOR)


@dataclass
class ProgrammeItem:
    """A session with the sessions inside it."""

    session: AgendaSession
    children: list["ProgrammeItem"] = field(default_factory=list)


@dataclass(frozen=True)
class ProgrammeBlock:
    """Sessions that begin and end together: one, or several in parallel."""

    starts_at: datetime
    ends_at: datetime
    items: tuple[ProgrammeItem, ...]

    @property
    def is_parallel(self) -> bool:
        return len(self.items) > 1


@dataclass(frozen=True)
class ProgrammeDay:
    day: date
    items: list[ProgrammeItem]

    @property
    def blocks(self) -> list[ProgrammeBlock]:
        return blocks_of(self.items)


def blocks_of(items: Sequence[ProgrammeItem]) -> list[ProgrammeBlock]:
    """Items in order of time, those of the very same time together."""

    def times(item: ProgrammeItem) -> tuple[datetime, datetime]:
        return item.session.starts_at, item.session.ends_at

    return [ProgrammeBlock(*time, tuple(group)) for time, group in groupby(items, key=times)]


def sessions_of(event: Event) -> Sequence[AgendaSession]:
    """Every session in order of time, then of track and hall, with what it is shown with."""
    return sorted(db.session.scalars(programme_query(event)), key=_order_in_programme)


def programme_query(event: Event) -> Select[AgendaSession]:
    """The event's sessions with what they are shown with, in no order."""
    return (
        select(AgendaSession)
        .where(AgendaSession.event_id == event.id)
        .options(
            joinedload(AgendaSession.hall),
            joinedload(AgendaSession.track),
            selectinload(AgendaSession.speakers),
        )
    )


def _order_in_programme(session: AgendaSession) -> tuple[datetime, datetime, int, int, str]:
    return (
        session.starts_at,
        session.ends_at,
        session.track.position if session.track else -1,
        session.hall.position if session.hall else -1,
        str(session.id),
    )


def programme(event: Event) -> list[ProgrammeDay]:
    """The days that have sessions, each with its sessions and those nested in them."""
    return programme_of(event, sessions_of(event))


def programme_of(event: Event, sessions: Sequence[AgendaSession]) -> list[ProgrammeDay]:
    items = {session.id: ProgrammeItem(session) for session in sessions}
    tops: list[ProgrammeItem] = []
    for item in items.values():
        parent = items.get(item.session.parent_id) if item.session.parent_id else None
        (parent.children if parent else tops).append(item)

    def day_of(item: ProgrammeItem) -> date:
        return item.session.starts_at.astimezone(event.zone).date()

    return [ProgrammeDay(day, list(of_day)) for day, of_day in groupby(tops, key=day_of)]


def clashes(sessions: Sequence[AgendaSession]) -> list[tuple[AgendaSession, AgendaSession]]:
    """Pairs in one hall at one time, where neither is part of the other."""
    by_id = {session.id: session for session in sessions}
    placed = [session for session in sessions if session.hall_id]
    return [
        (one, other)
        for index, one in enumerate(placed)
        for other in placed[index + 1 :]
        if one.hall_id == other.hall_id
        and one.starts_at < other.ends_at
        and other.starts_at < one.ends_at
        and one.id not in _ancestors(other, by_id)
        and other.id not in _ancestors(one, by_id)
    ]


def _ancestors(
    session: AgendaSession, by_id: dict[uuid.UUID, AgendaSession]
) -> frozenset[uuid.UUID]:
    found: set[uuid.UUID] = set()
    parent_id = session.parent_id
    while parent_id and parent_id in by_id and parent_id not in found:
        found.add(parent_id)
        parent_id = by_id[parent_id].parent_id
    return frozenset(found)


def halls_of(event: Event) -> Sequence[Hall]:
    query = select(Hall).where(Hall.event_id == event.id).order_by(Hall.position, Hall.id)
    return db.session.scalars(query).all()


def tracks_of(event: Event) -> Sequence[Track]:
    query = select(Track).where(Track.event_id == event.id).order_by(Track.position, Track.id)
    return db.session.scalars(query).all()


def booths_of(event: Event) -> Sequence[Booth]:
    query = (
        select(Booth)
        .where(Booth.event_id == event.id)
        .options(joinedload(Booth.hall))
        .order_by(Booth.number)
    )
    return db.session.scalars(query).all()


@dataclass(frozen=True)
class Exhibitor:
    """A booth and who stands there, as far as it is known."""

    number: str
    name: Bilingual


def exhibitors(event: Event) -> list[Exhibitor]:
    """The booths with the company that holds each, or else the name the organizer wrote."""
    holders: dict[uuid.UUID, Bilingual] = {}
    for _, answer in booth_holders.send(event):
        holders |= answer
    return [
        Exhibitor(booth.number, holders.get(booth.id, booth.holder)) for booth in booths_of(event)
    ]


@dataclass(frozen=True)
class Calendar:
    """The events one reader sees, around one moment."""

    coming: list[Event]
    past: list[Event]

    @property
    def series(self) -> list[tuple[Series, list[Event]]]:
        """The series with more than one edition, each with its editions, latest first."""
        by_series: dict[Series, list[Event]] = {}
        for event in sorted([*self.coming, *self.past], key=lambda e: e.starts_on, reverse=True):
            if event.series is not None:
                by_series.setdefault(event.series, []).append(event)
        return [(series, editions) for series, editions in by_series.items() if len(editions) > 1]


def public_calendar(now: datetime) -> Calendar:
    """Published events: those not yet over, soonest first; the others, latest first."""
    query = public_events().order_by(Event.starts_on).options(joinedload(Event.series))
    events = db.session.scalars(query).all()
    coming = [e for e in events if e.ends_at > now and e.status is EventStatus.PUBLISHED]
    return Calendar(coming, [e for e in reversed(events) if e not in coming])


def public_events() -> Select[Event]:
    """Every event that was published, in no order."""
    return select(Event).where(Event.status != EventStatus.DRAFT)


def editions_of(series_id: uuid.UUID) -> Sequence[Event]:
    """Every edition of a series, latest first."""
    query = select(Event).where(Event.series_id == series_id)
    return db.session.scalars(query.order_by(Event.starts_on.desc())).all()


def other_editions(event: Event) -> list[Event]:
    """The public editions of the same series, latest first."""
    if event.series_id is None:
        return []
    return [e for e in editions_of(event.series_id) if e.is_public and e.id != event.id]


def all_series() -> Sequence[Series]:
    return db.session.scalars(select(Series).order_by(Series.slug)).all()


def series_called(slug: str) -> Series | None:
    return db.session.scalar(select(Series).where(Series.slug == slug))


def desks_of(user: User) -> Sequence[Event]:
    """The events this person works on; an administrator's are all. Soonest first."""
    query = select(Event).order_by(Event.starts_on, Event.slug)
    if not user.is_administrator:
        query = query.join(EventMember, EventMember.event_id == Event.id).where(
            EventMember.user_id == user.id, EventMember.role.in_(WORKERS)
        )
    return db.session.scalars(query).all()


def works_on_events(user: User, roles: Collection[MemberRole] = WORKERS) -> bool:
    """Whether this person has one of the roles at any event; an administrator has them all."""
    if user.is_administrator:
        return True
    query = select(EventMember.id).where(
        EventMember.user_id == user.id, EventMember.role.in_(roles)
    )
    return db.session.scalar(query.limit(1)) is not None
