"""What has gone wrong on the day."""

from collections.abc import Sequence
from typing import Any
from zoneinfo import ZoneInfo

from wtforms import RadioField, SelectField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from matchmaking.core.i18n import _, _l
from matchmaking.events.models import AgendaSession
from matchmaking.meetings.models import MeetingTable, Slot
from matchmaking.meetings.services.schedule.troubles import Subject, Trouble, What
from matchmaking.web.forms import BaseForm

NOW, END = "now", "end"


class TroubleForm(BaseForm):
    """`what` is pressed, not chosen: each way is a button of its own."""

    what = RadioField(validators=[InputRequired(_l("Say what has happened."))])
    since = SelectField(_l("From"), default=NOW, validate_choice=False)
    until = SelectField(_l("Can meet again from"), default=END, validate_choice=False)

    def offer(self, subject: Subject, slots: Sequence[Slot], zone: ZoneInfo) -> None:
        """What can happen to it, and when: at the slots that have not begun."""
        self.subject, self.zone = subject, zone
        later = slots[1:]
        if isinstance(subject, AgendaSession):
            later = [slot for slot in slots if slot.starts_at > subject.ends_at]
        self.slots = {slot.id.hex: slot for slot in later}
        self.is_one_day = len({slot.starts_at.astimezone(zone).date() for slot in slots}) <= 1
        times = [SelectChoice(key, self._time(slot)) for key, slot in self.slots.items()]
        self.what.choices = [SelectChoice(what.value, what.value) for what in self._possible()]
        self.since.choices = [SelectChoice(NOW, str(_("now"))), *times]
        self.until.choices = [*times, SelectChoice(END, str(_("not any more")))]
        if isinstance(subject, AgendaSession):
            self.until.choices = times
        if isinstance(subject, MeetingTable):
            self.until.label.text = _("Can be used again from")
        if not self.is_submitted():
            self.until.data = next(iter(self.slots), END)

    def _possible(self) -> tuple[What, ...]:
        if isinstance(self.subject, AgendaSession):
            return What.LONGER, What.EVERYBODY
        return (
            What.LOST if isinstance(self.subject, MeetingTable) else What.ABSENT,
            What.AWAY,
        )

    def _time(self, slot: Slot) -> str:
        pattern = "%H:%M" if self.is_one_day else "%H:%M, %d/%m"
        return slot.starts_at.astimezone(self.zone).strftime(pattern)

    def validate_since(self, field: Any) -> None:
        if self._is_timed and field.data not in (NOW, *self.slots):
            raise ValidationError(_("Choose one of the times."))

    def validate_until(self, field: Any) -> None:
        if not self._is_timed:
            return
        ends = () if isinstance(self.subject, AgendaSession) else (END,)
        if field.data not in (*ends, *self.slots):
            raise ValidationError(_("Choose one of the times."))
        since, until = self.slots.get(self.since.data), self.slots.get(field.data)
        if since and until and until.starts_at <= since.starts_at:
            raise ValidationError(_("It must end after it begins."))

    @property
    def _is_timed(self) -> bool:
        return self.what.data in (What.AWAY, What.LONGER, What.EVERYBODY)

    @property
    def trouble(self) -> Trouble:
        """Away from now on and not any more is not there any more."""
        what = What(self.what.data)
        if not self._is_timed:
            return Trouble(self.subject, what)
        since, until = self.slots.get(self.since.data), self.slots.get(self.until.data)
        if what is What.AWAY and not (since or until):
            return Trouble(self.subject, self._possible()[0])
        return Trouble(self.subject, what, since, until)
