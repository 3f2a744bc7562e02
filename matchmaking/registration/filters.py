"""The list's filters, read from the address, and what their menus offer."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import url_for
from sqlalchemy import Select

from matchmaking import reference
from matchmaking.core.i18n import _, _l, current_language
from matchmaking.core.text import sort_key
from matchmaking.events.models import Event
from matchmaking.registration import queries
from matchmaking.registration.forms.public import ATTENDANCES
from matchmaking.registration.models import Attendance, Registration, RegistrationStatus
from matchmaking.registration.own_page import STATUSES
from matchmaking.web.charts import Bar, bar, bars
from matchmaking.web.filters import local

ORDER_NAMES = {
    "name": _l("By given name"),
    "newest": _l("Newest first"),
    "oldest": _l("Oldest first"),
}
Options = list[tuple[str, str]]


@dataclass(frozen=True)
class Wanted:
    """What the address of the list asks for."""

    words: str = ""
    status: RegistrationStatus | None = None
    ticket_type: str = ""
    country: str = ""
    attendance: Attendance | None = None
    order: str = "name"

    def of(self, event: Event) -> Select[Registration]:
        return queries.search(
            event,
            self.words,
            status=self.status,
            ticket_type=self.ticket_type,
            country=self.country,
            attendance=self.attendance,
            order=self.order,
        )


def wanted(arguments: Mapping[str, str]) -> Wanted:
    """A value that makes no sense filters nothing."""
    status, attendance = arguments.get("status", ""), arguments.get("attendance", "")
    order = arguments.get("order", "name")
    return Wanted(
        words=arguments.get("q", "")[:100],
        status=RegistrationStatus(status) if status in set(RegistrationStatus) else None,
        ticket_type=arguments.get("ticket", "")[:40],
        country=arguments.get("country", "")[:2],
        attendance=Attendance(attendance) if attendance in set(Attendance) else None,
        order=order if order in queries.ORDERS else "name",
    )


def options_of(event: Event) -> dict[str, Options]:
    """The menus, by the name each has in the address."""
    kinds = [(one.code, local(one.name)) for one in queries.ticket_types_of(event)]
    return {
        "status": [("", _("Any state")), *_named(STATUSES)],
        "ticket": [("", _("All ticket types")), *kinds],
        "country": [("", _("All countries")), *_countries(event)],
        "attendance": [("", _("In person and online")), *_named(ATTENDANCES)],
        "order": _named(ORDER_NAMES),
    }


def seats(event: Event) -> list[Bar]:
    """Confirmed delegates by ticket type, each measured against its places."""
    address = url_for("registration.delegates", slug=event.slug)
    return bars(
        [
            bar(local(one.name), one.used, of=one.places, href=f"{address}?ticket={one.code}")
            for one in queries.ticket_types_of(event)
            if one.used or one.is_listed
        ]
    )


def _named(names: Mapping[Any, Any]) -> Options:
    return [(str(code), str(name)) for code, name in names.items()]


def _countries(event: Event) -> Options:
    found = [
        (code, reference.country(code).labels.in_(current_language()))
        for code in queries.countries_of(event)
    ]
    return sorted(found, key=lambda pair: sort_key(pair[1]))
