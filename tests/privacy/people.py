"""Somebody who is all one can be at an event, as tests of personal data need them."""

from dataclasses import dataclass

from matchmaking.companies.models import Representative, Side
from matchmaking.core.database import db
from matchmaking.events.models import Event
from matchmaking.meetings.models import Interpreter, Meeting, MeetingOrigin, RequestStatus
from matchmaking.registration import services
from matchmaking.registration.models import Registration
from matchmaking.registration.services.identities import Identity, IdentityKind, give_identity
from matchmaking.web.settings import settings
from tests.checkin.scanning import event_today, scan
from tests.factories import (
    make_company,
    make_interpreter,
    make_representative,
    make_request,
    make_slots,
    make_tables,
    make_ticket_type,
)
from tests.factories.base import add

NAME, EMAIL, PHONE, NUMBER = "Lò Thị Mỵ", "my@example.com", "+84912345678", "038189001234"


@dataclass
class Somebody:
    event: Event
    registration: Registration
    role: Representative
    interpreter: Interpreter
    meeting: Meeting


def somebody() -> Somebody:
    """Registered, scanned, speaking for a company that meets another, and an interpreter too."""
    event = event_today(slug="hoi-cho", security_list=True)
    wanted = services.RegistrationInput(
        full_name=NAME,
        email=EMAIL,
        phone=PHONE,
        organization="Hợp tác xã Mường Lát",
        ticket_type=make_ticket_type(event, places=5),
        language="en",
        answers={"hotel": "Lam Kinh", "diet": ["vegetarian"]},
        consents=frozenset({"processing", "photo"}),
    )
    registration = services.register(event, wanted)
    secret = settings().data_secret
    give_identity(registration, Identity(IdentityKind.CITIZEN_ID, NUMBER), secret=secret)
    scan(registration)
    table, slot = make_tables(event)[0], make_slots(event)[0]
    ours = make_company(event, contact_email=EMAIL)
    partner = make_company(event, side=Side.FOREIGN)
    role = make_representative(ours, registration, is_contact=True)
    make_request(ours, partner, status=RequestStatus.ACCEPTED, message="Rất mong được gặp")
    interpreter = make_interpreter(event, full_name=NAME, email=EMAIL, phone=PHONE)
    meeting = add(
        Meeting(
            event_id=event.id,
            company_a_id=ours.id,
            company_b_id=partner.id,
            slot_id=slot.id,
            table_id=table.id,
            origin=MeetingOrigin.ORGANIZER,
        )
    )
    db.session.commit()
    return Somebody(event, registration, role, interpreter, meeting)


def everything_kept() -> str:
    """Every row of every table as one text, to look for somebody in it."""
    kept = []
    for table in db.metadata.sorted_tables:
        kept += [str(tuple(row)) for row in db.session.execute(table.select())]
    return "\n".join(kept)
