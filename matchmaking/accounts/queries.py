"""Reading accounts."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select

from matchmaking.accounts.models import User, UserSession
from matchmaking.core.database import db
from matchmaking.core.text import fold


def user_with_email(email: str) -> User | None:
    """The account of this address, closed or not; upper and lower case are one."""
    return db.session.scalar(select(User).where(User.email == email.strip().lower()))


def users(search: str = "") -> Select[Any]:
    """All accounts by given name; `search` looks into names and addresses without diacritics."""
    query = select(User).order_by(User.sort_name, User.id)
    for word in fold(search).split():
        query = query.where(User.search_text.contains(word, autoescape=True))
    return query


def sessions_of(user: User, *, since: datetime | None = None) -> Sequence[UserSession]:
    """Where the user signed in, `since` then, and has not signed out; the latest first."""
    query = select(UserSession).where(UserSession.user_id == user.id)
    if since:
        query = query.where(UserSession.started_at > since)
    return db.session.scalars(
        query.order_by(UserSession.started_at.desc(), UserSession.id.desc())
    ).all()


def has_administrator() -> bool:
    query = select(func.count()).where(User.is_administrator, User.is_active)
    return bool(db.session.scalar(query))
