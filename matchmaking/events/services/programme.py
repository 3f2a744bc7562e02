"""Agenda sessions: adding, changing, moving and removing them."""

import uuid
from dataclasses import dataclass, fields, replace
from datetime import datetime, time, timedelta
from typing import Any, ClassVar

from sqlalchemy import select

from matchmaking.core import audit
from matchmaking.core.bilingual import Bilingual
from matchmaking.core.codes import new_id
from matchmaking.core.database import db
from matchmaking.core.errors import DomainError
from matchmaking.core.i18n import _l
from matchmaking.events.models import AgendaSession, Event, Speaker
from matchmaking.events.services.dates import is_within
from matchmaking.events.services.trash import Removed, bury
from matchmaking.events.services.versions import lock_version
from matchmaking.events.signals import b2b_session_changed, session_removal


@dataclass(frozen=True, kw_only=True)
class SpeakerDetails:
    full_name: str
    job_title: Bilingual = Bilingual()
    organization: Bilingual = Bilingual()


@dataclass(frozen=True, kw_only=True)
class SessionDetails:
    """The columns of a session that its page edits, by their own names, and its speakers."""

    kind: str
    title: Bilingual
    starts_at: datetime
    ends_at: datetime
    description: Bilingual = Bilingual()
    parent_id: uuid.UUID | None = None
    hall_id: uuid.UUID | None = None
    track_id: uuid.UUID | None = None
    capacity: int | None = None
    sign_up: bool = False
    livestream_url: str = ""
    slot_minutes: int | None = None
    tables: int | None = None
    breaks: tuple[tuple[str, str], ...] = ()
    speakers: tuple[SpeakerDetails, ...] = ()


class SessionRefused(DomainError):
    """`about` names the value that cannot be taken."""

    about: ClassVar[str] = ""


class EndsTooEarly(SessionRefused):
    code = "session_ends_too_early"
    message = _l("It must end after it starts.")
    about = "ends_at"


class OutsideEvent(SessionRefused):
    code = "session_outside_event"
    message = _l("This is not on a day of the event, which is from %(first)s to %(last)s.")
    about = "starts_at"


class OutsideParent(SessionRefused):
    code = "session_outside_parent"
    message = _l("“%(title)s” it is part of takes place at another time.")
    about = "starts_at"


class LeavesChildrenOut(SessionRefused):
    code = "session_leaves_children_out"
    message = _l("“%(title)s” inside it would no longer fit.")
    about = "ends_at"


class PartOfItself(SessionRefused):
    code = "session_part_of_itself"
    message = _l("A session cannot be part of itself.")
    about = "parent_id"


class SlotsDoNotFit(SessionRefused):
    code = "slots_do_not_fit"
    message = _l("Between the breaks there is no time for a single meeting of this length.")
    about = "slot_minutes"


class BreakOutside(SessionRefused):
    code = "break_outside"
    message = _l("Breaks lie within the session, one after another: %(start)s–%(end)s does not.")
    about = "breaks"


class TypeItsName(SessionRefused):
    code = "type_its_name"
    message = _l("The name you typed is not the name of this session.")
    about = "confirmation"


def details_of(session: AgendaSession) -> SessionDetails:
    values = {field.name: getattr(session, field.name) for field in fields(SessionDetails)}
    values["breaks"] = tuple((start, end) for start, end in session.breaks)
    values["speakers"] = tuple(
        SpeakerDetails(
            full_name=speaker.full_name,
            job_title=speaker.job_title,
            organization=speaker.organization,
        )
        for speaker in session.speakers
    )
    return SessionDetails(**values)


def add_session(event: Event, details: SessionDetails) -> AgendaSession:
    session = AgendaSession(id=new_id(), event_id=event.id, event=event)
    _require_sound(event, session, details)
    _write(session, details)
    db.session.add(session)
    _announce(session, "session.added", has_slots=session.has_slots)
    return session


def change_session(session: AgendaSession, details: SessionDetails, *, version: int) -> None:
    """Save what was typed over `version`; sessions inside it move along with its start."""
    lock_version(session, version)
    if details_of(session) == details:
        return
    had_slots = session.has_slots
    _move_children(session, details.starts_at - session.starts_at)
    _require_sound(session.event, session, details)
    _write(session, details)
    session.version += 1
    _announce(session, "session.changed", has_slots=had_slots or session.has_slots)


def move_session(session: AgendaSession, starts_at: datetime) -> None:
    """To another time, as long as before, with the sessions inside it."""
    length = session.ends_at - session.starts_at
    values = {
        field.name: getattr(details_of(session), field.name) for field in fields(SessionDetails)
    }
    values |= {"starts_at": starts_at, "ends_at": starts_at + length}
    values["breaks"] = _moved_breaks(session, starts_at)
    change_session(session, SessionDetails(**values), version=session.version)


def prolong(session: AgendaSession, ends_at: datetime) -> None:
    """Let it end at another time; all else stays."""
    change_session(session, replace(details_of(session), ends_at=ends_at), version=session.version)


