"""What the pages around an event link to: the entries of its desk, the event's own colours."""

from dataclasses import dataclass
from typing import Any

from flask import g, request, url_for

from matchmaking.accounts.models import User
from matchmaking.events.access import RANK
from matchmaking.events.models import Event, MemberRole
from matchmaking.events.queries import works_on_events
from matchmaking.web.desk import desk_items
from matchmaking.web.homes import home


@dataclass(frozen=True)
class NavigationItem:
    label: str
    href: str
    icon: str
    current: bool


def desk_nav() -> list[NavigationItem]:
    """The desk's entries for the person whose page this is; empty away from any desk."""
    if "desk" not in g:
        return []
    event, role = g.desk
    return [
        _navigation_item(item, event)
        for item in desk_items()
        if RANK.index(role) >= RANK.index(MemberRole(item.least_role))
        and item.is_for(event.modules)
    ]


def _navigation_item(item: Any, event: Event) -> NavigationItem:
    href = url_for(item.endpoint, slug=event.slug)
    is_overview = item.endpoint == "events.desk"
    is_below = not is_overview and request.path.startswith(href + "/")
    return NavigationItem(str(item.label), href, item.icon, request.path == href or is_below)


@home(10)
def organizers_home(user: User) -> str | None:
    return url_for("events.desks") if works_on_events(user) else None
