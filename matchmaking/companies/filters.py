"""A list's filters, read from the address, and what their menus offer."""

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

from matchmaking import reference
from matchmaking.companies import queries
from matchmaking.companies.forms import SIDES
from matchmaking.companies.models import CompanyStatus, SectorRole, Side
from matchmaking.companies.queries import ORDERS, Wanted
from matchmaking.core.i18n import _, _l, current_language
from matchmaking.core.text import sort_key
from matchmaking.events.models import Event

STATUSES = {
    CompanyStatus.PENDING: _l("Waiting for confirmation"),
    CompanyStatus.CONFIRMED: _l("Confirmed"),
    CompanyStatus.WITHDRAWN: _l("Withdrawn"),
}
ORDER_NAMES = {"name": _l("By name"), "country": _l("By country"), "newest": _l("Newest first")}

Options = list[tuple[str, str]]
Kind = TypeVar("Kind", bound=StrEnum)


def wanted(arguments: Mapping[str, str]) -> Wanted:
    """What the address asks for; a value that makes no sense filters nothing."""
    sector, order = arguments.get("sector", ""), arguments.get("order", "name")
    return Wanted(
        words=arguments.get("q", "")[:100],
        side=_one_of(Side, arguments.get("side")),
        country=arguments.get("country", "")[:2],
        sector=sector if sector in {one.code for one in reference.sectors()} else "",
        role=_one_of(SectorRole, arguments.get("role")),
        status=_one_of(CompanyStatus, arguments.get("status")),
        unrepresented=arguments.get("people") == "none",
        needs_interpreter=arguments.get("interpreter") == "needed",
        order=order if order in ORDERS else "name",
    )


def side_options() -> Options:
    return [("", _("Both sides")), *((side.value, str(name)) for side, name in SIDES.items())]


def country_options(event: Event) -> Options:
    """Only countries somebody comes from."""
    named = [
        (code, reference.country(code).labels.in_(current_language()))
        for code in queries.countries_of(event)
    ]
    return [("", _("All countries")), *sorted(named, key=lambda pair: sort_key(pair[1]))]


def sector_options() -> Options:
    """The tree as one menu: each branch, then its sectors set in."""
    options = [("", _("All sectors"))]
    for one in reference.sectors():
        name = one.labels.in_(current_language())
        options.append((one.code, f"\u2003{name}" if one.parent else name))
    return options


def role_options() -> Options:
    return [
        ("", _("Either")),
        (SectorRole.OFFERING.value, _("Offering")),
        (SectorRole.SEEKING.value, _("Seeking")),
    ]


def status_options() -> Options:
    return [("", _("Any state")), *((one.value, str(name)) for one, name in STATUSES.items())]


def order_options() -> Options:
    return [(code, str(name)) for code, name in ORDER_NAMES.items()]


def directory_options(event: Event) -> dict[str, Options]:
    """The menus of the partner directory, by the name each has in the address."""
    return {
        "sector": sector_options(),
        "role": role_options(),
        "country": country_options(event),
        "side": side_options(),
        "order": order_options(),
    }


def desk_options(event: Event) -> dict[str, Options]:
    """The menus of the organizer's list, by the name each has in the address."""
    return {
        "status": status_options(),
        "side": side_options(),
        "country": country_options(event),
        "sector": sector_options(),
        "people": [("", _("With or without people")), ("none", _("Nobody comes yet"))],
        "interpreter": [("", _("With or without interpreter")), ("needed", _("Need one"))],
        "order": order_options(),
    }


def _one_of(kind: type[Kind], value: str | None) -> Kind | None:
    return kind(value) if value in set(kind) else None
