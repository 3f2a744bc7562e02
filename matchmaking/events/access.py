"""Fetching an event is being allowed to see it: strangers get 404."""

import uuid
from typing import TypeVar

from flask import abort, g
from sqlalchemy import bindparam, select

from matchmaking.accounts.access import require_second_step, require_user, signed_in_user
from matchmaking.accounts.models import User
from matchmaking.core.database import db
from matchmaking.events import queries
from matchmaking.events.models import (
    AgendaSession,
    Booth,
    Event,
    EventHost,
    EventMember,
    EventStatus,
    Hall,
    MemberRole,
    Track,
)

Part = TypeVar("Part", EventMember, AgendaSession, Booth, EventHost, Hall, Track)

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


def is_organizer() -> bool:
    """Whether the visitor works on any event."""
    user = signed_in_user()
    return user is not None and queries.works_on_events(user)


def require_organizer() -> User:
    """Someone who works on events; other accounts (a company's representative) see 404."""
    user = require_user()
    if not queries.works_on_events(user):
        abort(404)
    return user


def require_event_maker() -> User:
    """Someone who may make new events: an administrator, or who edits one already."""
    user = require_user()
    if not queries.works_on_events(user, queries.MAKERS):
        abort(404)
    return user


def public_event(slug: str) -> Event:
    """An event anyone may see; a draft only for those who work on it."""
    event = db.session.scalar(_WITH_SLUG, {"slug": slug})
    if event is None:
        abort(404)
    if event.status is EventStatus.DRAFT and not may(signed_in_user(), event, MemberRole.VIEWER):
        abort(404)
    return event


_WITH_SLUG = select(Event).where(Event.slug == bindparam("slug"))


def event_for(slug: str, least: MemberRole) -> Event:
    """The event, for a signed-in person who is at least `least` there.

    The page is then one of the event's desk: its navigation knows the person's role.
    """
    user = require_user()
    event = db.session.scalar(_WITH_SLUG, {"slug": slug})
    role = role_of(user, event) if event else None
    if event is None or role is None or RANK.index(role) < RANK.index(least):
        abort(404)
    if role is not MemberRole.GATE:
        require_second_step(user)
    g.desk = (event, role)
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


def part_of(event: Event, table: type[Part], part_id: uuid.UUID) -> Part:
    """A hall, a session, a host, ... of this very event, or 404."""
    part = db.session.get(table, part_id)
    if part is None or part.event_id != event.id:
        abort(404)
    return part
