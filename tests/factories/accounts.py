from typing import Any

from matchmaking.accounts.models import User
from matchmaking.events.models import Event, EventMember, MemberRole
from tests.factories.base import add, numbers


def make_user(**values: Any) -> User:
    values.setdefault("full_name", "Trần Minh Đức")
    values.setdefault("email", f"user{next(numbers)}@example.com")
    values.setdefault("language", "en")
    return add(User(**values))


def make_administrator(**values: Any) -> User:
    return make_user(is_administrator=True, **values)


def make_member(event: Event, role: MemberRole = MemberRole.EDITOR, **values: Any) -> User:
    """A user who works on the event in this role."""
    user = make_user(**values)
    add(EventMember(event_id=event.id, user_id=user.id, role=role))
    return user
