"""The mails that let people sign in."""

import uuid
from typing import Any

from matchmaking.accounts.links import mailed_address
from matchmaking.accounts.models import OneTimeLink
from matchmaking.core import clock
from matchmaking.core.database import db
from matchmaking.core.outbox import Letter, OutgoingMail, letter


@letter("accounts.sign_in")
def sign_in(mail: OutgoingMail) -> Letter | None:
    return link_letter("accounts/sign_in", mail)


@letter("accounts.reset_password")
def reset_password(mail: OutgoingMail) -> Letter | None:
    return link_letter("accounts/reset_password", mail)


@letter("accounts.invitation")
def invitation(mail: OutgoingMail) -> Letter | None:
    return link_letter("accounts/invitation", mail)


def link_letter(template: str, mail: OutgoingMail, **words: Any) -> Letter | None:
    """A letter about a one-time link; none once the link is used or too old.

    Its template is given `user`, `link` (the address), what the mail is about, and `words`.
    """
    link = db.session.get(OneTimeLink, uuid.UUID(mail.about["link"]))
    if link is None or link.used_at or link.expires_at <= clock.now():
        return None
    context = {**mail.about, "user": link.user, "link": mailed_address(mail), **words}
    return Letter(template, context)
