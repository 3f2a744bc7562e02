"""What organizers decide about ticket types and delegates."""

from typing import Any

from flask_wtf.file import FileField, FileRequired
from wtforms import (
    BooleanField,
    Field,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
)
from wtforms.fields import SelectMultipleField
from wtforms.validators import InputRequired, NumberRange, Optional, Regexp
from wtforms.widgets import CheckboxInput, ListWidget

from matchmaking import reference
from matchmaking.core.bilingual import Bilingual
from matchmaking.core.i18n import _, _l, current_language
from matchmaking.events.models import Event
from matchmaking.registration.forms.fields import (
    CountryField,
    EmailField,
    NameField,
    PhoneField,
    ReferenceField,
    choices_of,
)
from matchmaking.registration.forms.public import ATTENDANCES, LANGUAGE_NAMES
from matchmaking.registration.models import Attendance, Registration, TicketType
from matchmaking.registration.person import HOME, shown_phone
from matchmaking.registration.queries import ticket_types_of
from matchmaking.registration.services.tickets import TicketTypeInput
from matchmaking.web.filters import local
from matchmaking.web.forms import BaseForm, ParagraphField, TextField

MOST_PLACES = 100_000


class VersionedForm(BaseForm):
    """Knows which version of the row it was filled from."""

    version = HiddenField(default="1", validators=[Regexp(r"\d{1,9}\Z")])

    @property
    def seen_version(self) -> int:
        return int(self.version.data)

    theirs: list[tuple[Any, str]]

    def take_over(self, stored: dict[str, Any]) -> None:
        """A colleague saved first: what is typed stays, theirs stands beside it in `theirs`."""
        self.version.raw_data, self.version.data = None, stored["version"]
        different = [name for name, value in stored.items() if self[name].data != value]
        self.theirs = [
            (self[name].label.text, _shown(self[name], stored[name])) for name in different
        ]
        self.form_errors.append(
            _("A colleague changed this meanwhile. Compare both versions, then save yours.")
        )


def _shown(field: Field, value: Any) -> str:
    """A stored value in the words of its field."""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    names = {choice.value: str(choice.label) for choice in getattr(field, "choices", None) or ()}
    values = value if isinstance(value, list) else [value]
    return ", ".join(names.get(one, str(one)) for one in values if one not in (None, "")) or "–"


class TicketTypeForm(VersionedForm):
    badge_type = SelectField(_l("Badge type"), [InputRequired()])
    name_vi = TextField(_l("Name in Vietnamese"), InputRequired(_l("Give it a name.")), most=80)
    name_en = TextField(_l("Name in English"), most=80)
    description_vi = TextField(_l("What it includes, in Vietnamese"), most=200)
    description_en = TextField(_l("What it includes, in English"), most=200)
    colour = TextField(
        _l("Colour"),
        Regexp(r"#[0-9a-fA-F]{6}\Z", message=_l("Write a colour like #B22222.")),
        most=7,
    )
    places = IntegerField(
        _l("Places"),
        [Optional(), NumberRange(0, MOST_PLACES, _l("Write a number from 0 to 100,000."))],
    )
    attendances = SelectMultipleField(
        _l("Ways of attending"),
        [InputRequired(_l("Choose at least one way of attending."))],
        choices=choices_of(ATTENDANCES.items()),
        default=[Attendance.IN_PERSON.value],
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
    )
    needs_approval = BooleanField(_l("The organizer approves each registration"))
    has_waiting_list = BooleanField(_l("When full, people may wait for a place"))
    by_link = BooleanField(_l("Only for people who have the link"))
    meets_companies = BooleanField(_l("Takes part in business meetings"))

    def offer_badge_types(self) -> None:
        self.badge_type.choices = choices_of(
            (one.code, one.labels.in_(current_language())) for one in reference.badge_types()
        )

    @property
    def wanted(self) -> TicketTypeInput:
        return TicketTypeInput(
            badge_type=self.badge_type.data,
            name=Bilingual(self.name_vi.data, self.name_en.data),
            description=Bilingual(self.description_vi.data, self.description_en.data),
            colour=self.colour.data.upper(),
            places=self.places.data,
            attendances=tuple(self.attendances.data),
            needs_approval=self.needs_approval.data,
            has_waiting_list=self.has_waiting_list.data,
            is_listed=not self.by_link.data,
            meets_companies=self.meets_companies.data,
        )


