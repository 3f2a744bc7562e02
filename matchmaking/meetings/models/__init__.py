"""The slot grid, what meets on it, and the runs that fill it."""

from matchmaking.meetings.models.grid import Interpreter, InterpreterHours, MeetingTable, Slot
from matchmaking.meetings.models.meeting import (
    Meeting,
    MeetingOrigin,
    MeetingOutcome,
    MeetingRequest,
    MeetingStatus,
    Occupancy,
    RequestStatus,
)
from matchmaking.meetings.models.schedule import (
    Assignment,
    RunState,
    ScheduleRun,
    ScheduleVersion,
)

__all__ = [
    "Assignment",
    "Interpreter",
    "InterpreterHours",
    "Meeting",
    "MeetingOrigin",
    "MeetingOutcome",
    "MeetingRequest",
    "MeetingStatus",
    "MeetingTable",
    "Occupancy",
    "RequestStatus",
    "RunState",
    "ScheduleRun",
    "ScheduleVersion",
    "Slot",
]
