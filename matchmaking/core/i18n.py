"""The two languages. Source texts are English; Vietnamese is the default of every page."""

from collections.abc import Callable
from typing import Any, cast

from babel import localedata
from babel.core import get_global
from flask_babel import get_locale, gettext, lazy_gettext
from flask_babel import ngettext as _ngettext

_: Callable[..., str] = gettext
_l: Callable[..., Any] = lazy_gettext
ngettext: Callable[..., str] = _ngettext

LANGUAGES = ("vi", "en")
DEFAULT_LANGUAGE = "vi"
UNITS = (
    "compact_currency_formats",
    "compound_unit_patterns",
    "currency_names",
    "currency_names_plural",
    "unit_display_names",
    "unit_patterns",
)

__all__ = [
    "DEFAULT_LANGUAGE",
    "LANGUAGES",
    "_",
    "_l",
    "current_language",
    "forget_other_lands",
    "ngettext",
]


def current_language() -> str:
    """The language of the page or letter being written."""
    locale = get_locale()
    return str(locale.language) if locale else DEFAULT_LANGUAGE


def forget_other_lands() -> None:
    """Babel knows what every land speaks and pays with, and how units are written: 2 MB, never asked."""
    for lands in (
        get_global("likely_subtags"),
        get_global("territory_currencies"),
        get_global("territory_languages"),
    ):
        cast("dict[str, Any]", lands).clear()
    for name in ("root", *LANGUAGES):
        words = localedata.load(name)
        for what in UNITS:
            words.pop(what, None)
