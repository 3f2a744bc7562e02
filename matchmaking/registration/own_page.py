"""What a delegate's own page says, gathered for its template."""

from dataclasses import dataclass
from typing import Any

from flask import request, url_for

from matchmaking.core import clock
from matchmaking.core.i18n import _, _l
from matchmaking.events.models import AgendaSession
from matchmaking.registration.answers import COLUMNS, SCREENS, Screen
from matchmaking.registration.models import (
    Badge,
    Registration,
    RegistrationStatus,
)
from matchmaking.registration.person import shown_phone
from matchmaking.registration.queries import current_badge
from matchmaking.registration.services.sign_ups import (
    chosen_sessions,
    clash,
    sessions_to_choose,
    taken_seats,
)
from matchmaking.registration.tokens import badge_token
from matchmaking.web.qr import qr_address

STATUSES = {
    RegistrationStatus.CONFIRMED: _l("Confirmed"),
    RegistrationStatus.PENDING: _l("Waiting for approval"),
    RegistrationStatus.WAITLISTED: _l("On the waiting list"),
    RegistrationStatus.CANCELLED: _l("Cancelled"),
    RegistrationStatus.REJECTED: _l("Rejected"),
}
STATUS_KINDS = {
    RegistrationStatus.PENDING: "warning",
    RegistrationStatus.CONFIRMED: "success",
    RegistrationStatus.WAITLISTED: "warning",
    RegistrationStatus.CANCELLED: "neutral",
    RegistrationStatus.REJECTED: "error",
}


@dataclass(frozen=True)
class Offer:
    """A session one signs up for. `left` None: as many as come."""

    session: AgendaSession
    is_chosen: bool
    left: int | None
    clash: AgendaSession | None

    @property
    def is_full(self) -> bool:
        return self.left == 0 and not self.is_chosen


@dataclass(frozen=True)
class LaterScreen:
    """One screen of later questions, and whether anything there was answered."""

    screen: Screen
    is_answered: bool


@dataclass(frozen=True)
class OwnPage:
    qr: str
    """The badge's code as the address of a picture, in the page itself: no second wait at the door."""
    next_session: AgendaSession | None
    has_sessions: bool
    later: list[LaterScreen]
    facts: list[tuple[Any, str]]
    lacks_identity: bool


def page_of(registration: Registration) -> OwnPage:
    sessions = sessions_to_choose(registration)
    coming = (one for one, is_chosen in sessions if is_chosen and one.ends_at > clock.now())
    return OwnPage(
        qr=_qr_of(current_badge(registration)),
        next_session=next(coming, None),
        has_sessions=bool(sessions),
        later=[LaterScreen(screen, _is_answered(screen, registration)) for screen in SCREENS],
        facts=[
            (_("Name"), registration.full_name),
            (_("Organization"), registration.organization),
            (_("E-mail"), registration.email),
            (_("Telephone"), shown_phone(registration.phone)),
        ],
        lacks_identity=registration.event.security_list and not registration.identity,
    )


def _qr_of(badge: Badge | None) -> str:
    return qr_address(badge_token(badge), quiet=4, scale=12) if badge else ""


def offers_to(registration: Registration) -> list[Offer]:
    """The sessions one may sign up for, in order of time, seen by this delegate."""
    sessions = sessions_to_choose(registration)
    chosen = chosen_sessions(registration)
    taken = taken_seats([session for session, _is_chosen in sessions])
    return [
        Offer(
            session=session,
            is_chosen=is_chosen,
            left=None if session.capacity is None else max(0, session.capacity - taken[session]),
            clash=next((other for other in chosen if clash(session, other)), None),
        )
        for session, is_chosen in sessions
    ]


def personal_nav(registration: Registration) -> list[dict[str, Any]]:
    """The dock at the foot of a delegate's pages."""
    entries = (
        ("registration.show", _("My page"), "id-card"),
        ("registration.sessions", _("Sessions"), "calendar-check"),
        ("registration.details", _("My details"), "user"),
    )
    links = ((url_for(name, code=registration.code), label, icon) for name, label, icon in entries)
    return [
        {"href": href, "label": label, "icon": icon, "current": request.path == href}
        for href, label, icon in links
    ]


def _is_answered(screen: Screen, registration: Registration) -> bool:
    return any(
        getattr(registration, question.code)
        if question.code in COLUMNS
        else registration.answers.get(question.code)
        for question in screen.questions
    )
