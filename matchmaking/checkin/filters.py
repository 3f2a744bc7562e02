"""What the addresses of the organizer's check-in pages ask for, and what their menus offer."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from matchmaking.checkin import arriving, queries
from matchmaking.checkin.book import WantedScans
from matchmaking.checkin.models import Verdict
from matchmaking.checkin.stays import WantedStays, Whereabouts
from matchmaking.checkin.verdicts import EntryRule
from matchmaking.checkin.words import VERDICT_NAMES
from matchmaking.core import clock
from matchmaking.core.i18n import _, _l
from matchmaking.core.text import clean
from matchmaking.events.models import Event
from matchmaking.registration.queries import ticket_types_of
from matchmaking.web.filters import local, long_day

Options = list[tuple[str, str]]
WHEREABOUTS = {
    Whereabouts.INSIDE: _l("Inside now"),
    Whereabouts.CAME: _l("Came"),
    Whereabouts.MISSING: _l("Not come yet"),
}


@dataclass(frozen=True)
class WantedArrivals:
    """One day, perhaps of one gate or one ticket type."""

    day: date
    gate: str = ""
    ticket_type: str = ""


def wanted_arrivals(event: Event, arguments: Mapping[str, str]) -> WantedArrivals:
    """A value that makes no sense filters nothing."""
    day = _day(arguments) or arriving.day_shown(event, clock.now())
    return WantedArrivals(day, _mark(arguments, "gate"), _mark(arguments, "ticket"))


def wanted_stays(arguments: Mapping[str, str]) -> WantedStays:
    whereabouts = arguments.get("where", "")
    return WantedStays(
        zone=_mark(arguments, "zone"),
        whereabouts=Whereabouts(whereabouts)
        if whereabouts in set(Whereabouts)
        else Whereabouts.INSIDE,
        day=_day(arguments),
        ticket_type=_mark(arguments, "ticket"),
        words=arguments.get("q", "")[:100],
    )


def wanted_scans(arguments: Mapping[str, str]) -> WantedScans:
    verdict = arguments.get("verdict", "")
    return WantedScans(
        day=_day(arguments),
        gate=_mark(arguments, "gate"),
        ticket_type=_mark(arguments, "ticket"),
        verdict=Verdict(verdict) if verdict in set(Verdict) else None,
        words=arguments.get("q", "")[:100],
    )


def options_of(event: Event) -> dict[str, Options]:
    """The menus, by the name each has in the address."""
    gates = queries.gates_of(event)
    named = [(gate.code, f"{gate.code} – {local(gate.name)}") for gate in gates]
    main_gate, name = queries.MAIN_GATE
    kinds = [(one.code, local(one.name)) for one in ticket_types_of(event)]
    rooms = [
        name for gate, name in zip(gates, named, strict=True) if gate.rule is not EntryRule.VENUE
    ]
    return {
        "day": [(day.isoformat(), long_day(day)) for day in arriving.days_of_gates(event)],
        "gate": [("", _("All gates")), *(named or [(main_gate, f"{main_gate} – {local(name)}")])],
        "zone": [("", _("The event grounds")), *rooms],
        "ticket": [("", _("All ticket types")), *kinds],
        "where": [(one.value, str(name)) for one, name in WHEREABOUTS.items()],
        "verdict": [
            ("", _("All answers")),
            *((one.value, str(name)) for one, name in VERDICT_NAMES.items()),
        ],
    }


def _mark(arguments: Mapping[str, str], name: str) -> str:
    return clean(arguments.get(name, ""))[:40]


def _day(arguments: Mapping[str, str]) -> date | None:
    try:
        day = date.fromisoformat(arguments.get("day", "")[:10])
    except ValueError:
        return None
    return day if 2000 <= day.year < 2200 else None
