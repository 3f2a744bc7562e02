"""Delegates sign up for sessions; a session with a capacity is never oversold."""

from collections.abc import Sequence
from typing import ClassVar

from sqlalchemy import func, select

from matchmaking.core import audit
from matchmaking.core.database import db
from matchmaking.core.errors import DomainError
from matchmaking.core.i18n import _l
from matchmaking.events.models import AgendaSession
from matchmaking.events.signals import session_removal
from matchmaking.registration.models import Registration, RegistrationStatus, SessionSignUp


class SessionFull(DomainError):
    code: ClassVar[str] = "session_full"
    message = _l("This session is full.")


class SignUpNotOffered(DomainError):
    code: ClassVar[str] = "sign_up_not_offered"
    message = _l("One does not sign up for this session; just come.")


class SessionsClash(DomainError):
    """Carries the session the delegate has at that time."""

    code: ClassVar[str] = "sessions_clash"
    message = _l("You have another session at this time. Leave that one first.")

    def __init__(self, other: AgendaSession) -> None:
        super().__init__(other.id)
        self.other = other


class NotConfirmed(DomainError):
    code: ClassVar[str] = "not_confirmed"
    message = _l("Sessions can be chosen once your place is confirmed.")


def sign_up(registration: Registration, session: AgendaSession) -> SessionSignUp:
    """Signing up twice is signing up once."""
    if not registration.is_confirmed:
        raise NotConfirmed
    if session.event_id != registration.event_id or not session.sign_up:
        raise SignUpNotOffered
    if held := db.session.get(SessionSignUp, (registration.id, session.id)):
        return held
    if other := clash_with(registration, session):
        raise SessionsClash(other)
    _check_capacity(session)
    made = SessionSignUp(registration_id=registration.id, session_id=session.id)
    db.session.add(made)
    db.session.flush()
    audit.record("registration.session_chosen", registration, session=session.title.in_("vi"))
    return made


def sign_off(registration: Registration, session: AgendaSession) -> None:
    if held := db.session.get(SessionSignUp, (registration.id, session.id)):
        db.session.delete(held)
        db.session.flush()
        audit.record("registration.session_left", registration, session=session.title.in_("vi"))


def clash_with(registration: Registration, session: AgendaSession) -> AgendaSession | None:
    """A session the delegate has at that time."""
    return next((one for one in chosen_sessions(registration) if clash(one, session)), None)


def chosen_sessions(registration: Registration) -> Sequence[AgendaSession]:
    """What the delegate has signed up for, in order of time."""
    query = (
        select(AgendaSession)
        .join(SessionSignUp, SessionSignUp.session_id == AgendaSession.id)
        .where(SessionSignUp.registration_id == registration.id)
    )
    return db.session.scalars(query.order_by(AgendaSession.starts_at, AgendaSession.id)).all()


def sessions_to_choose(registration: Registration) -> list[tuple[AgendaSession, bool]]:
    """What the event offers to sign up for, in order of time, and whether the delegate has."""
    is_mine = (SessionSignUp.session_id == AgendaSession.id) & (
        SessionSignUp.registration_id == registration.id
    )
    query = (
        select(AgendaSession, SessionSignUp.session_id.is_not(None))
        .outerjoin(SessionSignUp, is_mine)
        .where(AgendaSession.event_id == registration.event_id, AgendaSession.sign_up)
        .order_by(AgendaSession.starts_at, AgendaSession.id)
    )
    return [(session, is_chosen) for session, is_chosen in db.session.execute(query)]


def clash(one: AgendaSession, other: AgendaSession) -> bool:
    """At one time, and neither is a part of the other."""
    at_one_time = one.starts_at < other.ends_at and other.starts_at < one.ends_at
    nested = one.parent_id == other.id or other.parent_id == one.id
    return one.id != other.id and at_one_time and not nested


def taken_seats(sessions: Sequence[AgendaSession]) -> dict[AgendaSession, int]:
    """How many confirmed delegates have signed up for each."""
    query = (
        select(SessionSignUp.session_id, func.count().label("counted"))
        .join(Registration)
        .where(
            SessionSignUp.session_id.in_([session.id for session in sessions]),
            Registration.status == RegistrationStatus.CONFIRMED,
        )
        .group_by(SessionSignUp.session_id)
    )
    counts = {row.session_id: row.counted for row in db.session.execute(query)}
    return {session: counts.get(session.id, 0) for session in sessions}


def drop_sign_ups_that_no_longer_fit(registration: Registration) -> None:
    """A delegate who comes back keeps the sessions in which their seat was not given away."""
    query = select(SessionSignUp).where(SessionSignUp.registration_id == registration.id)
    for held in db.session.scalars(query).all():
        session = _locked(held.session)
        if session.capacity is not None and taken_seats([session])[session] > session.capacity:
            db.session.delete(held)
    db.session.flush()


def _check_capacity(session: AgendaSession) -> None:
    locked = _locked(session)
    if locked.capacity is not None and taken_seats([locked])[locked] >= locked.capacity:
        raise SessionFull


def _locked(session: AgendaSession) -> AgendaSession:
    """Hold the session's row: whoever counts its seats counts alone."""
    query = select(AgendaSession).where(AgendaSession.id == session.id)
    held = query.with_for_update(key_share=True).execution_options(populate_existing=True)
    return db.session.scalars(held).one()


@session_removal.connect
def _count_sign_ups(session: AgendaSession) -> int:
    """How many delegates would lose their seat with the session."""
    query = select(func.count()).where(SessionSignUp.session_id == session.id)
    return db.session.scalar(query) or 0
