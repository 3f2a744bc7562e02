"""What tests of the schedule board share."""

from sqlalchemy import select

from matchmaking.core.database import db
from matchmaking.meetings.models import Meeting, MeetingStatus, Occupancy
from matchmaking.meetings.queries.grid import slots_of


def occupancy_is_whole(event) -> bool:
    """Every scheduled meeting has its rows and no other has any: nothing is in two places."""
    slots = {slot.id: slot.number for slot in slots_of(event)}
    rows = db.session.execute(
        select(Occupancy.slot_id, Occupancy.resource, Occupancy.meeting_id)
    ).all()
    held: dict = {}
    for slot_id, resource, meeting_id in rows:
        held.setdefault(meeting_id, set()).add((slots[slot_id], resource.split(":")[0]))
    meetings = db.session.scalars(
        select(Meeting).where(Meeting.status == MeetingStatus.SCHEDULED)
    ).all()
    wanted = {meeting.id: slots[meeting.slot_id] for meeting in meetings}
    return set(held) == set(wanted) and all(
        {(slot, "company"), (slot, "table")} <= held[key] for key, slot in wanted.items()
    )


def whereabouts(meeting) -> tuple[int, int]:
    db.session.refresh(meeting)
    return meeting.slot.number, meeting.table.number
