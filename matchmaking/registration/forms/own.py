"""What delegates change on their own page."""

from typing import Any

from wtforms import HiddenField, RadioField, SelectMultipleField
from wtforms.validators import InputRequired, Regexp
from wtforms.widgets import CheckboxInput, ListWidget

from matchmaking.core.i18n import _, _l
from matchmaking.registration.answers import COLUMNS, Question, Screen
from matchmaking.registration.forms.fields import (
    EmailField,
    NameField,
    PhoneField,
    ReferenceField,
    choices_of,
    reference_choices,
)
from matchmaking.registration.forms.public import ATTENDANCES, LANGUAGE_NAMES
from matchmaking.registration.models import Attendance, Registration
from matchmaking.registration.person import shown_phone
from matchmaking.web.forms import BaseForm, ParagraphField, TextField

LONG = 300


class DetailsForm(BaseForm):
    """The delegate's own details; the address counts once it is confirmed."""

    full_name = NameField(_l("Full name"))
    organization = TextField(_l("Organization"), InputRequired(_l("Write where you come from.")))
    phone = PhoneField(_l("Telephone"), InputRequired(_l("Write a number we reach you under.")))
    email = EmailField(_l("E-mail"))
    language = RadioField(_l("We write to you in"), [InputRequired()], choices=LANGUAGE_NAMES)
    attendance = RadioField(_l("How you attend"), [InputRequired()])
    version = HiddenField(validators=[Regexp(r"\d{1,9}\Z")])

    def offer(self, registration: Registration) -> None:
        """Attendance is asked only where the ticket type leaves a choice."""
        ways = registration.ticket_type.attendances
        self.attendance.choices = choices_of((way, ATTENDANCES[Attendance(way)]) for way in ways)
        if len(ways) < 2:
            del self.attendance
        self.phone.country = registration.country
        if not registration.needs_email:
            self.email.may_be_empty()
        if not self.is_submitted():
            self.phone.data = shown_phone(registration.phone)

    def take_over(self, current: Registration) -> None:
        """Someone saved first: what is typed stays, and saving it again replaces what they wrote."""
        self.version.raw_data, self.version.data = None, str(current.version)
        self.form_errors.append(
            _("The organizer changed your details meanwhile. Compare them, then save again.")
        )

    @property
    def changes(self) -> dict[str, Any]:
        """Everything but the address, by column."""
        return {name: field.data for name, field in self._fields.items() if name in _COLUMNS}


_COLUMNS = frozenset({"full_name", "organization", "phone", "language", "attendance"})


class AnswersForm(BaseForm):
    """One screen of the later questions, made by `form_of`."""

    screen: Screen

    @property
    def columns(self) -> dict[str, Any]:
        """Answers that have a column of their own."""
        return {name: self[name].data for name in self._codes if name in COLUMNS}

    @property
    def answers(self) -> dict[str, Any]:
        """The others; what was left empty is left out."""
        named = {name: self[name].data for name in self._codes if name not in COLUMNS}
        return {name: answer for name, answer in named.items() if answer}

    @property
    def _codes(self) -> list[str]:
        return [question.code for question in self.screen.questions]


def form_of(screen: Screen, registration: Registration) -> AnswersForm:
    """The form of one screen, filled with what was answered before."""
    fields = {question.code: _field_of(question) for question in screen.questions}
    made: type[AnswersForm] = type("ScreenForm", (AnswersForm,), {**fields, "screen": screen})
    columns = {name: getattr(registration, name) for name in COLUMNS}
    return made(data={**registration.answers, **columns})


def _field_of(question: Question) -> Any:
    if question.several:
        return SelectMultipleField(
            question.label,
            choices=lambda: reference_choices(question.choices),
            option_widget=CheckboxInput(),
            widget=ListWidget(prefix_label=False),
        )
    if question.choices:
        return ReferenceField(question.label, name_of_list=question.choices)
    kind = ParagraphField if question.most > LONG else TextField
    return kind(question.label, most=question.most)
