"""What the audit log says about registrations, in sentences."""

from typing import Any

from matchmaking.core.i18n import _l
from matchmaking.registration.models import WALK_IN
from matchmaking.registration.purposes import BY_CODE
from matchmaking.web.acts import act, kind_of_acts

FIELDS: dict[str, Any] = {
    "answers": _l("further details"),
    "attendance": _l("way of attending"),
    "country": _l("country"),
    "delegation": _l("delegation"),
    "email": _l("e-mail"),
    "full_name": _l("name"),
    "job_title": _l("position"),
    "language": _l("language"),
    "note": _l("note"),
    "organization": _l("organization"),
    "phone": _l("telephone"),
    "salutation": _l("form of address"),
    "ticket_type": _l("ticket type"),
}
SOURCES: dict[str, Any] = {
    "public": _l("on the event's page"),
    "organizer": _l("by the organizer"),
    "import": _l("from a file"),
    "api": _l("by another system"),
    WALK_IN: _l("at the gate"),
}


class _NamesOfFields(dict[str, Any]):
    """Knows "email,full_name" as "e-mail, name"."""

    def get(self, codes: str, default: Any = None) -> str:
        return ", ".join(str(FIELDS.get(code, code)) for code in codes.split(","))


def declare() -> None:
    purposes = {code: purpose.sentence for code, purpose in BY_CODE.items()}
    kind_of_acts("registration", _l("Delegates"))
    kind_of_acts("ticket_type", _l("Ticket types"))
    act("registration.created", _l("Registered %(source)s"), source=SOURCES)
    act("registration.approved", _l("Registration approved"))
    act("registration.rejected", _l("Registration rejected: %(reason)s"))
    act("registration.cancelled", _l("Registration cancelled. %(reason)s"))
    act("registration.reinstated", _l("Cancellation taken back"))
    act("registration.moved_up", _l("A place became free: moved up from the waiting list"))
    act("registration.changed", _l("Changed: %(fields)s"), fields=_NamesOfFields())
    act("registration.badge_reissued", _l("New badge issued, the old one is void"))
    act("registration.email_asked", _l("Asked to change the e-mail address"))
    act("registration.link_sent", _l("Personal link sent again"))
    act("registration.consent_given", _l("Agreed: %(purpose)s"), purpose=purposes)
    act("registration.consent_withdrawn", _l("Took back: %(purpose)s"), purpose=purposes)
    act("registration.identity_given", _l("Identity number for the security list given"))
    act("registration.identity_removed", _l("Identity number deleted"))
    act("registration.list_taken_out", _l("Security list of %(count)s delegates taken out"))
    act("registration.session_chosen", _l("Signed up for “%(session)s”"))
    act("registration.session_left", _l("Left “%(session)s”"))
    act("registration.forgotten", _l("Temporary details of %(count)s delegates deleted"))
    act("registration.imported", _l("%(count)s delegates imported from a file"))
    act("ticket_type.added", _l("Ticket type “%(name)s” added"))
    act("ticket_type.changed", _l("Ticket type “%(name)s” changed"))
    act("ticket_type.moved", _l("Ticket type “%(name)s” moved in the order"))
    act("ticket_type.removed", _l("Ticket type “%(name)s” removed"))
