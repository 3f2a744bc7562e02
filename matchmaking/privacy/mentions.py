"""Where an event's own texts still name somebody: an officer looks at each and decides.

Erasing empties what is kept about a person. What others wrote about them in a sentence it cannot
judge, so it is searched for and shown.
"""

import re
import uuid
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from flask import url_for
from sqlalchemy import select

from matchmaking.companies.models import Company
from matchmaking.core.audit import AuditEntry
from matchmaking.core.bilingual import Bilingual
from matchmaking.core.database import db
from matchmaking.core.i18n import _l
from matchmaking.core.text import clean, fold
from matchmaking.events.models import AgendaSession, Booth, Event, EventHost, Speaker
from matchmaking.meetings.models import Interpreter, Meeting, MeetingRequest
from matchmaking.privacy.models import DataRequest
from matchmaking.privacy.person import person_of
from matchmaking.privacy.services.requests import requests_of
from matchmaking.registration.models import Registration

MOST = 100
AROUND = 40
FEWEST_DIGITS = 7


@dataclass(frozen=True)
class Mention:
    where: Any
    excerpt: str
    href: str
    erase_href: str = ""


@dataclass(frozen=True)
class Source:
    """A table whose texts are searched, and where one of its rows is changed."""

    label: Any
    table: Any
    columns: tuple[str, ...]
    href: Callable[[Any, str], str]
    kind: str = ""


def _page(endpoint: str, **parts: str) -> Callable[[Any, str], str]:
    """Where a row is changed: `parts` say which of its attributes stand in the address."""

    def href(row: Any, slug: str) -> str:
        values = {part: getattr(row, attribute) for part, attribute in parts.items()}
        return url_for(endpoint, slug=slug, **values)

    return href


SOURCES = (
    Source(
        _l("Delegate"),
        Registration,
        (
            "full_name",
            "email",
            "new_email",
            "phone",
            "organization",
            "delegation",
            "note",
            "answers",
        ),
        _page("registration.delegate", code="code"),
    ),
    Source(
        _l("Speaker"),
        Speaker,
        ("full_name", "job_title", "organization"),
        _page("events.session", session_id="session_id"),
        kind="speaker",
    ),
    Source(
        _l("Interpreter"),
        Interpreter,
        ("full_name", "email", "phone"),
        _page("meetings.interpreter", interpreter_id="id"),
        kind="interpreter",
    ),
    Source(
        _l("Programme"),
        AgendaSession,
        ("title", "description"),
        _page("events.session", session_id="id"),
    ),
    Source(_l("Host"), EventHost, ("name",), _page("events.host", host_id="id")),
    Source(_l("Booth"), Booth, ("holder",), _page("events.booth", booth_id="id")),
    Source(
        _l("Company"),
        Company,
        ("name", "description", "offering_text", "seeking_text", "website", "contact_email"),
        _page("companies.company", company_id="id"),
    ),
    Source(
        _l("Meeting request"),
        MeetingRequest,
        ("message", "answer"),
        _page("meetings.desk_requests"),
    ),
    Source(
        _l("What came of a meeting"),
        Meeting,
        ("outcome_note",),
        _page("companies.company", company_id="company_a_id"),
    ),
    Source(
        _l("Request about personal data"),
        DataRequest,
        ("said", "answer"),
        _page("privacy.show_request", request_id="id"),
    ),
    Source(_l("History"), AuditEntry, ("details",), _page("events.history")),
)
"""What is searched; docs/personal-data.md says the same."""

OF_THE_EVENT = ("theme", "description", "practical", "contact_email", "contact_phone")


def mentions(
    event: Event, words: Collection[str], *, besides: Collection[uuid.UUID] = ()
) -> list[Mention]:
    """Texts of the event that say one of the words; `besides` are rows that go anyhow."""
    is_named = _seeker(words)
    found = [*_of_the_event(event, is_named), *islice(_in_tables(event, is_named, besides), MOST)]
    return found[:MOST]


def of_registration(registration: Registration) -> list[Mention]:
    """Where this delegate is still named once what is theirs is erased."""
    words = (registration.full_name, registration.email, registration.new_email, registration.phone)
    own = [*person_of(registration).at_events, *db.session.scalars(requests_of(registration))]
    return mentions(registration.event, words, besides=[one.id for one in own])


def _of_the_event(event: Event, is_named: "Seeker") -> Iterator[Mention]:
    for column in OF_THE_EVENT:
        for text in _texts(getattr(event, column)):
            if (excerpt := is_named(text)) is not None:
                yield Mention(_l("Event"), excerpt, url_for("events.details", slug=event.slug))


def _in_tables(
    event: Event, is_named: "Seeker", besides: Collection[uuid.UUID]
) -> Iterator[Mention]:
    for source in SOURCES:
        query = select(source.table).where(source.table.event_id == event.id)
        for row in db.session.scalars(query.execution_options(yield_per=1000)):
            excerpt = None if row.id in besides else _first(row, source.columns, is_named)
            if excerpt is not None:
                yield Mention(
                    source.label,
                    excerpt,
                    source.href(row, event.slug),
                    _erasing(row, source, event),
                )


def _first(row: Any, columns: tuple[str, ...], is_named: "Seeker") -> str | None:
    texts = (text for column in columns for text in _texts(getattr(row, column)))
    return next((excerpt for text in texts if (excerpt := is_named(text)) is not None), None)


def _erasing(row: Any, source: Source, event: Event) -> str:
    if not source.kind:
        return ""
    return url_for("privacy.erase_subject", slug=event.slug, kind=source.kind, subject_id=row.id)


Seeker = Callable[[str], str | None]


def _seeker(words: Collection[str]) -> Seeker:
    """Finds names and addresses as whole words without regard to diacritics, and telephone
    numbers however they are written; gives what stands around."""
    names = [re.escape(fold(word)) for word in words if word.strip()]
    numbers = [digits for word in words if len(digits := _digits(word)) >= FEWEST_DIGITS]
    name = re.compile(rf"(?<!\w)(?:{'|'.join(names)})(?!\w)") if names else None

    def seek(text: str) -> str | None:
        line = clean(text)
        if name and (match := name.search(fold(line))):
            return _around(line, match.start(), match.end())
        digits = _digits(line) if numbers else ""
        return _around(line, 0, AROUND) if any(one in digits for one in numbers) else None

    return seek


def _digits(text: str) -> str:
    """The number without what is dialled before it: 0912… and +84 912… are one."""
    digits = re.sub(r"\D", "", text)
    return digits[-9:] if text.strip()[:1] in "+0" and len(digits) >= FEWEST_DIGITS else digits


def _around(line: str, start: int, end: int) -> str:
    before = "… " if start > AROUND else ""
    after = " …" if len(line) > end + AROUND else ""
    return before + line[max(0, start - AROUND) : end + AROUND].strip() + after


def _texts(value: Any) -> list[str]:
    """Every text in a value, however deep."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, Bilingual):
        return [value.vi, value.en]
    if isinstance(value, dict):
        return [text for part in value.values() for text in _texts(part)]
    return [text for part in value for text in _texts(part)] if isinstance(value, list) else []
