"""People whom gates register, and badges they print."""

import uuid

from flask import Response, abort

from matchmaking.api.access import GATE
from matchmaking.api.endpoint import Answer, endpoint
from matchmaking.api.gates import calling_source
from matchmaking.api.schemas.gates import BadgeOut, BadgeWanted, WalkInIn, WalkInOut
from matchmaking.api.views.check_ins import HELD, UPLOADING
from matchmaking.checkin import services
from matchmaking.checkin.readings import Reading
from matchmaking.checkin.services.recognition import recognize
from matchmaking.core.database import db
from matchmaking.core.i18n import _l
from matchmaking.documents.errors import NoBadge
from matchmaking.documents.services import count_prints
from matchmaking.events.models import Event
from matchmaking.registration.models import Badge, Registration
from matchmaking.registration.queries import current_badge
from matchmaking.registration.services import reissue_badge
from matchmaking.registration.tokens import badge_token
from matchmaking.web.problems import refusal


@endpoint(
    "POST /events/<slug>/check-in/walk-ins",
    topic="check-in",
    summary=_l("Register at the gate who has no registration"),
    access=UPLOADING,
    body=WalkInIn,
    answer=WalkInOut,
    also=(HELD,),
    refusals=(services.WalkInIdReused, services.NoTicketType),
)
def walk_in(event: Event, body: WalkInIn) -> Answer | Response:
    """The same id again gives the same registration. Of a revoked device it is held: 202."""
    source = calling_source()
    told = body.model_dump(exclude={"walk_in_id"})
    made = services.take_walk_in(event, source, services.Arrival(id=body.walk_in_id, **told))
    if isinstance(made, services.WalkInIdReused):
        return refusal(made)
    content = WalkInOut(
        walk_in_id=made.id,
        code=made.code,
        status=made.status,
        full_name=made.full_name,
        ticket_type=made.ticket_type.code,
    )
    return Answer(content, status=HELD if source.is_revoked else 200)


@endpoint(
    "POST /events/<slug>/check-in/badges",
    topic="check-in",
    summary=_l("Print a badge at the gate, again or in place of the one before"),
    access=GATE,
    body=BadgeWanted,
    answer=BadgeOut,
    refusals=(NoBadge,),
)
def print_at_gate(event: Event, body: BadgeWanted) -> BadgeOut:
    registration = _holder(event, body)
    badge = reissue_badge(registration) if body.reissue else current_badge(registration)
    if badge is None:
        raise NoBadge
    count_prints(event, [badge.id])
    db.session.refresh(badge)
    return _badge(registration, badge)


def _holder(event: Event, wanted: BadgeWanted) -> Registration:
    """404 for nobody's."""
    presented = wanted.token or wanted.code or ""
    handle = "" if presented else wanted.handle or ""
    reading = Reading(uuid.UUID(int=0), "", presented, handle=handle)
    [found] = recognize(event, [reading]).found
    if found.delegate is None:
        abort(404)
    return db.session.get_one(Registration, found.delegate.id)


def _badge(registration: Registration, badge: Badge) -> BadgeOut:
    return BadgeOut(
        token=badge_token(badge),
        code=registration.code,
        full_name=registration.full_name,
        organization=registration.organization,
        job_title=registration.job_title,
        delegation=registration.delegation,
        ticket_type=registration.ticket_type.code,
        badge_type=registration.ticket_type.badge_type,
        prints=badge.prints,
    )
