"""The slot grid, what meets on it, and the runs that fill it."""

from matchmaking.meetings.models.board import BoardChange
from matchmaking.meetings.models.grid import (
    Interpreter,
    InterpreterHours,
    MeetingTable,
    Slot,
    TableOutage,
)
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
    NightlyRun,
    RunMode,
    RunState,
    ScheduleRun,
    ScheduleVersion,
)

__all__ = [
    "Assignment",
    "BoardChange",
    "Interpreter",
    "InterpreterHours",
    "Meeting",
    "MeetingOrigin",
    "MeetingOutcome",
    "MeetingRequest",
    "MeetingStatus",
    "MeetingTable",
    "NightlyRun",
    "Occupancy",
    "RequestStatus",
    "RunMode",
    "RunState",
    "ScheduleRun",
    "ScheduleVersion",
    "Slot",
    "TableOutage",
]
