"""Delegates: registering them, finding them, deciding about them."""

from collections.abc import Sequence

from matchmaking.api.access import (
    ORGANIZER,
    PUBLIC_OR_ORGANIZER,
    READER,
    calling_token,
    registration_of,
)
from matchmaking.api.endpoint import Answer, endpoint
from matchmaking.api.errors import ChangedSince
from matchmaking.api.etags import check_unchanged, names_a_version, tagged
from matchmaking.api.listing import listing
from matchmaking.api.registering import (
    chosen,
    columns_of,
    details,
    details_of,
    registration_out,
    wanted_by,
)
from matchmaking.api.schemas.base import Nothing
from matchmaking.api.schemas.registrations import (
    Decision,
    NewRegistration,
    RegistrationChange,
    RegistrationDetails,
    RegistrationList,
    RegistrationOut,
    RegistrationQuery,
)
from matchmaking.core.audit import Actor, set_actor
from matchmaking.core.i18n import _l
from matchmaking.events.models import Event
from matchmaking.registration import services
from matchmaking.registration.limits import spend_attempt
from matchmaking.registration.models import Registration
from matchmaking.registration.person import BadEmail, BadName, BadPhone
from matchmaking.registration.queries import (
    current_badge,
    offered_ticket_types,
    search,
    ticket_type_with_code,
    ticket_types_of,
)

PATH = "/events/<slug>/registrations"
BAD = (BadName, BadEmail, BadPhone)


@endpoint(
    f"POST {PATH}",
    topic="registrations",
    summary=_l("Register a delegate"),
    access=PUBLIC_OR_ORGANIZER,
    body=NewRegistration,
    answer=RegistrationOut,
    status=201,
    refusals=(services.SoldOut, services.AlreadyRegistered, services.RegistrationClosed, *BAD),
)
def register(event: Event, body: NewRegistration) -> RegistrationOut:
    """Without a token: what is offered to everyone, a limited number from one address."""
    if calling_token() is None:
        spend_attempt(body.email)
        set_actor(Actor("delegate", name=body.full_name))
        ticket_type = chosen(body.ticket_type, offered_ticket_types(event))
    else:
        found = ticket_type_with_code(event, body.ticket_type)
        ticket_type = chosen(body.ticket_type, [found] if found else [])
    wanted = wanted_by(body, ticket_type)
    made = services.register(event, wanted, source="api")
    badge = made.badges[0] if made.is_confirmed else None
    return registration_out(made, event.slug, badge)


@endpoint(
    f"GET {PATH}",
    topic="registrations",
    summary=_l("List delegates, the first to register first"),
    access=READER,
    query=RegistrationQuery,
    answer=RegistrationList,
)
def registrations(event: Event, query: RegistrationQuery) -> RegistrationList:
    def shown(found: Sequence[Registration]) -> list[RegistrationDetails]:
        return details_of(found, event.slug)

    found = search(event, query.q, status=query.status, ticket_type=query.ticket_type)
    return listing(found, (Registration.id,), query, shown)


@endpoint(
    f"GET {PATH}/<code>",
    topic="registrations",
    summary=_l("Read one delegate"),
    access=READER,
    answer=RegistrationDetails,
)
def registration(event: Event, code: str) -> Answer:
    return shown(registration_of(event, code), event)


@endpoint(
    f"PATCH {PATH}/<code>",
    topic="registrations",
    summary=_l("Change a delegate's details"),
    access=ORGANIZER,
    body=RegistrationChange,
    answer=RegistrationDetails,
    edits=True,
    refusals=(services.SoldOut, services.AlreadyRegistered, services.AttendanceNotOffered, *BAD),
)
def change_registration(event: Event, code: str, body: RegistrationChange) -> Answer:
    found = registration_of(event, code)
    check_unchanged(_details(found, event))
    changes = columns_of(body)
    if "ticket_type" in changes:
        changes["ticket_type"] = chosen(body.ticket_type, ticket_types_of(event))
    version = found.version if names_a_version() else None
    try:
        return shown(services.change(found, version=version, **changes), event)
    except services.ChangedMeanwhile:
        raise ChangedSince from None


@endpoint(
    f"POST {PATH}/<code>/approve",
    topic="registrations",
    summary=_l("Approve a delegate who waits for it"),
    access=ORGANIZER,
    body=Nothing,
    answer=RegistrationDetails,
    refusals=(services.NotPossibleNow, services.SoldOut),
)
def approve(event: Event, code: str, body: Nothing) -> Answer:
    return shown(services.approve(registration_of(event, code)), event)


@endpoint(
    f"POST {PATH}/<code>/reject",
    topic="registrations",
    summary=_l("Turn down a delegate who waits for approval"),
    access=ORGANIZER,
    body=Decision,
    answer=RegistrationDetails,
    refusals=(services.NotPossibleNow,),
)
def reject(event: Event, code: str, body: Decision) -> Answer:
    return shown(services.reject(registration_of(event, code), body.reason), event)


@endpoint(
    f"POST {PATH}/<code>/cancel",
    topic="registrations",
    summary=_l("Cancel a delegate's registration"),
    access=ORGANIZER,
    body=Decision,
    answer=RegistrationDetails,
    refusals=(services.NotPossibleNow,),
)
def cancel(event: Event, code: str, body: Decision) -> Answer:
    return shown(services.cancel(registration_of(event, code), body.reason), event)


@endpoint(
    f"POST {PATH}/<code>/reissue-badge",
    topic="registrations",
    summary=_l("Give a delegate a new badge; the old one is refused from now on"),
    access=ORGANIZER,
    body=Nothing,
    answer=RegistrationDetails,
)
def reissue_badge(event: Event, code: str, body: Nothing) -> Answer:
    found = registration_of(event, code)
    services.reissue_badge(found)
    return shown(found, event)


def shown(found: Registration, event: Event) -> Answer:
    return tagged(_details(found, event))


def _details(found: Registration, event: Event) -> RegistrationDetails:
    return details(found, event.slug, current_badge(found))