def values_of_ticket_type(ticket_type: TicketType | TicketTypeInput) -> dict[str, Any]:
    """What the form is filled with."""
    plain = ("badge_type", "colour", "places", "needs_approval", "has_waiting_list")
    return {
        **{name: getattr(ticket_type, name) for name in plain},
        "name_vi": ticket_type.name.vi,
        "name_en": ticket_type.name.en,
        "description_vi": ticket_type.description.vi,
        "description_en": ticket_type.description.en,
        "attendances": list(ticket_type.attendances),
        "by_link": not ticket_type.is_listed,
        "meets_companies": ticket_type.meets_companies,
        "version": str(getattr(ticket_type, "version", 1)),
    }


class DelegateForm(VersionedForm):
    """A delegate as the organizer writes them down."""

    full_name = NameField(_l("Full name"))
    salutation = ReferenceField(_l("Form of address"), name_of_list="honorifics")
    organization = TextField(_l("Organization"))
    job_title = TextField(_l("Position"), most=120)
    delegation = TextField(_l("Delegation"), most=120)
    email = EmailField(_l("E-mail"))
    country = CountryField(_l("Country or territory"), InputRequired(), default=HOME)
    phone = PhoneField(_l("Telephone"))
    ticket_type = SelectField(_l("Ticket type"), [InputRequired()])
    attendance = RadioField(
        _l("How they attend"),
        [InputRequired()],
        choices=choices_of(ATTENDANCES.items()),
        default=Attendance.IN_PERSON.value,
    )
    language = RadioField(
        _l("We write to them in"),
        [InputRequired()],
        choices=LANGUAGE_NAMES,
        default=current_language,
    )
    note = ParagraphField(_l("Note of the organizer"), most=500)

    def offer(self, event: Event, registration: Registration | None = None) -> None:
        if registration and not registration.needs_email:
            self.email.may_be_empty()
        self._ticket_types = {one.code: one for one in ticket_types_of(event)}
        self.ticket_type.choices = choices_of(
            (one.code, local(one.name)) for one in self._ticket_types.values()
        )

    @property
    def values(self) -> dict[str, Any]:
        """By column of the registration, the ticket type as itself."""
        values = {name: field.data for name, field in self._fields.items() if name in _COLUMNS}
        chosen = self._ticket_types[self.ticket_type.data]
        return {**values, "ticket_type": chosen, "attendance": Attendance(self.attendance.data)}


_COLUMNS = frozenset(
    {
        "full_name",
        "salutation",
        "organization",
        "job_title",
        "delegation",
        "email",
        "country",
        "phone",
        "language",
        "note",
    }
)


def values_of_delegate(registration: Registration) -> dict[str, Any]:
    return {
        **{name: getattr(registration, name) for name in _COLUMNS},
        "phone": shown_phone(registration.phone),
        "ticket_type": registration.ticket_type.code,
        "attendance": registration.attendance.value,
        "version": str(registration.version),
    }


class ReasonForm(BaseForm):
    """Why someone gets no place; it goes into their letter."""

    reason = TextField(_l("Reason"), most=300)


class ListForm(BaseForm):
    """A list of delegates to take over."""

    file = FileField(_l("Excel or CSV file"), [FileRequired(_l("Choose a file."))])
    ticket_type = SelectField(_l("Ticket type, where the list names none"), [InputRequired()])

    def offer(self, event: Event) -> None:
        self.ticket_type.choices = choices_of(
            (one.code, local(one.name)) for one in ticket_types_of(event)
        )


class TakeOverForm(BaseForm):
    by_mail = BooleanField(_l("Send everyone their badge and personal link now"))
