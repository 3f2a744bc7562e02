"""Loading everything, in one transaction."""

import uuid

from sqlalchemy import func, select

from matchmaking.cli.demo.accounts import (
    REPRESENTATIVES,
    add_representative_account,
    load_accounts,
)
from matchmaking.cli.demo.arrivals import load_arrivals, load_gates, receive_vips
from matchmaking.cli.demo.companies import load_companies, load_interpreters, load_requests
from matchmaking.cli.demo.delegates import (
    add_pending,
    give_consents,
    load_others,
    load_ticket_types,
    sign_up_some,
)
from matchmaking.cli.demo.events import load_events
from matchmaking.cli.demo.identities import load_identities
from matchmaking.cli.demo.people import People
from matchmaking.cli.demo.signals import event_loaded
from matchmaking.companies.models import Company, Representative, Side
from matchmaking.core.database import db
from matchmaking.events.models import AgendaSession, Event
from matchmaking.meetings.models import MeetingRequest
from matchmaking.meetings.services.grid import rebuild_slots
from matchmaking.registration.models import Registration, TicketType
from matchmaking.registration.services.registering import put_in_order

SEED = 2022
GREEN_COUNTRIES = frozenset(("VN", "DE", "NL", "CZ", "BE", "FR", "DK", "SE"))
DELEGATES = 650


def load_everything() -> dict[str, int]:
    """The three demo events with all that belongs to them; how many of each thing."""
    meet, forum, green = load_events()
    users = load_accounts([meet, forum, green])
    people = People(SEED)
    _load_meet_korea(meet, people, staff_id=users["cong@example.com"].id)
    receive_vips(meet, by_id=users["bientap@example.com"].id)
    of_forum = load_others(load_ticket_types(forum), people, share=0.3)
    types = load_ticket_types(green)
    slots = rebuild_slots(green)
    companies = load_companies(green, types, people, slots=slots, countries=GREEN_COUNTRIES)
    load_requests(companies, people, most=3)
    load_others(types, people, share=0.3)
    rebuild_slots(forum)
    for event in (forum, green):
        load_gates(event)
    db.session.flush()
    give_consents()
    load_identities(forum, of_forum[: len(of_forum) // 2])
    event_loaded.send(forum, delegates=of_forum)
    _recount()
    return {
        "events": _count(Event),
        "companies": _count(Company),
        "delegates": _count(Registration),
        "meeting requests": _count(MeetingRequest),
    }


def _load_meet_korea(event: Event, people: People, *, staff_id: uuid.UUID) -> None:
    types = load_ticket_types(event)
    slots = rebuild_slots(event)
    companies = load_companies(event, types, people, slots=slots)
    _name_representatives(companies)
    others = load_others(types, people)
    db.session.flush()
    add_pending(types, people)
    interpreters = [o for o in others if o.ticket_type_id == types["interpreter"].id]
    load_interpreters(event, interpreters)
    load_requests(companies, people)
    query = select(AgendaSession).where(AgendaSession.event_id == event.id, AgendaSession.sign_up)
    sign_up_some(others, list(db.session.scalars(query)), people)
    load_gates(event)
    arrived = [delegate for delegate in others if people.random.random() < 0.45]
    load_arrivals(event, arrived, people, staff_id=staff_id)


def _name_representatives(companies: list[Company]) -> None:
    """One representative a side gets the address of the account that is printed at start."""
    first = {side: next(company for company in companies if company.side is side) for side in Side}
    for (email, _), side in zip(REPRESENTATIVES, (Side.LOCAL, Side.FOREIGN), strict=True):
        query = (
            select(Registration)
            .join(Representative)
            .where(Representative.company_id == first[side].id, Representative.is_contact)
        )
        delegate = db.session.scalars(query).one()
        delegate.email = email
        put_in_order(delegate)
        add_representative_account(email, delegate.full_name, delegate.language)


def _recount() -> None:
    """Used places equal confirmed registrations, by ticket type."""
    db.session.flush()
    confirmed = select(Registration.ticket_type_id, func.count()).where(
        Registration.status == "confirmed"
    )
    counts = {
        row[0]: row[1]
        for row in db.session.execute(confirmed.group_by(Registration.ticket_type_id))
    }
    for ticket_type in db.session.scalars(select(TicketType)):
        ticket_type.used = counts.get(ticket_type.id, 0)


def _count(model: type) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0
