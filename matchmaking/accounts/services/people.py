"""Who has an account, and who administers this installation."""

import uuid
from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from matchmaking.accounts.models import LinkPurpose, OneTimeLink, User
from matchmaking.accounts.queries import user_with_email
from matchmaking.accounts.services.links import issue_link
from matchmaking.accounts.services.second_step import turn_off
from matchmaking.accounts.services.sessions import close_sessions
from matchmaking.core import audit
from matchmaking.core.database import db
from matchmaking.core.errors import DomainError
from matchmaking.core.i18n import DEFAULT_LANGUAGE, _l
from matchmaking.core.outbox import queue_mail
from matchmaking.core.text import clean


class LastAdministrator(DomainError):
    code = "last_administrator"
    message = _l("This is the only administrator. Make somebody else one first.")


class AccountClosed(DomainError):
    code = "account_closed"
    message = _l("The account of %(name)s is closed. An administrator can open it again.")


def invite(
    email: str,
    full_name: str,
    *,
    language: str = DEFAULT_LANGUAGE,
    letter: str = "accounts.invitation",
    next_path: str = "",
    event_id: uuid.UUID | None = None,
    **about: Any,
) -> User:
    """The person's account, made if need be, and a mailed link that works once, for 7 days.

    A feature with a letter of its own names it, and gives what the letter tells in
    `about`; `accounts.links.mailed_address` turns the mail into the link. The link leads
    to `next_path`. Raises AccountClosed.
    """
    user = user_with_email(email) or _new_user(email, full_name, language)
    if not user.is_active:
        raise AccountClosed(user, name=user.full_name)
    link = issue_link(user, LinkPurpose.INVITATION, next_path=next_path)
    inviter = audit.current_actor().name
    queue_mail(
        letter,
        user.email,
        language=user.language,
        event_id=event_id,
        **{"link": str(link.id), "inviter": inviter, **about},
    )
    audit.record("user.invited", user, name=user.full_name)
    return user


def create_administrator(email: str, full_name: str) -> OneTimeLink:
    """An administrator, and the link by which they come in the first time."""
    user = user_with_email(email) or _new_user(email, full_name, DEFAULT_LANGUAGE)
    user.is_active = True
    make_administrator(user)
    return issue_link(user, LinkPurpose.INVITATION)


def reset_account(user: User) -> OneTimeLink:
    """For somebody locked out: no password, second step or session, and a link to start again."""
    user.password_hash = None
    turn_off(user)
    close_sessions(user)
    audit.record("user.reset", user, name=user.full_name)
    return issue_link(user, LinkPurpose.INVITATION)


def make_administrator(user: User) -> None:
    user.is_administrator = True
    audit.record("user.administrator_made", user, name=user.full_name)


def unmake_administrator(user: User) -> None:
    """Raises LastAdministrator."""
    _refuse_last_administrator(user)
    user.is_administrator = False
    audit.record("user.administrator_unmade", user, name=user.full_name)


def close_account(user: User) -> None:
    """The person can no longer sign in; what they did stays. Raises LastAdministrator."""
    _refuse_last_administrator(user)
    user.is_active = False
    user.is_administrator = False
    close_sessions(user)
    audit.record("user.closed", user, name=user.full_name)


def reopen_account(user: User) -> None:
    user.is_active = True
    audit.record("user.reopened", user, name=user.full_name)


def change_own_details(user: User, *, full_name: str, language: str) -> None:
    user.full_name = clean(full_name)
    user.language = language
    audit.record("user.changed", user, name=user.full_name)


def _new_user(email: str, full_name: str, language: str) -> User:
    """Of two who make one account at the same moment, the second is given the first's."""
    user = User(email=email.strip().lower(), full_name=clean(full_name), language=language)
    try:
        with db.session.begin_nested():
            db.session.add(user)
    except IntegrityError:
        return db.session.scalars(select(User).where(User.email == user.email)).one()
    return user


def _refuse_last_administrator(user: User) -> None:
    """The administrators are locked, so that the last two cannot unmake each other at once."""
    if user.is_administrator and list(_locked_administrators()) == [user]:
        raise LastAdministrator(user)


def _locked_administrators() -> Sequence[User]:
    query = select(User).where(User.is_administrator, User.is_active).order_by(User.id)
    return db.session.scalars(query.with_for_update()).all()
