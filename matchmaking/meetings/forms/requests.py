"""The shape of asking, answering and choosing a time."""

from collections.abc import Sequence
from typing import Any

from wtforms import RadioField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, ValidationError

from matchmaking.companies.models import Company
from matchmaking.core.i18n import _l, current_language
from matchmaking.meetings.models import Slot
from matchmaking.meetings.services.errors import SlotTaken
from matchmaking.web.filters import clock_time, day_in, long_day
from matchmaking.web.forms import BaseForm, ParagraphField

RANKS = {
    5: _l("5 – we must meet"),
    4: _l("4 – very much"),
    3: _l("3 – gladly"),
    2: _l("2 – if there is time"),
    1: _l("1 – only if nothing else"),
}


def _rank(value: Any) -> int:
    text = str(value)
    return int(text) if text.isdecimal() and len(text) == 1 else 0


class RankForm(BaseForm):
    priority = SelectField(
        _l("How much do you want this meeting?"),
        choices=[SelectChoice(rank, label) for rank, label in RANKS.items()],
        coerce=_rank,
        default=3,
    )


class AskForm(RankForm):
    message = ParagraphField(_l("A word to them"), most=1000)


class AnswerForm(BaseForm):
    answer = ParagraphField(_l("A word with your answer"), most=500)


class TimeForm(BaseForm):
    """A choice among the times both sides have."""

    is_late = False

    slot = RadioField(_l("When?"), [InputRequired(_l("Choose a time."))], validate_choice=False)

    def validate_slot(self, field: RadioField) -> None:
        """A time that was on offer a moment ago and no longer is has been taken."""
        self.is_late = field.data not in self.slots
        if self.is_late:
            field.data = None
            raise ValidationError(str(SlotTaken.message))

    def offer(self, slots: Sequence[Slot], zone: Any) -> None:
        self.slots = {str(slot.id): slot for slot in slots}
        self.zone = zone
        self.slot.choices = [
            SelectChoice(
                code, f"{clock_time(slot.starts_at, zone)}–{clock_time(slot.ends_at, zone)}"
            )
            for code, slot in self.slots.items()
        ]

    @property
    def days(self) -> list[tuple[str, list[Any]]]:
        """The times on offer, by day."""
        grouped: dict[str, list[Any]] = {}
        for option in self.slot:
            starts_at = self.slots[option.data].starts_at
            grouped.setdefault(long_day(day_in(starts_at, self.zone)), []).append(option)
        return list(grouped.items())

    @property
    def chosen(self) -> Slot:
        return self.slots[self.slot.data]


class PairForm(AskForm):
    """A request an organizer enters for two companies."""

    sender = SelectField(_l("Who asks"), [InputRequired(_l("Choose a company."))])
    receiver = SelectField(_l("Who is asked"), [InputRequired(_l("Choose a company."))])

    def __init__(self, companies: Sequence[Company], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.companies = {str(one.id): one for one in companies}
        named = [
            SelectChoice(code, one.name.in_(current_language()))
            for code, one in self.companies.items()
        ]
        for field in (self.sender, self.receiver):
            field.choices = [SelectChoice("", _l("Choose")), *named]

    @property
    def pair(self) -> tuple[Company, Company]:
        return self.companies[self.sender.data], self.companies[self.receiver.data]
