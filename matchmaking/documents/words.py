"""Both languages on one sheet of paper: the reader's first, the other beneath."""

from collections.abc import Callable
from datetime import date
from functools import cache
from typing import Any

from flask_babel import force_locale

from matchmaking.core.bilingual import Bilingual
from matchmaking.core.i18n import LANGUAGES, _, _l
from matchmaking.web.days import day_in_words


def both(sentence: Callable[[], str]) -> Bilingual:
    """What `sentence` says in each language."""
    said: dict[str, str] = {}
    for language in LANGUAGES:
        with force_locale(language):
            said[language] = sentence()
    return Bilingual(**said)


@cache
def label(name: str) -> Bilingual:
    """A heading of the documents, by its key in LABELS."""
    return both(lambda: str(LABELS[name]))


def day_label(day: date) -> Bilingual:
    return both(lambda: day_in_words(day))


def table_label(number: int) -> Bilingual:
    return both(lambda: str(_("Table %(number)s", number=number)))


def version_label(version: int, printed_at: str) -> Bilingual:
    """Which schedule a sheet shows; paper lies around longer than schedules live."""
    if not version:
        return both(lambda: str(_("Printed %(moment)s", moment=printed_at)))
    return both(
        lambda: str(
            _(
                "Schedule version %(version)d · printed %(moment)s",
                version=version,
                moment=printed_at,
            )
        )
    )


def other(language: str) -> str:
    return "vi" if language == "en" else "en"


def second(text: Bilingual | None, language: str) -> str:
    """The text in the other language, "" where it says the same."""
    if not text:
        return ""
    said = text.in_(other(language))
    return "" if said == text.in_(language) else said


LABELS: dict[str, Any] = {
    "agenda": _l("Personal agenda"),
    "company_agenda": _l("Company agenda"),
    "interpreter_agenda": _l("Interpreter's agenda"),
    "table_card": _l("Meetings at this table"),
    "programme": _l("Programme"),
    "sign_in_sheet": _l("Sign-in sheet"),
    "time": _l("Time"),
    "what": _l("What"),
    "table": _l("Table"),
    "place": _l("Place"),
    "interpreter": _l("Interpreter"),
    "meeting": _l("Meeting"),
    "booth": _l("Booth"),
    "nothing": _l("Nothing is planned here yet."),
    "number": _l("No."),
    "full_name": _l("Full name"),
    "organization": _l("Organization"),
    "signature": _l("Signature"),
}
