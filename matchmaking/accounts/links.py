"""The addresses of one-time links.

A token is the link's id and a code derived from it with the installation's key. So no
row, backup or queued mail holds anything by which somebody could sign in.
"""

import hashlib
import hmac
import uuid
from base64 import urlsafe_b64decode, urlsafe_b64encode

from flask import url_for

from matchmaking.core.outbox import OutgoingMail
from matchmaking.web.settings import absolute, settings


def link_token(link_id: uuid.UUID) -> str:
    return _token(link_id, settings().secret_keys[0])


def link_id_of(token: str) -> uuid.UUID | None:
    """The link a token was made for; None for anything else."""
    try:
        content = urlsafe_b64decode(token + "=" * (-len(token) % 4))
        link_id = uuid.UUID(bytes=content[:16])
    except ValueError:
        return None
    made = [_token(link_id, key) for key in settings().secret_keys]
    return link_id if any(hmac.compare_digest(one, token) for one in made) else None


def link_address(link_id: uuid.UUID) -> str:
    """The full address under which the link opens."""
    path = url_for("accounts.open_link", token=link_token(link_id), _external=False)
    return absolute(path)


def mailed_address(mail: OutgoingMail) -> str:
    """The address of the one-time link a queued mail is about."""
    return link_address(uuid.UUID(mail.about["link"]))


def _token(link_id: uuid.UUID, key: bytes) -> str:
    proof = hmac.new(key, b"one-time-link:" + link_id.bytes, hashlib.sha256).digest()[:18]
    return urlsafe_b64encode(link_id.bytes + proof).decode().rstrip("=")
