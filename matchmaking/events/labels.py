"""The codes of this feature in words."""

from matchmaking.core.i18n import _l
from matchmaking.events.models import EventStatus, HostRole

HOST_ROLES = {
    HostRole.HOST: _l("Hosted by"),
    HostRole.CO_HOST: _l("Co-hosted by"),
    HostRole.FOCAL_UNIT: _l("Focal units"),
    HostRole.PARTNER: _l("Partners"),
    HostRole.SPONSOR: _l("Sponsors"),
}

STATUSES = {
    EventStatus.DRAFT: _l("Draft"),
    EventStatus.PUBLISHED: _l("Published"),
    EventStatus.ARCHIVED: _l("Archived"),
}

BOOTH_KINDS = {
    "company": _l("Company"),
    "company_foreign": _l("Foreign company"),
    "locality": _l("Locality"),
    "zone_board": _l("Zone authority"),
    "promo_agency": _l("Promotion agency"),
    "organization": _l("Organization"),
    "host": _l("Host"),
}
