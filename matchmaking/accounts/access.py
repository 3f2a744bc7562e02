"""Who is asking. Everything that needs to know goes through here, not through Flask-Login."""

import time
import uuid

import flask_login
from flask import Response, abort, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import UserMixin
from sqlalchemy import select

from matchmaking.accounts.links import link_id_of
from matchmaking.accounts.models import OneTimeLink, User
from matchmaking.core import audit
from matchmaking.core.database import db
from matchmaking.web.extensions import login

CAME_BY_LINK = "came_by_link_at"
TRUSTED_SECONDS = 30 * 60


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


@login.unauthorized_handler  # type: ignore[untyped-decorator]
def _sent_to_sign_in() -> ResponseReturnValue:
    """Back here afterwards; a page that was being sent cannot be, so back to the start."""
    here = request.full_path.rstrip("?") if request.method in ("GET", "HEAD") else None
    return redirect(url_for("accounts.sign_in", next=here), 303)


def start_session(user: User, *, remember: bool = False, by_link: bool = False) -> None:
    """Sign this user in on this device, in a session that holds nothing from before."""
    session.clear()
    flask_login.login_user(Visitor(user))
    session.permanent = remember
    if by_link:
        session[CAME_BY_LINK] = int(time.time())


def renew_session(user: User) -> None:
    """Keep this device signed in after every session of the user was ended."""
    start_session(user, remember=session.permanent)


def end_session() -> None:
    """Sign out on this device."""
    flask_login.logout_user()
    session.clear()


def came_by_link_just_now() -> bool:
    """The mailbox was just shown to be theirs, which is as good as the old password."""
    came_at: float = session.get(CAME_BY_LINK, 0)
    return time.time() - came_at < TRUSTED_SECONDS


def one_time_link(token: str) -> OneTimeLink:
    """The link this token opens; 404 for a token that was not made here."""
    link_id = link_id_of(token)
    link = db.session.get(OneTimeLink, link_id) if link_id else None
    if link is None:
        abort(404)
    return link


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


def account(user_id: uuid.UUID) -> User:
    """Any account, for an administrator."""
    require_administrator()
    return db.get_or_404(User, user_id)


def name_actor() -> None:
    """Tell the audit log who acts in this request."""
    user = None if request.endpoint == "asset" else signed_in_user()
    audit.set_actor(audit.Actor("user", user.id, user.full_name) if user else audit.SYSTEM)


def keep_private(response: Response) -> Response:
    """What a signed-in person sees is kept in no cache, on no shared computer."""
    if request.endpoint != "asset" and "Cache-Control" not in response.headers and _is_personal():
        response.headers["Cache-Control"] = "no-store"
    return response


def _is_personal() -> bool:
    return "_user_id" in session or request.blueprint in ("accounts", "account", "users")
