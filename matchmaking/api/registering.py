"""Registrations as the API takes them in and shows them."""

from collections.abc import Iterable, Sequence
from typing import Any

from matchmaking.api.access import calling_token
from matchmaking.api.errors import NoSuch
from matchmaking.api.schemas.registrations import (
    Links,
    NewRegistration,
    Person,
    RegistrationDetails,
    RegistrationOut,
)
from matchmaking.events.models import TokenScope
from matchmaking.registration.access import document_key, personal_link
from matchmaking.registration.answers import COLUMNS
from matchmaking.registration.models import Badge, Registration, TicketType
from matchmaking.registration.queries import current_badges
from matchmaking.registration.services import RegistrationInput
from matchmaking.registration.tokens import badge_token
from matchmaking.web.problems import API
from matchmaking.web.settings import absolute

NO_LINKS = Links(manage=None, badge_pdf=None, agenda_pdf=None, agenda_ics=None)


def chosen(code: str, offered: Iterable[TicketType]) -> TicketType:
    """Raises NoSuch for a kind of place that is not offered."""
    found = next((one for one in offered if one.code == code), None)
    if found is None:
        raise NoSuch(field="ticket_type")
    return found


def columns_of(person: Person) -> dict[str, Any]:
    """What was sent, by column; answers with a column of their own among them."""
    sent = person.model_dump(exclude_unset=True, exclude_none=True)
    answers = {name: text for name, text in sent.pop("answers", {}).items() if text}
    own = {name: answers.pop(name) for name in COLUMNS & answers.keys()}
    if person.answers is not None:
        sent["answers"] = answers
    return {**own, **sent}


def wanted_by(body: NewRegistration, ticket_type: TicketType) -> RegistrationInput:
    return RegistrationInput(**{**columns_of(body), "ticket_type": ticket_type})


def registration_out(registration: Registration, slug: str, badge: Badge | None) -> RegistrationOut:
    return RegistrationOut(**_common(registration, slug, badge))


def details(registration: Registration, slug: str, badge: Badge | None) -> RegistrationDetails:
    names = RegistrationDetails.model_fields.keys() - RegistrationOut.model_fields.keys()
    return RegistrationDetails(
        **_common(registration, slug, badge),
        **{name: getattr(registration, name) for name in names},
    )


def details_of(registrations: Sequence[Registration], slug: str) -> list[RegistrationDetails]:
    badges = current_badges(registrations)
    return [details(one, slug, badges.get(one.id)) for one in registrations]


def _common(registration: Registration, slug: str, badge: Badge | None) -> dict[str, Any]:
    token = calling_token()
    hides_keys = token is not None and token.scope is TokenScope.READ
    return {
        "code": registration.code,
        "status": registration.status,
        "full_name": registration.full_name,
        "ticket_type": registration.ticket_type.code,
        "badge_token": badge_token(badge) if badge and not hides_keys else None,
        "registered_at": registration.registered_at,
        "links": NO_LINKS if hides_keys else _links(registration, slug, badge),
    }


def _links(registration: Registration, slug: str, badge: Badge | None) -> Links:
    manage = personal_link(registration)
    if badge is None:
        return NO_LINKS.model_copy(update={"manage": manage})
    papers = absolute(f"{API}/events/{slug}/registrations/{registration.code}")
    key = f"?key={document_key(registration)}"
    return Links(
        manage=manage,
        badge_pdf=f"{papers}/badge.pdf{key}",
        agenda_pdf=f"{papers}/agenda.pdf{key}",
        agenda_ics=f"{papers}/agenda.ics{key}",
    )
