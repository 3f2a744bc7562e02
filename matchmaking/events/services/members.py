"""Who works on an event, and as what."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from matchmaking.accounts.models import User
from matchmaking.accounts.services import invite
from matchmaking.core import audit
from matchmaking.core.database import db
from matchmaking.core.errors import DomainError
from matchmaking.core.i18n import _l
from matchmaking.events.models import Event, EventMember, MemberRole


class LastOwner(DomainError):
    code = "last_owner"
    message = _l("Every event needs an owner. Make somebody else one first.")


class AlreadyMember(DomainError):
    code = "already_member"
    message = _l("%(name)s works on this event already. Change the role in the list.")


def members_of(event: Event) -> Sequence[EventMember]:
    """Everybody who works on the event, by given name."""
    query = (
        select(EventMember)
        .join(EventMember.user)
        .where(EventMember.event_id == event.id)
        .order_by(User.sort_name, User.id)
        .options(joinedload(EventMember.user))
    )
    return db.session.scalars(query).all()


def invite_member(
    event: Event, email: str, full_name: str, *, role: MemberRole, language: str
) -> EventMember:
    """Let a person work on the event, and mail them a link. Raises AlreadyMember, AccountClosed."""
    user = invite(
        email,
        full_name,
        language=language,
        letter="events.member_invitation",
        next_path=_first_page(event, role),
        event_id=event.id,
        event=event.name.as_json(),
        role=role.value,
    )
    if _membership(event, user):
        raise AlreadyMember(user, name=user.full_name)
    member = EventMember(event=event, user=user, role=role)
    db.session.add(member)
    db.session.flush()
    audit.record("member.invited", member, name=user.full_name, role=role.value)
    return member


def change_role(member: EventMember, role: MemberRole) -> None:
    """Raises LastOwner."""
    if role is member.role:
        return
    _refuse_last_owner(member)
    member.role = role
    audit.record("member.role_changed", member, name=member.user.full_name, role=role.value)


def remove_member(member: EventMember) -> None:
    """The person keeps the account and loses the event. Raises LastOwner."""
    _refuse_last_owner(member)
    audit.record("member.removed", member, name=member.user.full_name, role=member.role.value)
    db.session.delete(member)
    db.session.flush()


def _membership(event: Event, user: User) -> EventMember | None:
    query = select(EventMember).where(
        EventMember.event_id == event.id, EventMember.user_id == user.id
    )
    return db.session.scalar(query)


def _refuse_last_owner(member: EventMember) -> None:
    """The owners are locked, so that the last two cannot remove each other at once."""
    owners = (
        select(EventMember)
        .where(EventMember.event_id == member.event_id, EventMember.role == MemberRole.OWNER)
        .order_by(EventMember.id)
        .with_for_update()
    )
    if list(db.session.scalars(owners)) == [member]:
        raise LastOwner(member)


def _first_page(event: Event, role: MemberRole) -> str:
    if role is MemberRole.GATE:
        return f"/events/{event.slug}/check-in"
    return f"/organize/{event.slug}"
