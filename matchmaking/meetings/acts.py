"""The audit log's sentences about requests, meetings and schedules."""

from matchmaking.core.i18n import _l
from matchmaking.web.acts import act, kind_of_acts

OUTCOMES = {"held": _l("held"), "no_show": _l("somebody did not come")}


def declare() -> None:
    kind_of_acts("meeting_request", _l("Meeting requests"))
    kind_of_acts("meeting", _l("Meetings"))
    kind_of_acts("schedule", _l("Schedule"))
    act("meeting_request.sent", _l("Asked for a meeting, rank %(priority)s"))
    act("meeting_request.accepted", _l("Accepted the request"))
    act("meeting_request.declined", _l("Declined the request"))
    act("meeting_request.withdrawn", _l("Took the request back"))
    act("meeting_request.ranked", _l("Changed the rank to %(priority)s"))
    act("meeting.booked", _l("Booked the meeting"))
    act("meeting.moved", _l("Moved the meeting"))
    act("meeting.cancelled", _l("Cancelled the meeting"))
    act("meeting.pinned", _l("Pinned the meeting"))
    act("meeting.unpinned", _l("Unpinned the meeting"))
    act("meeting.outcome", _l("Noted what came of the meeting: %(outcome)s"), outcome=OUTCOMES)
    act("schedule.run_started", _l("Started the scheduler for %(time_limit_seconds)s seconds"))
    act("schedule.run_stopped", _l("Stopped the scheduler and kept the best it had found"))
    act(
        "schedule.published",
        _l(
            "Published schedule %(number)s: %(new)s new, %(moved)s moved, %(gone)s cancelled meetings"
        ),
    )
    act("schedule.nightly_on", _l("Has the schedule looked at every night at %(at)s"))
    act("schedule.nightly_off", _l("Switched the nightly run off"))
    act("schedule.repaired", _l("Mended the schedule on the day, as version %(number)s"))
    act("schedule.undone", _l("Undid the last change on the schedule board"))
    act("schedule.told", _l("Told %(companies)s companies of the changes on the schedule board"))
    kind_of_acts("table", _l("Meeting tables"))
    kind_of_acts("interpreter", _l("Interpreters"))
    act("table.used", _l("Put table %(number)s into use again"))
    act("table.put_away", _l("Put table %(number)s out of use"))
    act("table.added", _l("Gave booth %(booth)s a table of its own, number %(number)s"))
    act("interpreter.added", _l("Added the interpreter %(name)s"))
    act("interpreter.changed", _l("Changed the interpreter %(name)s"))
    act("interpreter.removed", _l("Removed the interpreter %(name)s"))
