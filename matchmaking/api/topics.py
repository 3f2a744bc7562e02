"""What calls are about: the chapters of the documentation."""

from typing import Any

from matchmaking.core.i18n import _l

TOPICS: dict[str, Any] = {
    "events": _l("Events"),
    "registrations": _l("Registrations"),
    "check-in": _l("Check-in"),
    "companies": _l("Companies"),
    "meeting-requests": _l("Meeting requests"),
    "meetings": _l("Meetings"),
    "schedule-runs": _l("Schedule runs"),
    "documents": _l("Documents"),
}
