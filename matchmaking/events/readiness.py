"""What an event still needs before it is shown: a list to which the features above add."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from matchmaking.core import clock
from matchmaking.core.database import db
from matchmaking.core.i18n import _l
from matchmaking.events.models import AgendaSession, Event


@dataclass(frozen=True)
class Check:
    """One thing to see to. `endpoint` takes the event's slug; `essential` holds publishing up."""

    label: Any
    hint: Any
    endpoint: str
    is_done: bool
    is_essential: bool = False


Question = Callable[[Event], Check | None]
_questions: dict[str, tuple[int, Question]] = {}


def check(order: int) -> Callable[[Question], Question]:
    """Declare a thing to see to; the function answers None where it does not apply."""

    def declare(question: Question) -> Question:
        _questions[f"{question.__module__}.{question.__name__}"] = (order, question)
        return question

    return declare


def checks(event: Event) -> list[Check]:
    ordered = sorted(_questions.values(), key=lambda entry: entry[0])
    answers = (question(event) for _, question in ordered)
    return [answer for answer in answers if answer is not None]


def missing(event: Event) -> list[Check]:
    """The essential things that are not done."""
    return [item for item in checks(event) if item.is_essential and not item.is_done]


@check(10)
def _place(event: Event) -> Check:
    return Check(
        _l("Place"),
        _l("Delegates want to know where to go before anything else."),
        "events.details",
        is_done=bool(event.venue or event.online_url),
        is_essential=True,
    )


@check(20)
def _hosts(event: Event) -> Check:
    return Check(
        _l("Hosts"),
        _l("An invitation is as good as the names under it."),
        "events.hosts",
        is_done=bool(event.hosts),
        is_essential=True,
    )


@check(30)
def _both_languages(event: Event) -> Check:
    texts = [event.name, event.theme, event.description, event.venue]
    return Check(
        _l("Both languages"),
        _l("Foreign guests read the English page; where a text is missing they see Vietnamese."),
        "events.details",
        is_done=all(bool(text.vi) == bool(text.en) for text in texts),
    )


@check(40)
def _programme(event: Event) -> Check:
    return Check(
        _l("Programme"),
        _l("Even three lines help a director decide to come."),
        "events.programme",
        is_done=_count_sessions(event) > 0,
    )


@check(50)
def _b2b(event: Event) -> Check | None:
    if not event.has("b2b"):
        return None
    return Check(
        _l("Session for business meetings"),
        _l("Meetings take place in a session that says how long each is and how many tables."),
        "events.programme",
        is_done=_count_sessions(event, with_slots=True) > 0,
    )


@check(60)
def _contact(event: Event) -> Check:
    return Check(
        _l("Contact"),
        _l("An e-mail address or a telephone number that somebody answers."),
        "events.details",
        is_done=bool(event.contact_email or event.contact_phone),
    )


@check(70)
def _registration_dates(event: Event) -> Check | None:
    if clock.now() >= event.ends_at:
        return None
    return Check(
        _l("Registration deadline"),
        _l("Without a closing time, registration stays open until the event ends."),
        "events.details",
        is_done=event.registration_closes_at is not None,
    )


def _count_sessions(event: Event, *, with_slots: bool = False) -> int:
    query = select(func.count(AgendaSession.id)).where(AgendaSession.event_id == event.id)
    if with_slots:
        query = query.where(AgendaSession.slot_minutes.is_not(None))
    return db.session.scalar(query) or 0
