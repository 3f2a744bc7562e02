"""The two languages. Source texts are English; Vietnamese is the default of every page."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

LANGUAGES = ("vi", "en")
DEFAULT_LANGUAGE = "vi"

__all__ = ["DEFAULT_LANGUAGE", "LANGUAGES", "_", "_l", "ngettext"]
