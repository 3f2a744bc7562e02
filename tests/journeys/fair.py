"""A small fair on which every page has something to show, and everybody who looks at it."""

import io
import time
import uuid
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from flask import Flask, url_for
from werkzeug.routing import Rule

from matchmaking.accounts.access import CAME_BY_LINK
from matchmaking.accounts.lasting import HALF_WAY
from matchmaking.accounts.links import link_token
from matchmaking.accounts.models import LinkPurpose
from matchmaking.accounts.services import issue_link
from matchmaking.checkin.models import Gate
from matchmaking.checkin.services import add_device
from matchmaking.companies.models import Side
from matchmaking.core import clock, files, jobs
from matchmaking.core.bilingual import Bilingual
from matchmaking.core.database import db, transaction
from matchmaking.core.outbox import OutgoingMail
from matchmaking.core.spreadsheets import write_rows
from matchmaking.documents.orders import Paper, PrintOrder
from matchmaking.documents.services import order_print
from matchmaking.events.models import Booth, Event, EventHost, Hall, Speaker, Track
from matchmaking.meetings.models import RequestStatus
from matchmaking.meetings.services import booking
from matchmaking.meetings.services.schedule import publishing, repairing, runs
from matchmaking.meetings.services.schedule.troubles import Trouble, What
from matchmaking.privacy.models import Breach, RequestKind
from matchmaking.privacy.services.requests import ask
from matchmaking.registration.access import calendar_key, new_email_key, personal_key
from matchmaking.registration.models import RegistrationStatus
from matchmaking.registration.services import ask_for_new_email
from tests.checkin.scanning import scan
from tests.factories import (
    make_administrator,
    make_company,
    make_event,
    make_interpreter,
    make_member,
    make_registration,
    make_representative,
    make_request,
    make_session,
    make_slots,
    make_tables,
    make_ticket_type,
    make_user,
    make_webhook,
)
from tests.factories.base import add
from tests.visitor import Visitor

AUDIENCES = {
    "visitor": "/events",
    "delegate": "/registrations",
    "representative": "/events/hoi-cho/business",
    "organizer": "/organize",
    "administrator": "/users",
    "half way in": "/sign-in/second-step",
}
"""Who looks, and where most of what is for them begins."""

PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360606060000000050001a5f64540"
    "0000000049454e44ae426082"
)


@dataclass
class Fair:
    """Browsers by audience, and what stands for each variable part of an address.

    `values` holds them by name; `own` by endpoint, where the name alone says too little.
    """

    app: Flask
    browsers: dict[str, Visitor] = field(default_factory=dict)
    values: dict[str, Any] = field(default_factory=dict)
    own: dict[str, dict[str, Any]] = field(default_factory=dict)

    def address_of(self, rule: Rule) -> str:
        """Where this rule leads at the fair. KeyError names a part nobody thought of yet."""
        known = self.values | self.own.get(rule.endpoint, {})
        with self.app.test_request_context():
            return url_for(rule.endpoint, **{name: known[name] for name in rule.arguments})


def open_fair(app: Flask) -> Fair:
    tomorrow = clock.now().date() + timedelta(days=1)
    event = make_event(
        slug="hoi-cho",
        starts_on=tomorrow,
        accent="#B22222",
        contact_email="banto@example.com",
        security_list=True,
    )
    fair = Fair(app, values={"slug": event.slug, "language": "en", "screen": "about"})
    for part in (_add_places, _add_delegates, _add_meetings, _add_papers, _add_people):
        part(fair, event)
    db.session.commit()
    _upload_lists(fair)
    jobs.run_due()
    mail = db.session.scalars(db.select(OutgoingMail)).first()
    assert mail is not None
    fair.values |= {"mail_id": mail.id, "number": 0}
    return fair


def _add_places(fair: Fair, event: Event) -> None:
    hall = add(Hall(event_id=event.id, name=Bilingual("Hội trường Lam Sơn", "Lam Sơn Hall")))
    track = add(Track(event_id=event.id, code="A", name=Bilingual("Đầu tư", "Investment")))
    session = make_session(event, "14:00", "15:00", hall_id=hall.id, track_id=track.id)
    make_session(event, "15:00", "16:00", sign_up=True, capacity=9)
    speaker = add(Speaker(event_id=event.id, session_id=session.id, full_name="Kim Min-jun"))
    logo = files.store(
        PIXEL, name="logo.png", content_type="image/png", event_id=event.id, is_public=True
    )
    host = EventHost(event_id=event.id, name=Bilingual("UBND tỉnh", "Province"), logo_id=logo.id)
    gate = Gate(event_id=event.id, code="A", name=Bilingual("Cổng chính", "Main gate"))
    booth = Booth(event_id=event.id, hall_id=hall.id, number="A-01")
    fair.values |= {
        "hall_id": hall.id,
        "track_id": track.id,
        "session_id": session.id,
        "host_id": add(host).id,
        "gate_id": add(gate).id,
        "device_id": add_device(event, name="East 1", gates=[], language="vi").id,
        "booth_id": add(booth).id,
    }
    fair.own["events.file"] = {"file_id": logo.id}
    fair.own["privacy.erase_subject"] = {"kind": "speaker", "subject_id": speaker.id}


