"""What the public page of an event says, gathered for its template."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import url_for
from markupsafe import Markup

from matchmaking.core import clock
from matchmaking.core.i18n import LANGUAGES, _, current_language
from matchmaking.events import queries
from matchmaking.events.labels import HOST_ROLES
from matchmaking.events.models import Event, EventHost, HostRole, RegistrationWindow
from matchmaking.events.share import share_picture_of
from matchmaking.reference import language, province, sector
from matchmaking.web.days import days_in_words, zone_in_words
from matchmaking.web.filters import local, number
from matchmaking.web.settings import absolute


@dataclass(frozen=True)
class HostGroup:
    role: HostRole
    title: str
    hosts: list[EventHost]


@dataclass(frozen=True)
class EventPage:
    """`window` says whether one may register; `facts` are pairs of term and description."""

    days: list[queries.ProgrammeDay]
    host_groups: list[HostGroup]
    booths: list[queries.Exhibitor]
    sectors: list[str]
    province: str
    window: RegistrationWindow
    editions: list[Event]
    address: str
    picture: str
    alternates: list[tuple[str, str]]
    structured: dict[str, Any]
    summary: str
    leading_hosts: list[str]
    facts: list[tuple[str, Any]]
    now: datetime


def page_of(event: Event) -> EventPage:
    reader = current_language()
    address = absolute(url_for("events.show", slug=event.slug))
    picture = absolute(share_url(event, reader))
    return EventPage(
        days=queries.programme(event),
        host_groups=host_groups(event),
        booths=queries.exhibitors(event) if event.has("exhibition") else [],
        sectors=[sector(code).labels.in_(reader) for code in event.priority_sectors],
        province=_province(event, reader),
        window=event.registration_window(clock.now()),
        editions=queries.other_editions(event),
        address=address,
        picture=picture,
        alternates=alternates(address),
        structured=structured_data(event, reader, address, picture),
        summary=summary(event),
        leading_hosts=[host.name.in_(reader) for host in event.hosts if host.role is HostRole.HOST],
        facts=facts(event),
        now=clock.now(),
    )


def summary(event: Event) -> str:
    """What a link to the event says under its name."""
    parts = (local(event.theme), days_in_words(event.starts_on, event.ends_on), local(event.venue))
    return " · ".join(part for part in parts if part)


def facts(event: Event) -> list[tuple[str, Any]]:
    """What a traveller looks up; those that are not known are left out by the template."""
    reader = current_language()
    languages = [language(code).labels.in_(reader) for code in event.languages]
    mail = Markup('<a href="mailto:{0}">{0}</a>').format(event.contact_email)
    phone = Markup('<a href="tel:{0}">{0}</a>').format(event.contact_phone)
    return [
        (_("Days"), days_in_words(event.starts_on, event.ends_on)),
        (_("Place"), local(event.venue)),
        (_("Province or city"), _province(event, reader)),
        (_("Languages"), ", ".join(languages)),
        (_("All times are local"), zone_in_words(event.zone, event.starts_at)),
        (_("Expected delegates"), event.expected_delegates and number(event.expected_delegates)),
        (_("E-mail"), event.contact_email and mail),
        (_("Telephone"), event.contact_phone and phone),
    ]


def _province(event: Event, reader: str) -> str:
    return province(event.province_code).labels.in_(reader) if event.province_code else ""


def alternates(address: str) -> list[tuple[str, str]]:
    """A page's address in each language."""
    return [(code, f"{address}?lang={code}") for code in LANGUAGES]


def share_url(event: Event, reader: str) -> str:
    version = share_picture_of(event, reader).version
    return url_for("events.share", slug=event.slug, language=reader, v=version)


def host_groups(event: Event) -> list[HostGroup]:
    """Hosts by role, in the order of an invitation; roles without any are left out."""
    groups = [
        HostGroup(role, str(title), [host for host in event.hosts if host.role is role])
        for role, title in HOST_ROLES.items()
    ]
    return [group for group in groups if group.hosts]


def structured_data(event: Event, reader: str, address: str, picture: str) -> dict[str, Any]:
    """The event in the words of schema.org, for search engines."""
    entry: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "BusinessEvent",
        "name": event.name.in_(reader),
        "startDate": event.starts_on.isoformat(),
        "endDate": event.ends_on.isoformat(),
        "eventStatus": "https://schema.org/EventScheduled",
        "inLanguage": event.languages,
        "url": address,
        "image": [picture],
        "organizer": [
            {"@type": "Organization", "name": host.name.in_(reader)} for host in event.hosts
        ],
    }
    if text := (event.description.in_(reader) or event.theme.in_(reader)):
        entry["description"] = text
    if event.venue:
        country = {"@type": "PostalAddress", "streetAddress": event.venue.in_(reader)}
        name = event.venue.in_(reader).split(",")[0]
        entry["location"] = {"@type": "Place", "name": name, "address": country}
    elif event.online_url:
        entry["location"] = {"@type": "VirtualLocation", "url": event.online_url}
    return entry
