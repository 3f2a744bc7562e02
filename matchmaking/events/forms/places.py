"""Hosts, halls, tracks and booths."""

import uuid
from collections.abc import Sequence
from typing import Any

from flask_wtf.file import FileField
from wtforms import BooleanField, IntegerField, SelectField
from wtforms.validators import DataRequired, InputRequired, NumberRange, Optional

from matchmaking.core.bilingual import Bilingual
from matchmaking.core.i18n import _, _l, current_language
from matchmaking.events.forms.fields import VersionedForm, address_field, bilingual
from matchmaking.events.labels import BOOTH_KINDS, HOST_ROLES
from matchmaking.events.models import Booth, EventHost, Hall, HostRole, Track
from matchmaking.events.services.hosts import HostDetails
from matchmaking.events.services.places import LONGEST_NUMBER, BoothDetails
from matchmaking.web.forms import BaseForm, TextField


class NamedForm(VersionedForm):
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
        super().__init__(data=host_as_typed(host) if host else None, **values)
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
        super().__init__(data=hall_as_typed(hall) if hall else None, **values)


class TrackForm(NamedForm):
    code = TextField(_l("Code"), DataRequired(), most=20)

    def __init__(self, track: Track | None = None, **values: Any) -> None:
        super().__init__(data=track_as_typed(track) if track else None, **values)


class BoothForm(VersionedForm):
    """One booth, or with `numbers` a whole range of equal ones."""

    kind = SelectField(_l("For"), [InputRequired()])
    size = TextField(_l("Size"), Optional(), most=20)
    hall = SelectField(_l("Hall"))
    holder_vi = TextField(_l("Exhibitor in Vietnamese"), Optional(), most=200)
    holder_en = TextField(_l("Exhibitor in English"), Optional(), most=200)

    def __init__(self, halls: Sequence[Hall], booth: Booth | None = None, **values: Any) -> None:
        super().__init__(data=booth_as_typed(booth) if booth else None, **values)
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


def host_as_typed(host: EventHost) -> dict[str, Any]:
    """What stands in the form's fields while this is stored; so with the others below."""
    return _named(host) | {"role": host.role.value, "url": host.url}


def hall_as_typed(hall: Hall) -> dict[str, Any]:
    return _named(hall) | {"capacity": hall.capacity}


def track_as_typed(track: Track) -> dict[str, Any]:
    return _named(track) | {"code": track.code}


def booth_as_typed(booth: Booth) -> dict[str, Any]:
    return {
        "version": str(booth.version),
        "number": booth.number,
        "kind": booth.kind,
        "size": booth.size,
        "hall": str(booth.hall_id or ""),
        "holder_vi": booth.holder.vi,
        "holder_en": booth.holder.en,
    }


def _named(row: EventHost | Hall | Track) -> dict[str, Any]:
    return {"version": str(row.version), "name_vi": row.name.vi, "name_en": row.name.en}


def uploaded(field: Any) -> bytes:
    """The content of a chosen file; empty when none was chosen."""
    return field.data.read() if field.data else b""
