"""Fetching an event is being allowed to see it: strangers get 404."""

from flask import abort
from sqlalchemy import select

from matchmaking.accounts.access import require_user, signed_in_user
from matchmaking.accounts.models import User
from matchmaking.core.database import db
from matchmaking.events.models import Event, EventMember, EventStatus, MemberRole

RANK = [MemberRole.GATE, MemberRole.VIEWER, MemberRole.EDITOR, MemberRole.OWNER]


def role_of(user: User | None, event: Event) -> MemberRole | None:
    """What the user is at this event; administrators are owners everywhere."""
    if user is None:
        return None
    if user.is_administrator:
        return MemberRole.OWNER
    query = select(EventMember.role).where(
        EventMember.event_id == event.id, EventMember.user_id == user.id
    )
    return db.session.scalar(query)


def may(user: User | None, event: Event, least: MemberRole) -> bool:
    role = role_of(user, event)
    return role is not None and RANK.index(role) >= RANK.index(least)


def public_event(slug: str) -> Event:
    """An event anyone may see; a draft only for those who work on it."""
    event = db.session.scalar(select(Event).where(Event.slug == slug))
    if event is None:
        abort(404)
    if event.status is EventStatus.DRAFT and not may(signed_in_user(), event, MemberRole.VIEWER):
        abort(404)
    return event


def event_for(slug: str, least: MemberRole) -> Event:
    """The event, for a signed-in person who is at least `least` there."""
    user = require_user()
    event = db.session.scalar(select(Event).where(Event.slug == slug))
    if event is None or not may(user, event, least):
        abort(404)
    return event


def event_for_viewer(slug: str) -> Event:
    return event_for(slug, MemberRole.VIEWER)


def event_for_editor(slug: str) -> Event:
    return event_for(slug, MemberRole.EDITOR)


def event_for_owner(slug: str) -> Event:
    return event_for(slug, MemberRole.OWNER)


def event_for_gate(slug: str) -> Event:
    """Gate staff and everyone above them."""
    return event_for(slug, MemberRole.GATE)
