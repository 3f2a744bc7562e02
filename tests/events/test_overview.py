import re
from datetime import timedelta

from matchmaking.companies.models import Side
from matchmaking.core import clock
from matchmaking.core.database import db
from matchmaking.meetings.models import RequestStatus
from matchmaking.meetings.services import booking
from matchmaking.registration.models import RegistrationStatus
from tests.checkin.scanning import event_today, scan
from tests.factories import (
    make_company,
    make_event,
    make_member,
    make_registration,
    make_request,
    make_slots,
    make_tables,
    make_ticket_type,
)


def figures_on(page):
    """What stands in the page's figures, by label."""
    pairs = re.findall(r'stat__label">(.*?)</dt>\s*<dd class="stat__value">(.*?)</dd>', page, re.S)
    return {label: " ".join(re.sub("<[^>]+>", "", value).split()) for label, value in pairs}


def test_the_overview_counts_what_every_part_of_the_event_has(browser_of):
    event = event_today()
    scan(make_registration(ticket_type=make_ticket_type(event)))
    make_registration(ticket_type=make_ticket_type(event), status=RegistrationStatus.PENDING)
    make_tables(event)
    slot, *_ = make_slots(event)
    slot.starts_at, slot.ends_at = (clock.now() + timedelta(hours=hours) for hours in (1, 2))
    ours, theirs, others = (
        make_company(event, side=side) for side in (Side.LOCAL, Side.FOREIGN, Side.FOREIGN)
    )
    booking.book((ours, theirs), slot)
    make_request(ours, theirs, status=RequestStatus.ACCEPTED)
    make_request(ours, others, status=RequestStatus.ACCEPTED)
    make_request(others, ours, status=RequestStatus.ACCEPTED)
    db.session.commit()

    figures = figures_on(browser_of(make_member(event)).get(f"/organize/{event.slug}").text)

    assert figures == {
        "Arrived": "1 / 1",
        "Inside now": "1",
        "Refused scans": "0",
        "Confirmed": "1",
        "Waiting for approval": "1",
        "On the waiting list": "0",
        "Cancelled": "0",
        "Meetings placed": "1",
        "Agreed, without a time": "1",
        "Waiting for an answer": "0",
        "Version in force": "–",
        "Taking part": "3",
        "Waiting for confirmation": "0",
        "Nobody comes yet": "3",
        "Need an interpreter": "0",
    }


def test_the_overview_of_an_empty_event_shows_no_figures(browser_of):
    event = make_event(modules=["sessions"])

    assert figures_on(browser_of(make_member(event)).get(f"/organize/{event.slug}").text) == {}
