"""The two languages. Source texts are English; Vietnamese is the default of every page."""

from flask_babel import get_locale, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

LANGUAGES = ("vi", "en")
DEFAULT_LANGUAGE = "vi"

__all__ = ["DEFAULT_LANGUAGE", "LANGUAGES", "_", "_l", "current_language", "ngettext"]


def current_language() -> str:
    """The language of the page or letter being written."""
    locale = get_locale()
    return str(locale.language) if locale else DEFAULT_LANGUAGE
