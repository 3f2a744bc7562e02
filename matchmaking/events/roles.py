"""The roles at an event, in words."""

from matchmaking.core.i18n import _l
from matchmaking.events.models import MemberRole

ROLE_NAMES = {
    MemberRole.OWNER: _l("Owner"),
    MemberRole.EDITOR: _l("Editor"),
    MemberRole.VIEWER: _l("Viewer"),
    MemberRole.GATE: _l("Gate staff"),
}
ROLE_TASKS = {
    MemberRole.OWNER: _l("Does everything, and decides who works on the event."),
    MemberRole.EDITOR: _l("Changes everything of the event except who works on it."),
    MemberRole.VIEWER: _l("Sees everything of the event and changes nothing."),
    MemberRole.GATE: _l("Checks people in at the gate, and sees nothing else."),
}
