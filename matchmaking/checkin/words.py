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
    Reason.NO_LONGER_VALID: _l("Too late: the event is over."),
}
VERDICTS: Mapping[tuple[Direction, Verdict], Any] = {
    (Direction.ENTRY, Verdict.ADMITTED): _l("Welcome"),
    (Direction.ENTRY, Verdict.DUPLICATE): _l("Already inside"),
    (Direction.ENTRY, Verdict.REFUSED): _l("No entry"),
    (Direction.EXIT, Verdict.ADMITTED): _l("Goodbye"),
    (Direction.EXIT, Verdict.DUPLICATE): _l("Already outside"),
    (Direction.EXIT, Verdict.REFUSED): _l("Not recognized"),
    (Direction.VOID, Verdict.ADMITTED): _l("Taken back"),
}

kind_of_acts("gate", _l("Gates"))
kind_of_acts("scan", _l("Scans"))
act("gate.added", _l("%(actor)s added gate %(code)s."))
act("gate.renamed", _l("%(actor)s renamed gate %(code)s."))
act("scan.id_reused", _l("A device at gate %(gate)s used the number of a scan twice."))
act(
    "registration.check_in_undone",
    _l("%(actor)s took back the check-in at gate %(gate)s."),
)
