"""Whose document it is: the delegate's own, or for those who work on the event."""

from flask import abort
from sqlalchemy import select

from matchmaking.accounts.access import signed_in_user
from matchmaking.core.database import db
from matchmaking.events.access import may
from matchmaking.events.models import MemberRole
from matchmaking.registration.access import own_registration
from matchmaking.registration.models import Registration


def registration_to_print(code: str) -> Registration:
    """A registration whose papers this visitor may have."""
    user = signed_in_user()
    registration = db.session.scalar(select(Registration).where(Registration.code == code))
    if registration is None:
        abort(404)
    if may(user, registration.event, MemberRole.VIEWER):
        return registration
    return own_registration(code)
