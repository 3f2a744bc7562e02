"""One-time links: issued for one person, used once, for a while."""

from datetime import timedelta

from sqlalchemy import update

from matchmaking.accounts.models import LinkPurpose, OneTimeLink, User
from matchmaking.core import clock
from matchmaking.core.database import db
from matchmaking.core.errors import DomainError
from matchmaking.core.i18n import _l

LIFETIME = {
    LinkPurpose.SIGN_IN: timedelta(minutes=30),
    LinkPurpose.RESET_PASSWORD: timedelta(minutes=30),
    LinkPurpose.INVITATION: timedelta(days=7),
}


class LinkSpent(DomainError):
    code = "link_spent"
    message = _l("This link has been used or is too old. Ask for a new one; it comes at once.")
    status = 410


def issue_link(user: User, purpose: LinkPurpose, *, next_path: str = "") -> OneTimeLink:
    """A link for this person; `accounts.links.link_address` tells its address."""
    link = OneTimeLink(
        user=user,
        purpose=purpose,
        next_path=next_path,
        expires_at=clock.now() + LIFETIME[purpose],
    )
    db.session.add(link)
    db.session.flush()
    return link


def use_link(link: OneTimeLink) -> User:
    """The person it belongs to. Of two who use it at once, one succeeds. Raises LinkSpent."""
    now = clock.now()
    claim = (
        update(OneTimeLink)
        .where(
            OneTimeLink.id == link.id, OneTimeLink.used_at.is_(None), OneTimeLink.expires_at > now
        )
        .values(used_at=now)
        .execution_options(synchronize_session=False)
    )
    claimed = db.session.execute(claim).rowcount == 1  # type: ignore[attr-defined]
    if not claimed or not link.user.is_active:
        raise LinkSpent
    return link.user


def is_spent(link: OneTimeLink) -> bool:
    return link.used_at is not None or link.expires_at <= clock.now() or not link.user.is_active
