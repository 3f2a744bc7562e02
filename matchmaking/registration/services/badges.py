"""Issuing badges, and ending them."""

import secrets

from sqlalchemy import select

from matchmaking.core import audit, clock
from matchmaking.core.database import db
from matchmaking.registration.models import Badge, Registration
from matchmaking.registration.queries import current_badge
from matchmaking.registration.services.places import hold


def issue_badge(registration: Registration) -> Badge:
    """The badge of a confirmed delegate, made now if there is none."""
    if badge := current_badge(registration):
        return badge
    badge = new_badge(registration)
    db.session.add(badge)
    db.session.flush()
    return badge


def new_badge(registration: Registration) -> Badge:
    """Not yet part of any transaction."""
    return Badge(
        event_id=registration.event_id,
        registration_id=registration.id,
        code=secrets.token_hex(16),
    )


def reissue_badge(registration: Registration) -> Badge | None:
    """A new badge in place of every earlier one; the old QR is refused from now on.

    None when the delegate is not confirmed and so has no badge.
    """
    hold(registration)
    living = select(Badge).where(
        Badge.registration_id == registration.id, Badge.revoked_at.is_(None)
    )
    for badge in db.session.scalars(living):
        badge.revoked_at = clock.now()
    db.session.flush()
    audit.record("registration.badge_reissued", registration)
    return issue_badge(registration) if registration.is_confirmed else None
