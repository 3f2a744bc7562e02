"""From what a scanner read to the delegate it belongs to."""

from dataclasses import dataclass

from sqlalchemy import select

from matchmaking.checkin.models import Reason
from matchmaking.core.codes import READABLE
from matchmaking.core.database import db
from matchmaking.events.models import Event
from matchmaking.registration.models import Badge, Registration
from matchmaking.registration.queries import current_badge
from matchmaking.registration.tokens import TEXT_LENGTH, BadSignature, NotABadge, read_token

CODE_LENGTH = 8


@dataclass(frozen=True)
class Recognized:
    """Whose badge or code it is; `reason` when it is nobody's who could come in."""

    registration: Registration | None = None
    badge: Badge | None = None
    reason: Reason | None = None


def normalized(presented: str) -> str:
    """As it was printed: some scanners add line breaks, and some write small letters.

    Neither a badge's text nor a registration's code has any. Spaces count in a badge's text.
    """
    return presented.strip("\r\n\t").upper()


def recognize(event: Event, presented: str) -> Recognized:
    """The registration is locked until the transaction ends, so that its badge is asked once."""
    if len(presented) == TEXT_LENGTH:
        return _by_badge(event, presented)
    return _by_code(event, "".join(presented.split()).replace("-", ""))


def _by_badge(event: Event, text: str) -> Recognized:
    try:
        claim = read_token(text)
    except NotABadge:
        return Recognized(reason=Reason.UNKNOWN)
    except BadSignature:
        return Recognized(reason=Reason.BAD_SIGNATURE)
    if not claim.is_of(event.id):
        return Recognized(reason=Reason.OTHER_EVENT)
    query = select(Badge).where(Badge.code == claim.code, Badge.event_id == event.id)
    badge = db.session.scalar(query)
    if badge is None:
        return Recognized(reason=Reason.UNKNOWN)
    registration = _locked(Registration.id == badge.registration_id)
    db.session.refresh(badge)
    return Recognized(registration, badge)


def _by_code(event: Event, code: str) -> Recognized:
    if len(code) != CODE_LENGTH or not set(code) <= set(READABLE):
        return Recognized(reason=Reason.UNKNOWN)
    registration = _locked(Registration.code == code)
    if registration is None:
        return Recognized(reason=Reason.UNKNOWN)
    if registration.event_id != event.id:
        return Recognized(reason=Reason.OTHER_EVENT)
    return Recognized(registration, current_badge(registration))


def _locked(condition: object) -> Registration | None:
    query = select(Registration).where(condition)  # type: ignore[arg-type]
    return db.session.scalar(query.with_for_update().execution_options(populate_existing=True))
