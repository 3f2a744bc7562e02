from datetime import timedelta

import pytest
from icalendar import Calendar

from matchmaking.core.bilingual import Bilingual
from matchmaking.core.database import db
from matchmaking.documents.feeds import personal_calendar
from matchmaking.events.models import EventStatus
from matchmaking.meetings.models import Meeting, MeetingOrigin, MeetingStatus
from matchmaking.registration.access import calendar_key
from matchmaking.registration.models import RegistrationStatus, SessionSignUp
from tests.factories import (
    make_company,
    make_event,
    make_interpreter,
    make_member,
    make_registration,
    make_representative,
    make_session,
    make_slots,
    make_tables,
)
from tests.factories.base import add
from tests.factories.events import at


@pytest.fixture
def event(app):
    return make_event(venue=Bilingual("Trung tâm Hội nghị", "Convention Centre"))


@pytest.fixture
def delegate(event):
    """Speaks for a company that has one meeting; attends one session."""
    registration = make_registration(event, full_name="Phạm Văn Hùng")
    company = make_company(event, name=Bilingual("Cơ khí Đông Sơn", "Dong Son"))
    make_representative(company, registration)
    partner = make_company(event, name=Bilingual("Hanwha", "Hanwha"), country="KR")
    slots, (table, _) = make_slots(event, 2, start="09:00"), make_tables(event, 2)
    add(
        Meeting(
            event_id=event.id, company_a_id=partner.id, company_b_id=company.id,
            slot_id=slots[0].id, length=2, table_id=table.id, sequence=3,
            interpreter_id=make_interpreter(event).id, origin=MeetingOrigin.SCHEDULE,
        )
    )  # fmt: skip
    session = make_session(event, "14:00", "15:00", title=Bilingual("Hội thảo", "Workshop"))
    add(SessionSignUp(registration_id=registration.id, session_id=session.id))
    return registration


def entries(ics: bytes) -> dict[str, object]:
    calendar = Calendar.from_ical(ics)
    return {str(entry["uid"]).split("-")[0]: entry for entry in calendar.walk("VEVENT")}


def test_agenda_holds_event_sessions_and_meetings_in_the_events_zone(visitor, delegate, event):
    answer = visitor.holding(delegate).get(f"/registrations/{delegate.code}/agenda.ics")

    assert answer.content_type == "text/calendar; charset=utf-8"
    assert answer.headers["Cache-Control"] == "private, no-store"
    found = entries(answer.data)
    assert set(found) == {"event", "session", "meeting"}
    meeting = found["meeting"]
    assert meeting["summary"] == "Meeting: Hanwha"
    assert meeting["location"] == "Table 1, Convention Centre"
    assert "Lê Thị Lan" in meeting["description"]
    assert (meeting["sequence"], meeting["status"]) == (3, "CONFIRMED")
    assert meeting["dtstart"].dt == at(event, "09:00")
    assert meeting["dtend"].dt == at(event, "09:40")
    assert found["event"]["dtend"].dt == event.ends_on + timedelta(days=1)
    zones = Calendar.from_ical(answer.data).walk("VTIMEZONE")
    assert [str(zone["tzid"]) for zone in zones] == ["Asia/Ho_Chi_Minh"]


def test_agenda_is_written_in_the_readers_language_with_the_other_beneath(visitor, delegate):
    visitor.headers = {"Accept-Language": "vi"}

    answer = visitor.holding(delegate).get(f"/registrations/{delegate.code}/agenda.ics")

    session = entries(answer.data)["session"]
    assert session["summary"] == "Hội thảo"
    assert session["description"] == "Hội thảo\nWorkshop"


def test_cancelled_meeting_stays_in_the_feed_under_its_name_as_cancelled(visitor, delegate, event):
    before = db.session.scalars(db.select(Meeting)).one()
    uid = f"meeting-{before.id}@gap-go"
    before.status, before.sequence = MeetingStatus.CANCELLED, 4

    answer = visitor.get(f"/calendars/{delegate.code}/{calendar_key(delegate)}.ics")

    meeting = entries(answer.data)["meeting"]
    assert (meeting["uid"], meeting["sequence"], meeting["status"]) == (uid, 4, "CANCELLED")


def test_feed_needs_no_cookie_but_its_key(visitor, delegate):
    key = calendar_key(delegate)

    assert visitor.get(f"/calendars/{delegate.code}/{key}.ics").status_code == 200
    assert visitor.get(f"/calendars/{delegate.code}/{key[:-1]}.ics").status_code == 404
    assert visitor.get(f"/calendars/{delegate.code}/ă.ics").status_code == 404
    assert visitor.get(f"/calendars/NOBODY22/{key}.ics").status_code == 404


def test_new_personal_link_ends_the_old_feed(visitor, delegate):
    key = calendar_key(delegate)
    delegate.link_version += 1

    assert visitor.get(f"/calendars/{delegate.code}/{key}.ics").status_code == 404


def test_delegate_who_cancelled_sees_the_event_struck_out(app, delegate):
    with app.test_request_context():
        delegate.status = RegistrationStatus.CANCELLED

        found = entries(personal_calendar(delegate))

    assert found["event"]["status"] == "CANCELLED"
    assert set(found) == {"event"}


def test_programme_is_a_public_calendar(visitor, event):
    make_session(event)
    make_session(event, "10:00", "11:00")

    answer = visitor.get(f"/events/{event.slug}/agenda.ics")

    assert len(Calendar.from_ical(answer.data).walk("VEVENT")) == 2


def test_programme_of_a_draft_is_not_public(visitor, event, browser_of):
    event.status = EventStatus.DRAFT

    assert visitor.get(f"/events/{event.slug}/agenda.ics").status_code == 404
    organizer = browser_of(make_member(event))
    assert organizer.get(f"/events/{event.slug}/agenda.ics").status_code == 200
