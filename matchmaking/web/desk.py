"""The side navigation of an event's desk: each feature registers its own entries."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class DeskItem:
    """One entry. With `modules`, only events that have one of these modules show it."""

    order: int
    label: Any
    endpoint: str
    icon: str
    least_role: str
    modules: frozenset[str]

    def is_for(self, modules: Collection[str]) -> bool:
        return not self.modules or not self.modules.isdisjoint(modules)


_items: dict[str, DeskItem] = {}


def desk_item(
    order: int,
    label: Any,
    endpoint: str,
    *,
    icon: str,
    least_role: str,
    modules: Collection[str] = (),
) -> None:
    """Add an entry to the desk of every event; called by a feature's `init_app`.

    `endpoint` takes the event's `slug`, `label` is lazy, `least_role` a role at the event.
    """
    _items[endpoint] = DeskItem(order, label, endpoint, icon, least_role, frozenset(modules))


def desk_items() -> list[DeskItem]:
    return sorted(_items.values(), key=lambda item: item.order)