def _add_delegates(fair: Fair, event: Event) -> None:
    ticket_type = make_ticket_type(event, code="delegate", places=40)
    delegate = make_registration(ticket_type=ticket_type, email="anh@example.com")
    make_registration(ticket_type=ticket_type, status=RegistrationStatus.PENDING)
    scan(make_registration(ticket_type=ticket_type, full_name="Trần Văn Bình"))
    ask_for_new_email(delegate, "moi@example.com")
    fair.values["request_id"] = ask(delegate, RequestKind.ERASURE).id
    fair.values |= {"code": delegate.code, "ticket_type_id": ticket_type.id}
    with fair.app.test_request_context():
        fair.own |= {
            "registration.open_link": {"key": personal_key(delegate)},
            "registration.new_email": {"key": new_email_key(delegate)},
            "documents.calendar_feed": {"key": calendar_key(delegate)},
        }
    fair.browsers["visitor"] = Visitor(fair.app)
    fair.browsers["delegate"] = Visitor(fair.app).holding(delegate)


def _add_meetings(fair: Fair, event: Event) -> None:
    make_tables(event)
    slots = make_slots(event)
    lan = make_interpreter(event, languages=["ko"])
    ours = make_company(event, offering=["fisheries"], seeking=["electronics"])
    foreign = [
        make_company(event, side=Side.FOREIGN, offering=["electronics"], seeking=["fisheries"])
        for _ in range(5)
    ]
    representative = make_representative(ours).registration
    make_representative(foreign[0])
    meeting = booking.book((ours, foreign[0]), slots[0])
    make_request(ours, foreign[1], status=RequestStatus.ACCEPTED, message="Rất mong được gặp")
    make_request(foreign[2], ours, message="Hân hạnh")
    make_request(ours, foreign[3])
    with transaction():
        run = runs.start_run(event, time_limit_seconds=240)
    jobs.run(run.job_id)
    with transaction():
        publishing.publish(run)
    with transaction():
        ways = repairing.propose(event, Trouble(foreign[1], What.ABSENT))
        repairing.keep(ways)
    fair.values |= {
        "kind": "company",
        "subject_id": ours.id,
        "group": uuid.UUID(ways[0].plan["group"]),
        "interpreter_id": lan.id,
        "company_id": ours.id,
        "partner_id": foreign[4].id,
        "meeting_id": meeting.id,
        "run_id": run.id,
    }
    fair.browsers["representative"] = Visitor(fair.app).holding(representative)


def _add_papers(fair: Fair, event: Event) -> None:
    order = PrintOrder(Paper.TABLE_CARDS)
    fair.values["job_id"] = order_print(event, order, by=make_user()).id


def _add_people(fair: Fair, event: Event) -> None:
    member = make_member(event, full_name="Lê Thị Hoa", email="hoa@example.com")
    administrator = make_administrator()
    fair.values["webhook_id"] = make_webhook(event).id
    breach = Breach(event_id=event.id, found_at=clock.now(), what="Mất máy tính")
    fair.values["breach_id"] = add(breach).id
    link = issue_link(make_user(), LinkPurpose.SIGN_IN)
    fair.values |= {"user_id": member.id, "token": link_token(link.id)}
    fair.browsers["organizer"] = Visitor(fair.app).signed_in_as(member)
    fair.browsers["administrator"] = Visitor(fair.app).signed_in_as(administrator)
    with fair.browsers["organizer"].client.session_transaction() as session:
        session[CAME_BY_LINK] = time.time()
    fair.browsers["half way in"] = Visitor(fair.app)
    with fair.browsers["half way in"].client.session_transaction() as session:
        session[HALF_WAY] = [str(administrator.id), int(time.time()), False, False]


def _upload_lists(fair: Fair) -> None:
    """A list waits to be looked through before it is taken over."""
    lists = {
        "registration.review": (
            "delegates",
            "file",
            {"Họ và tên": "An", "Email": "an@example.com"},
        ),
        "companies.review": ("companies", "workbook", {"Tên (tiếng Việt)": "Đông Sơn"}),
    }
    for endpoint, (desk, part, row) in lists.items():
        workbook = write_rows("Danh sách", list(row), [list(row.values())])
        answer = fair.browsers["organizer"].post(
            f"/organize/hoi-cho/{desk}/import",
            {part: (io.BytesIO(workbook), "list.xlsx"), "ticket_type": "delegate"},
        )
        fair.own[endpoint] = {"file_id": answer.location.rpartition("/")[2]}
