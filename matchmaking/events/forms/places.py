"""Hosts, halls, tracks and booths."""

import uuid
from collections.abc import Sequence
from typing import Any

from flask_wtf.file import FileField
from wtforms import BooleanField, IntegerField, SelectField
from wtforms.validators import DataRequired, InputRequired, NumberRange, Optional

from matchmaking.core.bilingual import Bilingual
from matchmaking.core.i18n import _, _l, current_language
from matchmaking.events.forms.fields import address_field, bilingual
from matchmaking.events.labels import BOOTH_KINDS, HOST_ROLES
from matchmaking.events.models import Booth, EventHost, Hall, HostRole, Track
from matchmaking.events.services.hosts import HostDetails
from matchmaking.events.services.places import LONGEST_NUMBER, BoothDetails
from matchmaking.web.forms import BaseForm, TextField


class NamedForm(BaseForm):
    """Something with a name in both languages; Vietnamese alone will do."""

    name_vi = TextField(_l("Name in Vietnamese"), DataRequired(), most=200)
    name_en = TextField(_l("Name in English"), Optional(), most=200)

    def name(self) -> Bilingual:
        return bilingual(self, "name")


class HostForm(NamedForm):
    role = SelectField(_l("Role"), [InputRequired()])
    url = address_field(_l("Website"))
    picture = FileField(_l("Logo"))
    remove_picture = BooleanField(_l("Remove the logo"))

    def __init__(self, host: EventHost | None = None, **values: Any) -> None:
        if host is not None:
            values |= {"role": host.role.value, "url": host.url}
            values |= {"name_vi": host.name.vi, "name_en": host.name.en}
        super().__init__(**values)
        self.role.choices = [(role.value, str(name)) for role, name in HOST_ROLES.items()]

    def details(self) -> HostDetails:
        return HostDetails(
            role=HostRole(self.role.data),
            name=self.name(),
            url=self.url.data,
            logo=uploaded(self.picture),
            remove_logo=self.remove_picture.data,
        )


class HallForm(NamedForm):
    capacity = IntegerField(_l("Places"), [Optional(), NumberRange(1, 100_000)])

    def __init__(self, hall: Hall | None = None, **values: Any) -> None:
        if hall is not None:
            values |= {"name_vi": hall.name.vi, "name_en": hall.name.en, "capacity": hall.capacity}
        super().__init__(**values)


class TrackForm(NamedForm):
    code = TextField(_l("Code"), DataRequired(), most=20)

    def __init__(self, track: Track | None = None, **values: Any) -> None:
        if track is not None:
            values |= {"name_vi": track.name.vi, "name_en": track.name.en, "code": track.code}
        super().__init__(**values)


class BoothForm(BaseForm):
    """One booth, or with `numbers` a whole range of equal ones."""

    kind = SelectField(_l("For"), [InputRequired()])
    size = TextField(_l("Size"), Optional(), most=20)
    hall = SelectField(_l("Hall"))
    holder_vi = TextField(_l("Exhibitor in Vietnamese"), Optional(), most=200)
    holder_en = TextField(_l("Exhibitor in English"), Optional(), most=200)

    def __init__(self, halls: Sequence[Hall], booth: Booth | None = None, **values: Any) -> None:
        if booth is not None:
            values |= {"number": booth.number, "kind": booth.kind, "size": booth.size}
            values |= {"hall": str(booth.hall_id or "")}
            values |= {"holder_vi": booth.holder.vi, "holder_en": booth.holder.en}
        super().__init__(**values)
        reader = current_language()
        self.kind.choices = [(code, str(name)) for code, name in BOOTH_KINDS.items()]
        self.hall.choices = [("", _("None")), *((str(h.id), h.name.in_(reader)) for h in halls)]

    def details(self) -> BoothDetails:
        return BoothDetails(
            size=self.size.data,
            kind=self.kind.data,
            holder=bilingual(self, "holder"),
            hall_id=uuid.UUID(self.hall.data) if self.hall.data else None,
        )


class OneBoothForm(BoothForm):
    number = TextField(_l("Number"), DataRequired(), most=LONGEST_NUMBER)


class NewBoothsForm(BoothForm):
    numbers = TextField(_l("Numbers"), DataRequired(), most=500)


class ConfirmForm(BaseForm):
    """What cannot be undone asks for the name of the thing."""

    confirmation = TextField(_l("Name"), DataRequired(), most=250)


def uploaded(field: Any) -> bytes:
    """The content of a chosen file; empty when none was chosen."""
    return field.data.read() if field.data else b""
