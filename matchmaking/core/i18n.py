"""The two languages. Source texts are English; Vietnamese is the default of every page."""

from collections.abc import Callable
from typing import Any

from flask_babel import get_locale, gettext, lazy_gettext
from flask_babel import ngettext as _ngettext

_: Callable[..., str] = gettext
_l: Callable[..., Any] = lazy_gettext
ngettext: Callable[..., str] = _ngettext

LANGUAGES = ("vi", "en")
DEFAULT_LANGUAGE = "vi"

__all__ = ["DEFAULT_LANGUAGE", "LANGUAGES", "_", "_l", "current_language", "ngettext"]


def current_language() -> str:
    """The language of the page or letter being written."""
    locale = get_locale()
    return str(locale.language) if locale else DEFAULT_LANGUAGE
