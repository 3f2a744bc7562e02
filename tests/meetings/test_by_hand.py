"""What was booked by hand, when the scheduler's next version is published or taken back."""

from matchmaking.core.database import transaction
from matchmaking.meetings.models import MeetingOrigin, MeetingStatus, RequestStatus
from matchmaking.meetings.queries.meetings import meetings_at
from matchmaking.meetings.services import booking
from matchmaking.meetings.services.schedule import publishing
from tests.factories import make_request
from tests.meetings.board import agree, publish, two, whereabouts


def test_a_meeting_that_nobody_asked_for_stays_without_a_pin(event, slots):
    by_hand = [booking.book(two(event), slots[0], origin=MeetingOrigin.ORGANIZER) for _ in range(2)]
    for meeting in by_hand:
        booking.pin(meeting, is_pinned=False)
    before = [whereabouts(meeting) for meeting in by_hand]
    asked = agree(event)

    version = publish(event)

    assert [whereabouts(meeting) for meeting in by_hand] == before
    assert version.changes == {"new": [str(asked.id)], "moved": [], "gone": []}
    assert {one.status for one in by_hand} == {MeetingStatus.SCHEDULED}


def test_a_meeting_of_either_request_of_a_pair_stays_the_same_meeting(event, slots):
    one, other = two(event)
    make_request(one, other)
    later = make_request(other, one)
    meeting = booking.book((one, other), slots[0], request=later)
    booking.pin(meeting, is_pinned=False)

    version = publish(event)

    assert list(meetings_at(event)) == [meeting]
    assert version.changes["new"] == version.changes["gone"] == []


def test_going_back_leaves_what_was_pinned_or_withdrawn_since(event, slots):
    pinned, withdrawn, kept = agree(event), agree(event), agree(event)
    publish(event)
    before = {one.request_id: whereabouts(one) for one in meetings_at(event)}
    with transaction():
        booking.pin(next(m for m in meetings_at(event) if m.request == pinned), is_pinned=True)
        withdrawn.status = RequestStatus.WITHDRAWN
    agree(event)
    publish(event)

    with transaction():
        version = publishing.revert(event)

    assert (version.number, version.reverts_to) == (3, 1)
    now = {one.request_id: whereabouts(one) for one in meetings_at(event)}
    assert now == {one.id: before[one.id] for one in (pinned, kept)}
