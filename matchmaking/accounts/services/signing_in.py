"""Signing in by password or mailed link."""

from matchmaking.accounts.models import LinkPurpose, User
from matchmaking.accounts.queries import user_with_email
from matchmaking.accounts.services.links import issue_link
from matchmaking.accounts.services.passwords import password_is_right
from matchmaking.core import audit, clock
from matchmaking.core.errors import DomainError
from matchmaking.core.i18n import _l
from matchmaking.core.outbox import queue_mail


class SignInRefused(DomainError):
    code = "sign_in_refused"
    message = _l(
        "The address and the password do not belong together. "
        "Try again, or have a sign-in link mailed to you."
    )
    status = 422


def user_with_password(email: str, password: str) -> User:
    """Raises SignInRefused, without telling whether the address or the password is wrong."""
    user = user_with_email(email)
    if not password_is_right(user, password) or user is None or not user.is_active:
        raise SignInRefused
    return user


def mail_link(
    email: str, *, purpose: LinkPurpose = LinkPurpose.SIGN_IN, next_path: str = ""
) -> None:
    """Mail a one-time link, if there is an open account; the caller never learns whether."""
    user = user_with_email(email)
    if user is None or not user.is_active:
        return
    link = issue_link(user, purpose, next_path=next_path)
    queue_mail(f"accounts.{purpose}", user.email, language=user.language, link=str(link.id))


def note_sign_in(user: User, *, by: str) -> None:
    """Keep when and how (`password` or `link`) a person came in."""
    user.last_signed_in_at = clock.now()
    audit.record("user.signed_in", user, by=by)
