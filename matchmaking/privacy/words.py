"""The codes of this feature in words."""

from matchmaking.core.i18n import _l
from matchmaking.privacy.models import RequestKind, RequestState

KINDS = {
    RequestKind.COPY: _l("A copy of the data"),
    RequestKind.CORRECTION: _l("A correction"),
    RequestKind.STOP: _l("To stop or limit their use"),
    RequestKind.ERASURE: _l("To erase the data"),
}
STATES = {
    RequestState.OPEN: _l("Not answered yet"),
    RequestState.DONE: _l("Done"),
    RequestState.REFUSED: _l("Refused"),
}
STATE_KINDS = {
    RequestState.OPEN: "warning",
    RequestState.DONE: "success",
    RequestState.REFUSED: "neutral",
}
WORDS = {"kinds": KINDS, "states": STATES, "state_kinds": STATE_KINDS}
"""What templates call them."""
