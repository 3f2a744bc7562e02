"""Asking the scheduler to work."""

from collections.abc import Sequence
from datetime import time
from typing import Any

from wtforms import BooleanField, IntegerField, RadioField, SelectField, TimeField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import AnyOf, InputRequired, NumberRange, Optional

from matchmaking.core.i18n import _, _l
from matchmaking.meetings.services.schedule.supposing import Supposition
from matchmaking.web.forms import BaseForm

SECONDS = {"10": _l("10 seconds"), "30": _l("30 seconds"), "120": _l("2 minutes")}


class RunForm(BaseForm):
    """How long the scheduler may look, and whether what is published may be moved freely."""

    seconds = RadioField(
        _l("How long may it look?"),
        [
            InputRequired(_l("Choose one of the times.")),
            AnyOf(list(SECONDS), message=_l("Choose one of the times.")),
        ],
        choices=[SelectChoice(code, words) for code, words in SECONDS.items()],
        default="30",
    )
    keeps = BooleanField(_l("Leave meetings where they are, unless a move wins points"))


class NightlyForm(BaseForm):
    """Every night at this time, in the event's zone."""

    at = TimeField(_l("Every night at"), [InputRequired(_l("Choose a time."))], default=time(2))


AS_NOW = "0"
LENGTHS = ("10", "15", "20", "25", "30")


class WhatIfForm(BaseForm):
    """What is supposed; at least one thing of these."""

    tables = IntegerField(
        _l("More tables"),
        [Optional(), NumberRange(0, 99, message=_l("From %(min)d to %(max)d."))],
        default=0,
    )
    interpreters = IntegerField(
        _l("More interpreters"),
        [Optional(), NumberRange(0, 20, message=_l("From %(min)d to %(max)d."))],
        default=0,
    )
    language = SelectField(_l("of this language"))
    no_breaks = BooleanField(_l("No breaks between the blocks of a day (no lunch)"))
    minutes = SelectField(_l("Length of a meeting"), default=AS_NOW)

    def offer(self, languages: Sequence[tuple[str, str]], minutes: int) -> None:
        self.language.choices = [SelectChoice(code, name) for code, name in languages]
        as_now = _("as now: %(minutes)s minutes", minutes=minutes)
        self.minutes.choices = [SelectChoice(AS_NOW, as_now)] + [
            SelectChoice(one, _("%(minutes)s minutes", minutes=one))
            for one in LENGTHS
            if int(one) != minutes
        ]

    def validate(self, extra_validators: Any = None) -> bool:
        self.language.validate_choice = bool(self.interpreters.data)
        if super().validate(extra_validators) and self.supposition.is_nothing:
            self.form_errors.append(_("Suppose at least one thing."))
        return not self.errors

    @property
    def supposition(self) -> Supposition:
        more = self.interpreters.data or 0
        return Supposition(
            tables=self.tables.data or 0,
            interpreters={self.language.data: more} if more else {},
            no_breaks=self.no_breaks.data,
            minutes=int(self.minutes.data) or None,
        )