def duplicate_session(session: AgendaSession) -> AgendaSession:
    """The same once more, at the same time, to be changed; what is inside stays single."""
    return add_session(session.event, details_of(session))


def lost_with(session: AgendaSession) -> int:
    """How many rows of other features (sign-ups, meetings) removing it would take, for good."""
    return sum(
        answer or 0
        for part in [session, *descendants(session)]
        for _, answer in session_removal.send(part)
    )


def remove_session(session: AgendaSession, *, typed_name: str = "") -> Removed:
    """Take it and what is inside it out of the programme; `trash.restore` brings it back.

    Sign-ups and meetings cannot be brought back: then the name must have been typed.
    """
    names = {session.title.vi, session.title.en} - {""}
    if lost_with(session) and typed_name not in names:
        raise TypeItsName
    gone = [session, *descendants(session)]
    event, has_slots = session.event, any(one.has_slots for one in gone)
    speakers = [speaker for one in gone for speaker in one.speakers]
    title = session.title.vi or session.title.en
    audit.record("session.removed", session, title=title)
    removed = bury(event, title, [*gone, *speakers])
    if has_slots:
        b2b_session_changed.send(event)
    return removed


def descendants(session: AgendaSession) -> list[AgendaSession]:
    """Every session inside this one, however deep, each after the one it is part of."""
    query = select(AgendaSession).where(AgendaSession.event_id == session.event_id)
    by_parent: dict[uuid.UUID | None, list[AgendaSession]] = {}
    for other in db.session.scalars(query.order_by(AgendaSession.starts_at, AgendaSession.id)):
        by_parent.setdefault(other.parent_id, []).append(other)
    found = list(by_parent.get(session.id, []))
    for one in found:
        found.extend(by_parent.get(one.id, []))
    return found


def _write(session: AgendaSession, details: SessionDetails) -> None:
    for field in fields(SessionDetails):
        if field.name not in ("breaks", "speakers"):
            setattr(session, field.name, getattr(details, field.name))
    session.breaks = [list(pause) for pause in details.breaks]
    session.speakers = [
        Speaker(
            event_id=session.event_id,
            full_name=speaker.full_name,
            job_title=speaker.job_title,
            organization=speaker.organization,
            position=position,
        )
        for position, speaker in enumerate(details.speakers)
    ]


def _announce(session: AgendaSession, action: str, *, has_slots: bool) -> None:
    db.session.flush()
    audit.record(action, session, title=session.title.vi or session.title.en)
    if has_slots:
        b2b_session_changed.send(session.event)


def _move_children(session: AgendaSession, by: timedelta) -> None:
    for child in descendants(session) if by else ():
        child.starts_at += by
        child.ends_at += by


def _moved_breaks(session: AgendaSession, starts_at: datetime) -> tuple[tuple[str, str], ...]:
    by = starts_at - session.starts_at

    def moved(clock_time: str) -> str:
        moment = datetime.combine(starts_at.date(), time.fromisoformat(clock_time)) + by
        return f"{moment:%H:%M}"

    return tuple((moved(start), moved(end)) for start, end in session.breaks)


def _require_sound(event: Event, session: AgendaSession, details: SessionDetails) -> None:
    if details.ends_at <= details.starts_at:
        raise EndsTooEarly
    if not is_within(event, details):
        raise OutsideEvent(first=f"{event.starts_on:%d/%m/%Y}", last=f"{event.ends_on:%d/%m/%Y}")
    _require_nested(session, details)
    if details.slot_minutes is not None:
        _require_slots(event, details)


def _require_nested(session: AgendaSession, details: SessionDetails) -> None:
    inside = descendants(session)
    if details.parent_id in {session.id, *(one.id for one in inside)}:
        raise PartOfItself
    parent = db.session.get(AgendaSession, details.parent_id) if details.parent_id else None
    if parent and not _covers(parent, details):
        raise OutsideParent(title=parent.title.vi or parent.title.en)
    for child in inside:
        if child.parent_id == session.id and not _covers(details, child):
            raise LeavesChildrenOut(title=child.title.vi or child.title.en)


def _covers(outer: Any, inner: Any) -> bool:
    return bool(outer.starts_at <= inner.starts_at and inner.ends_at <= outer.ends_at)


def _require_slots(event: Event, details: SessionDetails) -> None:
    """Some stretch between the breaks holds a meeting."""
    opens = details.starts_at.astimezone(event.zone)
    closes = details.ends_at.astimezone(event.zone)
    longest, free_from = timedelta(0), opens
    for pause in details.breaks:
        start, end = (
            datetime.combine(opens.date(), time.fromisoformat(text), event.zone) for text in pause
        )
        if not free_from <= start < end <= closes:
            raise BreakOutside(start=pause[0], end=pause[1])
        longest, free_from = max(longest, start - free_from), end
    if max(longest, closes - free_from) < timedelta(minutes=details.slot_minutes or 0):
        raise SlotsDoNotFit
