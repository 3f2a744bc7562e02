"""The shape of interpreters and tables."""

from datetime import datetime
from typing import Any

from wtforms import SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Email, InputRequired, Optional

from matchmaking.companies import queries
from matchmaking.companies.forms.fields import Boxes, LanguageBoxes, language_choices, options
from matchmaking.companies.forms.profile import time_code
from matchmaking.core.i18n import _l
from matchmaking.events.models import Booth, Event
from matchmaking.meetings.models import Interpreter
from matchmaking.meetings.services.interpreters import Details
from matchmaking.web.filters import clock_time, day_in, long_day
from matchmaking.web.forms import BaseForm, TextField, refuse


class InterpreterForm(BaseForm):
    full_name = TextField(_l("Full name"), DataRequired(_l("Write the name.")), most=120)
    email = TextField(
        _l("E-mail"),
        Optional(),
        Email(_l("Enter an e-mail address such as ten@example.vn.")),
        most=254,
    )
    phone = TextField(_l("Telephone"), most=20)
    languages = LanguageBoxes(_l("Interprets between Vietnamese or English and"))
    hours = Boxes(_l("When do they work?"))

    def __init__(self, event: Event, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zone = event.zone
        self.languages.choices = options(
            pair for pair in language_choices() if pair[0] not in ("vi",)
        )
        self.times = {time_code(start): (start, end) for start, end in queries.meeting_times(event)}
        self.hours.choices = options(
            (code, f"{clock_time(start, self.zone)}–{clock_time(end, self.zone)}")
            for code, (start, end) in self.times.items()
        )

    def validate(self, extra_validators: Any = None) -> bool:
        super().validate(extra_validators)
        if not self.languages.data:
            refuse(self.languages, _l("Choose at least one language."))
        return not self.errors

    @property
    def meeting_days(self) -> list[tuple[str, list[Any]]]:
        """The boxes of the hours, by day."""
        days: dict[str, list[Any]] = {}
        for option in self.hours:
            start: datetime = self.times[option.data][0]
            days.setdefault(long_day(day_in(start, self.zone)), []).append(option)
        return list(days.items())

    def details(self) -> Details:
        return Details(
            full_name=self.full_name.data,
            languages=tuple(self.languages.data),
            email=self.email.data,
            phone=self.phone.data,
            hours=[self.times[code] for code in self.hours.data],
        )


def values_of(interpreter: Interpreter) -> dict[str, Any]:
    """The form's fields as the interpreter is kept now."""
    works = [(row.starts_at, row.ends_at) for row in interpreter.hours]
    return {
        "full_name": interpreter.full_name,
        "email": interpreter.email,
        "phone": interpreter.phone,
        "languages": interpreter.languages,
        "hours": [
            time_code(start)
            for start, end in queries.meeting_times(interpreter.event)
            if any(starts <= start and end <= ends for starts, ends in works)
        ],
    }


class BoothTableForm(BaseForm):
    booth = SelectField(_l("Booth"), [InputRequired(_l("Choose a booth."))], default="")

    def __init__(self, booths: list[Booth], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.booths = {str(one.id): one for one in booths}
        named = [SelectChoice(code, one.number) for code, one in self.booths.items()]
        self.booth.choices = [SelectChoice("", _l("Choose")), *named]

    @property
    def chosen(self) -> Booth:
        return self.booths[self.booth.data]
