"""When, where and for whom a badge opens a gate."""

from datetime import datetime, timedelta

from matchmaking.checkin.models import Reason
from matchmaking.checkin.services.gate_rules import GateRule
from matchmaking.checkin.services.recognition import Recognized
from matchmaking.events.at_gate import AtGate


def opens_at(event: AtGate) -> datetime:
    """As the organizer set it, or the beginning of the day before the first."""
    return event.check_in_opens_at or event.starts_at - timedelta(days=1)


def reason_against(
    event: AtGate, gate: GateRule, found: Recognized, moment: datetime
) -> Reason | None:
    """Why this badge is refused at this gate at that moment, whatever else was scanned.

    A cancellation or a new badge counts from when it was made: who came in before is inside.
    """
    delegate = found.delegate
    if delegate is None:
        return found.reason
    if delegate.is_cancelled and not _was_good(
        delegate.confirmed_at, delegate.cancelled_at, moment
    ):
        return Reason.CANCELLED
    issued_at, revoked_at = found.lifetime
    if revoked_at and not _was_good(issued_at, revoked_at, moment):
        return Reason.REVOKED
    if not delegate.is_confirmed and not delegate.is_cancelled:
        return Reason.NOT_CONFIRMED
    if reason := reason_of_time(event, moment):
        return reason
    return reason_of_gate(event, gate, delegate.badge_type, moment)


def reason_of_time(event: AtGate, moment: datetime) -> Reason | None:
    """Why a badge does not count at this moment; the last day counts to its end in the event's zone."""
    if moment < opens_at(event):
        return Reason.NOT_YET_VALID
    if moment >= event.ends_at:
        return Reason.NO_LONGER_VALID
    return None


def reason_of_gate(
    event: AtGate, gate: GateRule, badge_type: str, moment: datetime
) -> Reason | None:
    """Why a gate's own rule does not admit this badge type at this moment."""
    if gate.admits and badge_type not in gate.admits:
        return Reason.WRONG_GATE
    clock = moment.astimezone(event.zone).time()
    if gate.opens and clock < gate.opens:
        return Reason.NOT_YET_VALID
    if gate.closes and clock >= gate.closes:
        return Reason.NO_LONGER_VALID
    return None


def _was_good(began_at: datetime | None, ended_at: datetime | None, moment: datetime) -> bool:
    return bool(began_at and ended_at and began_at <= moment < ended_at)
