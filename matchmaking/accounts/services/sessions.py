"""Sessions: one for every browser in which somebody is signed in."""

import uuid
from datetime import timedelta

from sqlalchemy import delete

from matchmaking.accounts.models import User, UserSession
from matchmaking.config import LONGEST_SESSION_HOURS
from matchmaking.core import audit, clock
from matchmaking.core.database import db


def open_session(user: User, *, browser: str = "") -> UserSession:
    """A session of its own for this browser; those long over are forgotten."""
    over = UserSession.started_at < clock.now() - timedelta(hours=LONGEST_SESSION_HOURS)
    db.session.execute(delete(UserSession).where(UserSession.user_id == user.id, over))
    session = UserSession(user=user, browser=browser)
    db.session.add(session)
    db.session.flush()
    return session


def close_session(user: User, session_id: uuid.UUID) -> None:
    """Sign the user out in one browser; nothing happens where it is signed out already."""
    session = db.session.get(UserSession, session_id)
    if session is not None and session.user_id == user.id:
        db.session.delete(session)
        audit.record("user.session_ended", user)


def close_sessions(user: User) -> None:
    db.session.execute(delete(UserSession).where(UserSession.user_id == user.id))


def sign_out_everywhere(user: User) -> None:
    """End every session this user has, on every device."""
    close_sessions(user)
    audit.record("user.signed_out_everywhere", user)
