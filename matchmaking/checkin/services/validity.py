"""When, where and for whom a badge opens a gate."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from sqlalchemy import bindparam, select

from matchmaking.checkin.models import Gate, Reason
from matchmaking.checkin.services.recognition import Recognized
from matchmaking.checkin.verdicts import EntryRule
from matchmaking.core.database import run
from matchmaking.events.models import Event


@dataclass(frozen=True)
class GateRule:
    """A gate as the verdict needs it; one that nobody has set up admits everybody to the event."""

    code: str
    rule: EntryRule = EntryRule.VENUE
    admits: Sequence[str] = ()
    opens: time | None = None
    closes: time | None = None

    @property
    def zone(self) -> str:
        return "" if self.rule is EntryRule.VENUE else self.code


_G = Gate.__table__.c
_GATES = select(_G.code, _G.rule, _G.admits, _G.opens, _G.closes).where(
    _G.event_id == bindparam("event_id")
)


def rule_of(gate: Gate) -> GateRule:
    return GateRule(gate.code, gate.rule, gate.admits, gate.opens, gate.closes)


def gates_at(event: Event) -> dict[str, GateRule]:
    """The gates that were set up, by their mark."""
    found = run(_GATES, {"event_id": event.id})
    return {row.code: GateRule(*row) for row in found}


def opens_at(event: Event) -> datetime:
    """As the organizer set it, or the beginning of the day before the first."""
    return event.check_in_opens_at or event.starts_at - timedelta(days=1)


def reason_against(
    event: Event, gate: GateRule, found: Recognized, moment: datetime
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


def reason_of_time(event: Event, moment: datetime) -> Reason | None:
    """Why a badge does not count at this moment; the last day counts to its end in the event's zone."""
    if moment < opens_at(event):
        return Reason.NOT_YET_VALID
    if moment >= event.ends_at:
        return Reason.NO_LONGER_VALID
    return None


def reason_of_gate(
    event: Event, gate: GateRule, badge_type: str, moment: datetime
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
