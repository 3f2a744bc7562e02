"""What a browser is asked about passkeys, and kept in mind until it answers."""

from base64 import b64decode, b64encode

from flask import session

from matchmaking.accounts.services.passkeys import PasskeyRefused, Question, Site
from matchmaking.web.settings import settings

CHALLENGE = "passkey_challenge"


def site() -> Site:
    return Site(settings().base_url.rstrip("/"))


def asked(question: Question) -> str:
    """The question for the page; its challenge waits in the session for the answer."""
    session[CHALLENGE] = b64encode(question.challenge).decode()
    return question.options


def challenge() -> bytes:
    """What the answer must sign; good for one answer. Raises PasskeyRefused."""
    kept = session.pop(CHALLENGE, "")
    if not kept:
        raise PasskeyRefused
    return b64decode(kept)
