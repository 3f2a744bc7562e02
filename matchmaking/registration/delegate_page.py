"""What the organizer's page of one delegate says, gathered for its template."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from matchmaking import reference
from matchmaking.core.i18n import _, current_language
from matchmaking.events.models import AgendaSession
from matchmaking.registration.acts import SOURCES
from matchmaking.registration.answers import COLUMNS, SCREENS, Question
from matchmaking.registration.forms.public import ATTENDANCES
from matchmaking.registration.models import Attendance, Badge, Registration
from matchmaking.registration.person import shown_phone
from matchmaking.registration.purposes import PURPOSES
from matchmaking.registration.queries import badges_of
from matchmaking.registration.services.consents import consents_of
from matchmaking.registration.services.sign_ups import chosen_sessions
from matchmaking.web import acts
from matchmaking.web.filters import local, moment
from matchmaking.web.labels import country_name

Facts = list[tuple[Any, str]]


@dataclass(frozen=True)
class DelegatePage:
    facts: Facts
    answers: Facts
    consents: list[tuple[Any, bool]]
    sessions: Sequence[AgendaSession]
    badges: Sequence[Badge]
    history: list[acts.Line]


def page_of(registration: Registration, *, sees_all: bool) -> DelegatePage:
    """`sees_all`: sensitive answers too, for those who arrange what they ask for."""
    held = {consent.purpose for consent in consents_of(registration)}
    return DelegatePage(
        facts=_facts(registration),
        answers=_answers(registration, sees_all=sees_all),
        consents=[(purpose.sentence, purpose.code in held) for purpose in PURPOSES],
        sessions=chosen_sessions(registration),
        badges=badges_of(registration),
        history=acts.history(registration, registration.event.zone),
    )


def _facts(registration: Registration) -> Facts:
    zone = registration.event.zone
    return [
        (_("Ticket type"), local(registration.ticket_type.name)),
        (_("Attendance"), str(ATTENDANCES[Attendance(registration.attendance)])),
        (_("Organization"), registration.organization),
        (_("Position"), registration.job_title),
        (_("Delegation"), registration.delegation),
        (_("E-mail"), registration.email),
        (_("Telephone"), shown_phone(registration.phone)),
        (_("Country or territory"), country_name(registration.country)),
        (_("Language"), reference.language(registration.language).labels.in_(current_language())),
        (_("Code"), registration.code),
        (_("Registered at"), moment(registration.registered_at, zone)),
        (_("Registered"), str(SOURCES.get(registration.source, registration.source))),
        (_("Note of the organizer"), registration.note),
    ]


def _answers(registration: Registration, *, sees_all: bool) -> Facts:
    """The later questions that were answered and have no column of their own."""
    return [
        (question.label, answer_in_words(question, registration.answers[question.code]))
        for screen in SCREENS
        for question in screen.questions
        if question.code not in COLUMNS
        and registration.answers.get(question.code)
        and (sees_all or not question.is_sensitive)
    ]


def answer_in_words(question: Question, answer: Any) -> str:
    codes = answer if isinstance(answer, list) else [answer]
    if not question.choices:
        return str(answer)
    named = {
        one.code: one.labels.in_(current_language()) for one in reference.choices(question.choices)
    }
    return ", ".join(named.get(code) or str(code) for code in codes)
