"""What scopes, news and deliveries are called, and the sentences of the log."""

from typing import Any

from matchmaking.api.models import DeliveryState
from matchmaking.core.i18n import _l
from matchmaking.events.models import TokenScope
from matchmaking.web.acts import act, kind_of_acts

SCOPE_NAMES: dict[TokenScope, Any] = {
    TokenScope.READ: _l("Read: look at delegates, companies and meetings"),
    TokenScope.CHECK_IN: _l("Check-in: scan badges at the gates"),
    TokenScope.ORGANIZER: _l("Organizer: everything the API offers"),
}
KIND_NAMES: dict[str, Any] = {
    "registration.created": _l("Somebody has registered"),
    "registration.changed": _l("A registration has changed"),
    "registration.cancelled": _l("A registration is cancelled or turned down"),
    "check_in.admitted": _l("A delegate has come in"),
    "meeting.booked": _l("A meeting is booked"),
    "meeting.moved": _l("A meeting is moved"),
    "meeting.cancelled": _l("A meeting is cancelled"),
    "schedule.published": _l("A schedule is published"),
}
STATE_NAMES: dict[DeliveryState, Any] = {
    DeliveryState.WAITING: _l("Waiting"),
    DeliveryState.DELIVERED: _l("Delivered"),
    DeliveryState.FAILED: _l("Failed"),
}
STATE_KINDS = {
    DeliveryState.WAITING: "warning",
    DeliveryState.DELIVERED: "success",
    DeliveryState.FAILED: "error",
}

kind_of_acts("webhook", _l("Webhooks"))
act("webhook.added", _l("%(actor)s lets %(url)s be told what happens."))
act("webhook.removed", _l("%(actor)s lets %(url)s be told nothing any more."))
act("webhook.replayed", _l("%(actor)s sent a piece of news again."))
