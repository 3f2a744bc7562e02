"""Who is asking. Everything that needs to know goes through here, not through Flask-Login."""

import uuid

import flask_login
from flask import abort, request
from flask_login import UserMixin
from sqlalchemy import select

from matchmaking.accounts.models import User
from matchmaking.core import audit
from matchmaking.core.database import db
from matchmaking.web.extensions import login


class Visitor(UserMixin):  # type: ignore[misc]
    """What Flask-Login holds: the account, and the key that ties its session to it."""

    def __init__(self, user: User) -> None:
        self.user = user
        self.language = user.language

    def get_id(self) -> str:
        return f"{self.user.id}:{self.user.session_key}"

    @property
    def is_active(self) -> bool:
        return self.user.is_active


@login.user_loader  # type: ignore[untyped-decorator]
def _visitor(identity: str) -> Visitor | None:
    """Nobody, when the session was ended everywhere or the account is closed."""
    user_id, _, session_key = identity.partition(":")
    query = select(User).where(
        User.id == uuid.UUID(user_id), User.session_key == session_key, User.is_active
    )
    user = db.session.scalar(query)
    return Visitor(user) if user else None


def start_session(user: User, *, remember: bool = False) -> None:
    """Sign this user in on this device."""
    flask_login.login_user(Visitor(user), remember=remember)


def end_session() -> None:
    """Sign out on this device."""
    flask_login.logout_user()


def signed_in_user() -> User | None:
    visitor = flask_login.current_user
    return visitor.user if visitor.is_authenticated else None


def require_user() -> User:
    """The signed-in user; anyone else is sent to sign in, and back here afterwards."""
    user = signed_in_user()
    if user is None:
        abort(login.unauthorized())
    return user


def require_administrator() -> User:
    user = require_user()
    if not user.is_administrator:
        abort(404)
    return user


def name_actor() -> None:
    """Tell the audit log who acts in this request."""
    user = None if request.endpoint == "asset" else signed_in_user()
    audit.set_actor(audit.Actor("user", user.id, user.full_name) if user else audit.SYSTEM)
