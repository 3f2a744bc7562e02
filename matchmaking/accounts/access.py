"""Who is asking. Everything that needs to know goes through here, not through Flask-Login."""

import time
import uuid

import flask_login
from flask import (
    Response,
    abort,
    flash,
    make_response,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_login import UserMixin
from sqlalchemy import select
from sqlalchemy.orm import contains_eager

from matchmaking.accounts import lasting, services
from matchmaking.accounts.browsers import browser_in_words
from matchmaking.accounts.links import link_id_of
from matchmaking.accounts.models import OneTimeLink, Passkey, User, UserSession
from matchmaking.core import audit
from matchmaking.core.database import db, transaction
from matchmaking.core.i18n import _
from matchmaking.web.extensions import login
from matchmaking.web.problems import is_for_programs
from matchmaking.web.settings import settings

PERSONAL = ("accounts", "account", "confirming", "second_step", "users")
CAME_BY_LINK = "came_by_link_at"
TRUSTED_SECONDS = 30 * 60
HALF_WAY_SECONDS = 10 * 60
PROVED = "proved_at"
PROOF_SECONDS = 15 * 60


class Visitor(UserMixin):  # type: ignore[misc]
    """What Flask-Login holds: a session, and whose it is."""

    def __init__(self, session: UserSession) -> None:
        self.session_id = session.id
        self.user = session.user
        self.language = session.user.language

    def get_id(self) -> str:
        return str(self.session_id)

    @property
    def is_active(self) -> bool:
        return self.user.is_active


@login.user_loader  # type: ignore[untyped-decorator]
def _visitor(identity: str) -> Visitor | None:
    """Nobody, when the session was ended or has run out, or the account is closed."""
    if lasting.is_idle():
        return None
    query = (
        select(UserSession)
        .join(UserSession.user)
        .where(
            UserSession.id == uuid.UUID(identity),
            UserSession.started_at > lasting.earliest_start(),
            User.is_active,
        )
        .options(contains_eager(UserSession.user))
    )
    session = db.session.scalar(query)
    return Visitor(session) if session else None


@login.unauthorized_handler  # type: ignore[untyped-decorator]
def _sent_to_sign_in() -> ResponseReturnValue:
    """Back here afterwards. A form of somebody whose session has ended is kept on the page."""
    reads = request.method in ("GET", "HEAD")
    if not lasting.has_ended():
        here = request.full_path.rstrip("?") if reads else None
        return redirect(url_for("accounts.sign_in", next=here), 303)
    if reads:
        flash(_("Your session has ended. Sign in again to go on."), "info")
        return redirect(url_for("accounts.sign_in", next=request.full_path.rstrip("?")), 303)
    page = render_template("accounts/session_ended.html", kept=lasting.sent_fields())
    return make_response(page, 401)


def start_session(user: User, *, remember: bool = False, by_link: bool = False) -> None:
    """Sign this user in on this device, in a session that holds nothing from before."""
    lasting.begin_anew(user)
    browser = browser_in_words(request.user_agent.string)
    with transaction():
        opened = services.open_session(user, browser=browser)
    flask_login.login_user(Visitor(opened))
    session.permanent = remember
    note_proof()
    if by_link:
        session[CAME_BY_LINK] = int(time.time())


def admit(user: User, *, remember: bool = False, by_link: bool = False) -> bool:
    """Start a session, or keep in mind who is half way in; says whether the session started."""
    if not user.has_second_step:
        start_session(user, remember=remember, by_link=by_link)
        return True
    lasting.begin_anew(user)
    session[lasting.HALF_WAY] = [str(user.id), int(time.time()), remember, by_link]
    return False


def half_way_in() -> User | None:
    """Who has shown a password or a mailed link in this browser, and has a second step to go."""
    user_id, since, *_ = session.get(lasting.HALF_WAY) or ("", 0)
    if time.time() - since > HALF_WAY_SECONDS:
        return None
    user = db.session.get(User, uuid.UUID(user_id))
    return user if user and user.is_active else None


def admit_half_way(user: User) -> None:
    """The second step is done."""
    _id, _since, remember, by_link = session[lasting.HALF_WAY]
    start_session(user, remember=remember, by_link=by_link)


def require_second_step(user: User) -> None:
    """Where this installation asks organizers for a second step, they set one up first."""
    if settings().second_step_required and not user.has_second_step:
        flash(_("Your office asks for a second step of signing in. Set it up once here."), "info")
        abort(redirect(url_for("second_step.show")))


def note_proof() -> None:
    """A password, code, passkey or mailed link has just shown who is at this browser."""
    session[PROVED] = int(time.time())


def has_just_proved() -> bool:
    proved_at: float = session.get(PROVED, 0)
    return time.time() - proved_at < PROOF_SECONDS


def require_proof(back: str) -> None:
    """What decides who may come in is changed only by who has just shown who they are."""
    if not has_just_proved():
        abort(redirect(url_for("confirming.show", next=back), 303))


def renew_session(user: User) -> None:
    """Keep this device signed in after every session of the user was ended."""
    start_session(user, remember=session.permanent)


def end_session() -> None:
    """Sign out on this device."""
    visitor = flask_login.current_user
    if visitor.is_authenticated:
        with transaction():
            services.close_session(visitor.user, visitor.session_id)
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


def session_here() -> uuid.UUID:
    """The session of the browser that asks; somebody is signed in there."""
    here: uuid.UUID = flask_login.current_user.session_id
    return here


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
    require_second_step(user)
    return user


def account(user_id: uuid.UUID) -> User:
    """Any account, for an administrator."""
    require_administrator()
    return db.get_or_404(User, user_id)


def own_passkey(passkey_id: uuid.UUID) -> Passkey:
    """One of the visitor's own, or 404."""
    passkey = db.session.get(Passkey, passkey_id)
    if passkey is None or passkey.user_id != require_user().id:
        abort(404)
    return passkey


def name_actor() -> None:
    """Tell the audit log who acts in this request."""
    is_nobody = request.endpoint == "asset" or is_for_programs()
    user = None if is_nobody else signed_in_user()
    audit.set_actor(audit.Actor("user", user.id, user.full_name) if user else audit.SYSTEM)


def keep_private(response: Response) -> Response:
    """The pages of accounts are kept in no cache, and seeing a page is a use of the session."""
    if request.endpoint == "asset" or is_for_programs():
        return response
    if "Cache-Control" not in response.headers and request.blueprint in PERSONAL:
        response.headers["Cache-Control"] = "no-store"
    if not response.cache_control.public and signed_in_user():
        lasting.note_use()
    return response
