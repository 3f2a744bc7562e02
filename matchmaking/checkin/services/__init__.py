"""The rules of the gate."""

from matchmaking.checkin.services.admission import check_in, take_in
from matchmaking.checkin.services.answering import (
    Answered,
    OtherDevice,
    ScanIdReused,
    ScanMixUp,
    Told,
    note_reused_id,
)
from matchmaking.checkin.services.conflicts import AlreadySettled, settle_conflict
from matchmaking.checkin.services.devices import (
    AlreadyEnrolled,
    EnrolmentOver,
    Status,
    add_device,
    enrol,
    note_status,
    offer_enrolment,
    revoke_device,
)
from matchmaking.checkin.services.gates import GateTaken, add_gate, change_gate
from matchmaking.checkin.services.releasing import held_scans, release
from matchmaking.checkin.services.simulating import simulate
from matchmaking.checkin.services.undoing import CannotUndo, undo
from matchmaking.checkin.services.vips import is_watching, receive, watch
from matchmaking.checkin.services.walk_ins import (
    Arrival,
    NoTicketType,
    WalkInIdReused,
    take_walk_in,
)

__all__ = [
    "AlreadyEnrolled",
    "AlreadySettled",
    "Answered",
    "Arrival",
    "CannotUndo",
    "EnrolmentOver",
    "GateTaken",
    "NoTicketType",
    "OtherDevice",
    "ScanIdReused",
    "ScanMixUp",
    "Status",
    "Told",
    "WalkInIdReused",
    "add_device",
    "add_gate",
    "change_gate",
    "check_in",
    "enrol",
    "held_scans",
    "is_watching",
    "note_reused_id",
    "note_status",
    "offer_enrolment",
    "receive",
    "release",
    "revoke_device",
    "settle_conflict",
    "simulate",
    "take_in",
    "take_walk_in",
    "undo",
    "watch",
]
