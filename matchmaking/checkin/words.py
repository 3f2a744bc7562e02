"""The codes of this feature in words."""

from collections.abc import Mapping
from typing import Any

from matchmaking.checkin.models import Direction, Reason, Verdict
from matchmaking.core.i18n import _l
from matchmaking.web.acts import act, kind_of_acts

REASONS: Mapping[Reason, Any] = {
    Reason.UNKNOWN: _l("This is not a badge of this system. Search for the name."),
    Reason.BAD_SIGNATURE: _l("This badge is forged or damaged. Search for the name."),
    Reason.OTHER_EVENT: _l("This badge belongs to another event."),
    Reason.CANCELLED: _l("This registration has been cancelled."),
    Reason.REVOKED: _l("This badge was replaced by a newer one. Ask for that one."),
    Reason.NOT_CONFIRMED: _l("This registration has not been confirmed yet."),
    Reason.NOT_YET_VALID: _l("Too early: check-in has not opened yet."),
    Reason.NO_LONGER_VALID: _l("Too late: check-in has closed."),
    Reason.WRONG_GATE: _l("This badge does not enter here. Show the way to its gate."),
}
VERDICTS: Mapping[tuple[Direction, Verdict], Any] = {
    (Direction.ENTRY, Verdict.ADMITTED): _l("Welcome"),
    (Direction.ENTRY, Verdict.DUPLICATE): _l("Already inside"),
    (Direction.ENTRY, Verdict.REFUSED): _l("No entry"),
    (Direction.EXIT, Verdict.ADMITTED): _l("Goodbye"),
    (Direction.EXIT, Verdict.DUPLICATE): _l("Already outside"),
    (Direction.EXIT, Verdict.REFUSED): _l("Not recognized"),
    (Direction.ENTRY, Verdict.HELD): _l("Held"),
    (Direction.EXIT, Verdict.HELD): _l("Held"),
    (Direction.VOID, Verdict.HELD): _l("Held"),
    (Direction.VOID, Verdict.REFUSED): _l("Not recognized"),
    (Direction.VOID, Verdict.ADMITTED): _l("Taken back"),
}

VERDICT_NAMES: Mapping[Verdict, Any] = {
    Verdict.ADMITTED: _l("Admitted"),
    Verdict.DUPLICATE: _l("Repeated"),
    Verdict.REFUSED: _l("Refused"),
    Verdict.HELD: _l("Held"),
    Verdict.VOIDED: _l("Taken back"),
}
DIRECTION_NAMES: Mapping[Direction, Any] = {
    Direction.ENTRY: _l("In"),
    Direction.EXIT: _l("Out"),
    Direction.VOID: _l("Undo"),
}

kind_of_acts("gate", _l("Gates"))
kind_of_acts("scan", _l("Scans"))
kind_of_acts("device", _l("Devices at the gates"))
act("device.added", _l("%(actor)s added device %(name)s."))
act("device.enrolled", _l("Device %(name)s was enrolled."))
act("device.revoked", _l("%(actor)s revoked device %(name)s."))
act("device.released", _l("%(actor)s let %(count)s held scans of device %(name)s count."))
act("scan.settled", _l("%(actor)s settled a conflict at the gates."))
act("gate.added", _l("%(actor)s added gate %(code)s."))
act("gate.changed", _l("%(actor)s changed gate %(code)s."))
kind_of_acts("walk_in", _l("Registrations at the gates"))
act(
    "walk_in.id_reused",
    _l("A device at gate %(gate)s used the number of a registration twice."),
)
act("scan.id_reused", _l("A device at gate %(gate)s used the number of a scan twice."))
act(
    "registration.check_in_undone",
    _l("%(actor)s took back the check-in at gate %(gate)s."),
)
act(
    "registration.scans_joined",
    _l("Scans of the badge that came before this walk-in are theirs now: %(count)s."),
)
act("registration.vip_received", _l("%(actor)s received this VIP."))
