"""What gates send besides scans: people they register, badges they print."""

import uuid
from typing import Annotated, Literal

from pydantic import Field

from matchmaking.api.schemas.base import Input, Line, Output
from matchmaking.api.schemas.check_ins import Instant, Mark
from matchmaking.api.schemas.registrations import CODE, FullName
from matchmaking.core.codes import READABLE
from matchmaking.registration.models import RegistrationStatus


class WalkInIn(Input):
    """Somebody without a registration. `walk_in_id` and `code` are made by the device, so that it can
    print a provisional badge without a network; what cannot be right as e-mail stands in the note.
    """

    walk_in_id: uuid.UUID
    code: str = Field(pattern=f"^[{READABLE}]{{8}}$")
    full_name: FullName
    organization: Annotated[str, Line(200)] = ""
    ticket_type: Annotated[str, Line(40, CODE)]
    email: Annotated[str, Line(254)] = ""
    language: Literal["vi", "en"] = "vi"
    gate: Mark = "A"
    made_at: Instant | None = None


class WalkInOut(Output):
    """`waitlisted` or `pending`: the organizers decide. `code` may differ from the one sent."""

    walk_in_id: uuid.UUID
    code: str
    status: RegistrationStatus
    full_name: str
    ticket_type: str


class BadgeWanted(Input):
    """Whose badge is printed: what its QR carries, the registration's `code`, or a device's `handle`.

    `reissue` ends the badges before it.
    """

    token: str | None = Field(None, max_length=4300)
    code: str | None = Field(None, max_length=60)
    handle: str | None = Field(None, pattern="^[0-9a-f]{24}$")
    reissue: bool = False


class BadgeOut(Output):
    """What stands on the badge. `prints` counts this one too."""

    token: str
    code: str
    full_name: str
    organization: str
    job_title: str
    delegation: str
    ticket_type: str
    badge_type: str
    prints: int
