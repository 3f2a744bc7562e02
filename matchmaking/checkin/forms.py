"""What the gate sends, and how gates are named."""

import uuid
from collections.abc import Mapping
from typing import Any

from wtforms import HiddenField, RadioField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Regexp

from matchmaking.checkin.models import Direction
from matchmaking.core.bilingual import Bilingual
from matchmaking.core.codes import new_id
from matchmaking.core.i18n import _l, current_language
from matchmaking.web.forms import BaseForm, TextField

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
    vi = TextField(_l("Name"), InputRequired(_l("Name the gate, as its sign does.")), most=60)
    en = TextField(_l("Name in English"), most=60)

    @property
    def name(self) -> Bilingual:
        return Bilingual(self.vi.data, self.en.data)


class NewGateForm(GateNameForm):
    code = TextField(
        _l("Mark"),
        InputRequired(_l("Give the gate a short mark, such as B or C2.")),
        Regexp(r"^[A-Za-z0-9]{1,4}$", message=_l("Use one to four letters or digits.")),
        most=4,
    )
