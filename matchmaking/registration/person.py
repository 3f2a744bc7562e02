"""What may stand in a person's name, e-mail address and telephone number."""

import unicodedata
from typing import ClassVar

import phonenumbers
from email_validator import EmailNotValidError, validate_email

from matchmaking.core.errors import DomainError
from matchmaking.core.i18n import _l
from matchmaking.core.text import clean

HOME = "VN"
LONGEST_NAME = 120


class BadDetail(DomainError):
    """Something about a person cannot be right. `field` says what."""


class BadName(BadDetail):
    code: ClassVar[str] = "invalid_name"
    field: ClassVar[str] = "full_name"


class NameWithoutLetters(BadName):
    message = _l("Write the name with at least two letters, as it should stand on the badge.")


class NameWithPictures(BadName):
    message = _l("Leave pictures and symbols out of the name; the badge has letters only.")


class NameTooLong(BadName):
    message = _l("Shorten the name to 120 letters or fewer; more does not fit on a badge.")


class BadEmail(BadDetail):
    code: ClassVar[str] = "invalid_email"
    field: ClassVar[str] = "email"
    message = _l("This is not an e-mail address. It should look like anh@example.com.")


class BadPhone(BadDetail):
    code: ClassVar[str] = "invalid_phone"
    field: ClassVar[str] = "phone"
    message = _l(
        "This is not a telephone number. Write 0912 345 678, or start with + and the country code."
    )


def full_name(text: str) -> str:
    """The name as it will stand on the badge: composed, never split. Raises BadName."""
    name = clean(text)
    if len(name) > LONGEST_NAME:
        raise NameTooLong
    if any(_is_picture(character) for character in name):
        raise NameWithPictures if _letters(name) else NameWithoutLetters
    if _letters(name) < 2:
        raise NameWithoutLetters
    return name


def without_pictures(text: str) -> str:
    """What is left when nobody can be asked to write the name anew."""
    return "".join(character for character in text if not _is_picture(character))


def email_address(text: str) -> str:
    """The address in lower case, its domain in Unicode. Raises BadEmail."""
    try:
        found = validate_email(clean(text), check_deliverability=False)
    except EmailNotValidError:
        raise BadEmail from None
    return found.normalized.lower()


def phone_number(text: str, country: str = HOME) -> str:
    """The number as E.164; "" for none. Without a + it is read as one of `country`. Raises BadPhone."""
    written = clean(text)
    if not written:
        return ""
    for region in (HOME, country):
        try:
            number = phonenumbers.parse(written, region)
        except phonenumbers.NumberParseException:
            continue
        if phonenumbers.is_valid_number(number):
            return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    raise BadPhone


def shown_phone(number: str) -> str:
    """A stored number as people write it: 0912 345 678 at home, +82 2 312 3456 abroad."""
    if not number:
        return ""
    parsed = phonenumbers.parse(number)
    is_home = phonenumbers.region_code_for_number(parsed) == HOME
    form = phonenumbers.PhoneNumberFormat
    return phonenumbers.format_number(parsed, form.NATIONAL if is_home else form.INTERNATIONAL)


def _letters(name: str) -> int:
    return sum(unicodedata.category(character).startswith("L") for character in name)


def _is_picture(character: str) -> bool:
    return unicodedata.category(character) in ("So", "Sk") or character in "\ufe0f\u200d\u20e3"
