"""What WTForms says about wrong input, in our own words and both languages.

WTForms asks for a translation of its English sentence; it gets one that says what to do.
"""

from typing import Any

from matchmaking.core.i18n import _l

_FILL_IN = _l("Please fill this in.")
_CHOOSE = _l("Please choose from the list.")
_NUMBER = _l("Write a number.")
_TOO_LONG = _l("Shorten this to %(max)d letters or fewer.")
_STALE = _l("This page was open for too long. Go back, reload it and send it again.")

SENTENCES: dict[str, Any] = {
    "This field is required.": _FILL_IN,
    "Invalid input.": _l("This cannot be read. Please write it again."),
    "Invalid email address.": _l("Write the address like name@example.com."),
    "Invalid URL.": _l("Write the whole address, beginning with https://"),
    "Field must be equal to %(other_name)s.": _l("This must be the same as %(other_name)s."),
    "Field must be at least %(min)d character long.": _l("Write at least %(min)d letters."),
    "Field cannot be longer than %(max)d character.": _TOO_LONG,
    "Field must be exactly %(max)d character long.": _l("Write exactly %(max)d letters."),
    "Field must be between %(min)d and %(max)d characters long.": _l(
        "Write between %(min)d and %(max)d letters."
    ),
    "Number must be at least %(min)s.": _l("Write %(min)s or more."),
    "Number must be at most %(max)s.": _l("Write %(max)s or less."),
    "Number must be between %(min)s and %(max)s.": _l("Write a number from %(min)s to %(max)s."),
    "Not a valid choice.": _CHOOSE,
    "Invalid Choice: could not coerce.": _CHOOSE,
    "Invalid choice(s): one or more data inputs could not be coerced.": _CHOOSE,
    "'%(value)s' is not a valid choice for this field.": _CHOOSE,
    "Not a valid datetime value.": _l("Write a day and a time that exist."),
    "Not a valid date value.": _l("Write a day that exists, like 24/03/2026."),
    "Not a valid time value.": _l("Write a time like 08:30."),
    "Not a valid integer value.": _l("Write a whole number."),
    "Not a valid decimal value.": _NUMBER,
    "Not a valid float value.": _NUMBER,
    "File does not have an approved extension: {extensions}": _l(
        "Choose a file of one of these kinds: {extensions}."
    ),
    "Invalid CSRF Token.": _STALE,
    "CSRF token missing.": _STALE,
    "CSRF failed.": _STALE,
    "CSRF token expired.": _STALE,
}


class Sentences:
    """The translations object WTForms asks."""

    def gettext(self, sentence: str) -> str:
        return str(SENTENCES.get(sentence, sentence))

    def ngettext(self, singular: str, plural: str, count: int) -> str:
        if singular in SENTENCES:
            return self.gettext(singular)
        return singular if count == 1 else plural
