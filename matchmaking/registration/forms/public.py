"""The two screens on which a delegate registers."""

from collections.abc import Sequence

from flask import request
from wtforms import BooleanField, Field, RadioField, StringField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length

from matchmaking.core.i18n import _, _l, current_language, ngettext
from matchmaking.registration.forms.fields import (
    CountryField,
    EmailField,
    NameField,
    PhoneField,
    choices_of,
)
from matchmaking.registration.models import Attendance, TicketType
from matchmaking.registration.person import HOME
from matchmaking.registration.purposes import PURPOSES, Purpose
from matchmaking.registration.services import ConsentMissing, RegistrationInput
from matchmaking.web.filters import local
from matchmaking.web.forms import BaseForm, TextField

ATTENDANCES = {Attendance.IN_PERSON: _l("In person"), Attendance.ONLINE: _l("Online")}
LANGUAGE_NAMES = choices_of([("vi", "Tiếng Việt"), ("en", "English")])


class PersonForm(BaseForm):
    """The first screen: who comes."""

    full_name = NameField(_l("Full name"))
    organization = TextField(_l("Organization"), InputRequired(_l("Write where you come from.")))
    email = EmailField(_l("E-mail"))
    phone = PhoneField(_l("Telephone"), InputRequired(_l("Write a number we reach you under.")))


class ConsentForm(BaseForm):
    """One box for each purpose, none ticked beforehand."""

    @property
    def consent_fields(self) -> list[tuple[Field, Purpose]]:
        return [(self[purpose.code], purpose) for purpose in PURPOSES if purpose.code in self]

    @property
    def consents(self) -> frozenset[str]:
        return frozenset(purpose.code for field, purpose in self.consent_fields if field.data)


for _purpose in PURPOSES:
    setattr(ConsentForm, _purpose.code, BooleanField(_purpose.sentence))


class PlaceForm(ConsentForm):
    """The second screen: as what, how, and with whose consent. `website` is bait for robots."""

    ticket_type = RadioField(
        _l("You take part as"), [InputRequired(_l("Choose as what you take part."))]
    )
    attendance = RadioField(
        _l("How you attend"),
        [InputRequired()],
        choices=choices_of(ATTENDANCES.items()),
        default=Attendance.IN_PERSON.value,
    )
    language = RadioField(
        _l("We write to you in"),
        [InputRequired()],
        choices=LANGUAGE_NAMES,
        default=current_language,
    )
    country = CountryField(_l("Country or territory"), InputRequired(), default=HOME)
    website = StringField(
        _l("Leave this empty"), [Length(max=0, message=_l("Empty this field, then send again."))]
    )

    def offer(self, ticket_types: Sequence[TicketType], *, chosen: TicketType | None) -> None:
        """Let people choose from these; one alone, or the one their link names, is chosen already."""
        self.ticket_type.choices = [
            SelectChoice(one.code, local(one.name), {"disabled": is_gone(one)})
            for one in ticket_types
        ]
        if len(ticket_types) == 1:
            chosen = ticket_types[0]
        if chosen and not self.ticket_type.raw_data:
            self.ticket_type.data = chosen.code
        if not any(len(one.attendances) > 1 for one in ticket_types):
            del self.attendance

    @property
    def error_list(self) -> list[tuple[str, str]]:
        """In the order of the screen: the boxes, whose labels are long, last and without them."""
        boxes = {field.id: field for field, _purpose in self.consent_fields}
        others = [entry for entry in super().error_list if entry[0] not in boxes]
        return others + [(id_, str(e)) for id_, field in boxes.items() for e in field.errors]

    def validate_processing(self, field: Field) -> None:
        if not field.data:
            raise ValidationError(str(ConsentMissing()))


def is_gone(ticket_type: TicketType) -> bool:
    """No place left, and no list to wait on."""
    return ticket_type.places_left == 0 and not ticket_type.has_waiting_list


def note_on(ticket_type: TicketType) -> str:
    """What to know before choosing this one."""
    ways = [str(ATTENDANCES[Attendance(way)]) for way in ticket_type.attendances]
    approval = _("The organizer approves each registration") if ticket_type.needs_approval else ""
    parts = (
        local(ticket_type.description),
        ", ".join(ways),
        places_in_words(ticket_type),
        approval,
    )
    return " · ".join(part for part in parts if part)


def places_in_words(ticket_type: TicketType) -> str:
    left = ticket_type.places_left
    if left is None:
        return ""
    if left:
        return str(ngettext("%(num)s place left", "%(num)s places left", left))
    if ticket_type.has_waiting_list:
        return str(_("Full: you join the waiting list"))
    return str(_("No places left"))


def wanted_by(person: PersonForm, place: PlaceForm, ticket_type: TicketType) -> RegistrationInput:
    """What both screens say, for the service."""
    return RegistrationInput(
        full_name=person.full_name.data,
        organization=person.organization.data,
        email=person.email.data,
        phone=person.phone.data,
        ticket_type=ticket_type,
        attendance=Attendance(place.attendance.data) if place.attendance else None,
        language=place.language.data,
        country=place.country.data,
        consents=place.consents,
    )


class LinkForm(BaseForm):
    """Asks for the personal link again."""

    email = EmailField(_l("E-mail you registered with"))


def typed_in(form: BaseForm) -> list[tuple[str, str]]:
    """(name, text) of everything this form was sent, exactly as typed, for hidden fields."""
    return [
        (field.name, text)
        for field in form
        if field.name != "csrf_token"
        for text in request.form.getlist(field.name)
    ]
