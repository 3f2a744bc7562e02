"""What the gate sends, and how gates are named."""

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from wtforms import (
    Field,
    HiddenField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TimeField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import UUID, InputRequired, Length, Optional, Regexp, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from matchmaking.checkin.models import Direction, Settlement
from matchmaking.checkin.services import Arrival
from matchmaking.checkin.verdicts import EntryRule
from matchmaking.core.bilingual import Bilingual
from matchmaking.core.codes import READABLE, new_id
from matchmaking.core.i18n import _l, current_language
from matchmaking.reference import badge_type
from matchmaking.registration.forms.fields import EmailField, NameField
from matchmaking.registration.models import TicketType
from matchmaking.web.forms import BaseForm, TextField

RULES = [
    SelectChoice(EntryRule.VENUE.value, _l("Entrance: once, and again after leaving")),
    SelectChoice(EntryRule.ROOM.value, _l("Room: who is inside this room")),
    SelectChoice(EntryRule.DAILY.value, _l("Meal: once a day")),
    SelectChoice(EntryRule.ONCE.value, _l("Gift: once a person")),
    SelectChoice(EntryRule.MANY.value, _l("Counter: every time")),
]
DIRECTIONS = [
    SelectChoice(Direction.ENTRY.value, _l("In")),
    SelectChoice(Direction.EXIT.value, _l("Out")),
]


class ScanForm(BaseForm):
    """`presented` is kept exactly as the scanner wrote it: spaces count in a badge's text."""

    presented = StringField(
        _l("Badge or code"),
        [
            InputRequired(_l("Scan a badge, or type the code that stands on it.")),
            Length(max=2000, message=_l("This is too long to be a badge.")),
        ],
    )
    gate = SelectField(_l("Gate"))
    direction = RadioField(_l("Direction"), choices=DIRECTIONS, default=Direction.ENTRY.value)
    scan_id = HiddenField()

    def __init__(self, gates: Mapping[str, Bilingual], **values: Any) -> None:
        super().__init__(**values)
        language = current_language()
        self.gate.choices = [
            SelectChoice(code, f"{code} – {name.in_(language)}") for code, name in gates.items()
        ]

    @property
    def new_scan_id(self) -> uuid.UUID:
        """The device's own number for this scan; one of ours when it sent none that can be read."""
        try:
            return uuid.UUID(self.scan_id.data or "")
        except ValueError:
            return new_id()


class GateNameForm(BaseForm):
    vi = TextField(
        _l("Name of the gate"), InputRequired(_l("Name the gate, as its sign does.")), most=60
    )
    en = TextField(_l("Name in English"), most=60)

    @property
    def name(self) -> Bilingual:
        return Bilingual(self.vi.data, self.en.data)


class GateForm(GateNameForm):
    """A gate's name and its rule."""

    rule = RadioField(_l("How often"), choices=RULES, default=EntryRule.VENUE.value)
    admits = SelectMultipleField(
        _l("Badges that enter here"),
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
    )
    opens = TimeField(_l("Opens"), [Optional()])
    closes = TimeField(_l("Closes"), [Optional()])

    def __init__(self, ticket_types: Sequence[TicketType], **values: Any) -> None:
        super().__init__(**values)
        kinds = sorted({one.badge_type for one in ticket_types})
        language = current_language()
        self.admits.choices = [
            SelectChoice(kind, badge_type(kind).labels.in_(language)) for kind in kinds
        ]

    def validate_closes(self, field: Field) -> None:
        if self.opens.data and field.data and field.data <= self.opens.data:
            raise ValidationError(str(_l("A gate closes after it opens, on the same day.")))


class DeviceForm(BaseForm):
    """A phone or laptop before it is enrolled."""

    name = TextField(
        _l("Name of the device"),
        InputRequired(_l("Name the device, as the person who carries it would.")),
        most=60,
    )
    gates = SelectMultipleField(
        _l("Gates"),
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
    )
    language = RadioField(
        _l("Language"),
        choices=[SelectChoice("vi", "Tiếng Việt"), SelectChoice("en", "English")],
        default="vi",
    )

    def __init__(self, gates: Mapping[str, Bilingual], **values: Any) -> None:
        super().__init__(**values)
        language = current_language()
        self.gates.choices = [
            SelectChoice(code, f"{code} – {name.in_(language)}") for code, name in gates.items()
        ]


class ReleaseForm(BaseForm):
    reason = TextField(
        _l("Reason"), InputRequired(_l("Say why these scans may count; it is kept.")), most=200
    )


class SettlementForm(BaseForm):
    settlement = RadioField(choices=[SelectChoice(one.value, one.value) for one in Settlement])


class NewGateForm(GateNameForm):
    code = TextField(
        _l("Mark"),
        InputRequired(_l("Give the gate a short mark, such as B or C2.")),
        Regexp(r"^[A-Za-z0-9]{1,4}$", message=_l("Use one to four letters or digits.")),
        most=4,
    )


class WalkInForm(BaseForm):
    """Somebody without a registration. Sent twice, they are registered once."""

    full_name = NameField(_l("Full name"))
    organization = TextField(_l("Organization"))
    ticket_type = SelectField(_l("Ticket type"), [InputRequired()])
    email = EmailField(_l("E-mail, if they want the letter"))
    gate = SelectField(_l("Gate"))
    walk_in_id = HiddenField(validators=[UUID()])
    code = HiddenField(validators=[Regexp(f"^[{READABLE}]{{8}}$")])

    def __init__(
        self, gates: Mapping[str, Bilingual], ticket_types: Sequence[TicketType], **values: Any
    ) -> None:
        super().__init__(**values)
        language = current_language()
        self.email.may_be_empty()
        self.gate.choices = [
            SelectChoice(code, f"{code} – {name.in_(language)}") for code, name in gates.items()
        ]
        self.ticket_type.choices = [
            SelectChoice(one.code, one.name.in_(language)) for one in ticket_types
        ]

    @property
    def arrival(self) -> Arrival:
        return Arrival(
            id=uuid.UUID(self.walk_in_id.data),
            code=self.code.data,
            gate=self.gate.data,
            full_name=self.full_name.data,
            organization=self.organization.data,
            ticket_type=self.ticket_type.data,
            email=self.email.data,
            language=current_language(),
        )
