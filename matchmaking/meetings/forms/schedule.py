"""Asking the scheduler to work."""

from wtforms import RadioField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import AnyOf, InputRequired

from matchmaking.core.i18n import _l
from matchmaking.web.forms import BaseForm

SECONDS = {"10": _l("10 seconds"), "30": _l("30 seconds"), "120": _l("2 minutes")}


class RunForm(BaseForm):
    """How long the scheduler may look for a better schedule."""

    seconds = RadioField(
        _l("How long may it look?"),
        [
            InputRequired(_l("Choose one of the times.")),
            AnyOf(list(SECONDS), message=_l("Choose one of the times.")),
        ],
        choices=[SelectChoice(code, words) for code, words in SECONDS.items()],
        default="30",
    )
