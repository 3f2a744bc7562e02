"""The dock of a representative's pages, and what stands beside a partner's name.

Both are filled by higher features too: requests and meetings add their own.
"""

import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import request, url_for
from markupsafe import Markup

from matchmaking.companies.models import Company
from matchmaking.core.i18n import _, _l
from matchmaking.registration.models import Registration
from matchmaking.web.desk import desk_item

Count = Callable[[Company], int]
Actions = Callable[[Company, Sequence[Company]], Mapping[uuid.UUID, Markup]]


@dataclass(frozen=True)
class BusinessItem:
    order: int
    label: Any
    endpoint: str
    icon: str
    count: Count | None


@dataclass(frozen=True)
class DockLink:
    label: str
    href: str
    icon: str
    current: bool
    count: int = 0


_items: dict[str, BusinessItem] = {}
_actions: list[Actions] = []


def business_item(
    order: int, label: Any, endpoint: str, *, icon: str, count: Count | None = None
) -> None:
    """Add a page to the dock; `endpoint` takes the event's `slug`, `label` is lazy."""
    _items[endpoint] = BusinessItem(order, label, endpoint, icon, count)


def business_nav(delegate: Registration, company: Company | None) -> list[DockLink]:
    """My page, and the pages of the company's business once there is one."""
    own = url_for("registration.show", code=delegate.code)
    items = sorted(_items.values(), key=lambda item: item.order) if company else []
    return [
        DockLink(_("My page"), own, "id-card", False),
        *(_link(item, company) for item in items if company),
    ]


def _link(item: BusinessItem, company: Company) -> DockLink:
    href = url_for(item.endpoint, slug=company.event.slug)
    count = item.count(company) if item.count else 0
    return DockLink(str(item.label), href, item.icon, request.path == href, count)


def partner_actions(render: Actions) -> Actions:
    """Declare what a company may do with each of some partners, as rendered markup by id."""
    _actions.append(render)
    return render


def actions_with(company: Company, partners: Sequence[Company]) -> dict[uuid.UUID, Markup]:
    """What stands beside each partner's name, in one go for a whole list."""
    found: dict[uuid.UUID, Markup] = {}
    for render in _actions:
        for partner_id, markup in render(company, partners).items():
            found[partner_id] = found.get(partner_id, Markup()) + markup
    return found


def init_app() -> None:
    business_item(10, _l("Company"), "companies.business", icon="building-2")
    business_item(20, _l("Partners"), "companies.directory", icon="handshake")
    desk_item(
        50,
        _l("Companies"),
        "companies.desk",
        icon="building-2",
        least_role="viewer",
        modules=("b2b", "exhibition"),
    )
