"""Scans and stays as rows of a workbook, all text."""

from matchmaking.checkin.models import Scan
from matchmaking.checkin.stays import Stay
from matchmaking.checkin.words import DIRECTION_NAMES, REASONS, VERDICT_NAMES
from matchmaking.core.i18n import _, _l
from matchmaking.events.models import Event
from matchmaking.registration.models import Registration
from matchmaking.web.filters import day, local, moment

PERSON = (_l("Name"), _l("Organization"), _l("Delegation"), _l("Ticket type"), _l("Code"))
SCAN = (
    _l("Day"), _l("Time"), _l("Gate"), _l("Direction"), *PERSON, _l("Answered"), _l("Counts as"),
    _l("Reason"), _l("Device"), _l("Person at the gate"), _l("Arrived at the server"),
)  # fmt: skip
STAY = (*PERSON, _l("First in"), _l("Last out"), _l("Inside now"))


def heads(columns: tuple[object, ...]) -> list[str]:
    return [str(column) for column in columns]


def scan_row(scan: Scan, event: Event) -> list[str]:
    at = scan.scanned_at.astimezone(event.zone)
    received_at = scan.received_at.astimezone(event.zone)
    return [
        day(at.date()),
        at.strftime("%H:%M:%S"),
        scan.gate,
        str(DIRECTION_NAMES[scan.direction]),
        *_person(scan.registration),
        str(VERDICT_NAMES[scan.verdict]),
        str(VERDICT_NAMES[scan.stands]),
        str(REASONS[scan.reason]) if scan.reason else "",
        scan.device_name,
        scan.scanned_by.full_name if scan.scanned_by else "",
        f"{day(received_at.date())} {received_at:%H:%M:%S}",
    ]


def stay_row(stay: Stay, event: Event) -> list[str]:
    return [
        *_person(stay.registration),
        moment(stay.came_at, event.zone) if stay.came_at else "",
        moment(stay.left_at, event.zone) if stay.left_at else "",
        _("yes") if stay.is_inside else _("no"),
    ]


def _person(registration: Registration | None) -> list[str]:
    if registration is None:
        return [""] * len(PERSON)
    return [
        registration.full_name,
        registration.organization,
        registration.delegation,
        local(registration.ticket_type.name),
        registration.code,
    ]
