"""The rules of the gate."""

from matchmaking.checkin.services.admission import ScanIdReused, check_in, note_reused_id
from matchmaking.checkin.services.gates import GateTaken, add_gate, rename_gate
from matchmaking.checkin.services.undoing import CannotUndo, undo

__all__ = [
    "CannotUndo",
    "GateTaken",
    "ScanIdReused",
    "add_gate",
    "check_in",
    "note_reused_id",
    "rename_gate",
    "undo",
]
