"""How long a session lasts: so long without use, and so long at the most.

The use is noted in the signed cookie, as a page that is only read writes nothing to the database.
A form that was open when the session ended can still be sent by who signs in again.
"""

import time
import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta

from flask import request, session

from matchmaking.accounts.models import User, UserSession
from matchmaking.core import clock
from matchmaking.core.database import db
from matchmaking.web.settings import settings

USED = "used_at"
HALF_WAY = "half_way_in"
NOTED_EVERY_SECONDS = 30
NEVER_KEPT = ("password", "current")


def is_idle() -> bool:
    used_at: float = session.get(USED, 0)
    return time.time() - used_at > settings().session_idle_minutes * 60


def earliest_start() -> datetime:
    """Sessions that began before this are over."""
    return clock.now() - timedelta(hours=settings().session_hours)


def note_use() -> None:
    """What a page asks by itself, to stay up to date, is no use of it."""
    is_own_doing = request.headers.get("X-Requested-With") == "refresh"
    if not is_own_doing and time.time() - session.get(USED, 0) > NOTED_EVERY_SECONDS:
        session[USED] = int(time.time())


def has_ended() -> bool:
    """Whether somebody was signed in in this browser, who is not any more."""
    return "_user_id" in session


def sent_fields() -> Sequence[tuple[str, str]]:
    """What was sent and not taken, to be sent again; no passwords."""
    fields = request.form.items(multi=True)
    return [(name, value) for name, value in fields if name not in NEVER_KEPT]


def begin_anew(user: User) -> None:
    """Nothing from before stays, but for the same person what their open forms are signed with."""
    token = session.get("csrf_token") if _was_here(user) else None
    session.clear()
    if token:
        session["csrf_token"] = token


def _was_here(user: User) -> bool:
    """Whether this browser was last used by this person, and the session was not taken away."""
    if session.get(HALF_WAY, [""])[0] == str(user.id):
        return True
    former = session.get("_user_id")
    before = db.session.get(UserSession, uuid.UUID(former)) if former else None
    return before is not None and before.user_id == user.id
