"""What tests of meetings and of the schedule share."""

from sqlalchemy import select

from matchmaking.companies.models import Side
from matchmaking.core import jobs
from matchmaking.core.bilingual import Bilingual
from matchmaking.core.database import db, transaction
from matchmaking.meetings.models import (
    Meeting,
    MeetingOrigin,
    MeetingStatus,
    Occupancy,
    RequestStatus,
    ScheduleRun,
)
from matchmaking.meetings.queries.grid import slots_of
from matchmaking.meetings.services import booking
from matchmaking.meetings.services.schedule import publishing, runs
from tests.factories import make_company, make_request


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


def two(event):
    return make_company(event), make_company(event, side=Side.FOREIGN)


def agree(event):
    return make_request(*two(event), status=RequestStatus.ACCEPTED)


def meet(both, slot):
    """A meeting that the scheduler gave to a request of these two."""
    request = make_request(*both, status=RequestStatus.ACCEPTED)
    meeting = booking.book(both, slot, request=request, origin=MeetingOrigin.SCHEDULE)
    db.session.commit()
    return meeting


def dong_son_and_hanil(event):
    return (
        make_company(event, name=Bilingual("Đông Sơn")),
        make_company(event, name=Bilingual("Hanil"), side=Side.FOREIGN),
    )


def run_scheduler(event) -> ScheduleRun:
    with transaction():
        run = runs.start_run(event, time_limit_seconds=240)
    jobs.run(run.job_id)
    return db.session.get_one(ScheduleRun, run.id, populate_existing=True)


def publish(event):
    with transaction():
        return publishing.publish(run_scheduler(event))
