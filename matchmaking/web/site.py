"""The links at the head of every page: each feature registers its own."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import Flask, request, url_for


@dataclass(frozen=True)
class SiteLink:
    """One link as the page shows it."""

    label: str
    href: str
    current: bool


_links: dict[str, tuple[int, Any, Callable[[], bool]]] = {}


def site_link(order: int, label: Any, endpoint: str, *, shown: Callable[[], bool]) -> None:
    """Add a link to the head of every page; called by a feature's `init_app`.

    `shown` is asked at each page whether this visitor gets the link; `label` is lazy.
    """
    _links[endpoint] = (order, label, shown)


def site_links() -> list[SiteLink]:
    ordered = sorted(_links.items(), key=lambda link: link[1][0])
    return [
        SiteLink(str(label), url_for(endpoint), request.endpoint == endpoint)
        for endpoint, (_order, label, shown) in ordered
        if shown()
    ]


def init_app(app: Flask) -> None:
    app.jinja_env.globals.update(site_links=site_links)
