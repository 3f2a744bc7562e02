"""One session of the programme."""

import re
import uuid
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from wtforms import (
    BooleanField,
    FieldList,
    Form,
    FormField,
    IntegerField,
    SelectField,
)
from wtforms.validators import DataRequired, InputRequired, NumberRange, Optional, ValidationError

from matchmaking.core.i18n import _, _l, current_language
from matchmaking.events.forms.fields import VersionedForm, address_field, bilingual, labelled
from matchmaking.events.models import AgendaSession, Event, Hall, Track
from matchmaking.events.services.programme import SessionDetails, SpeakerDetails
from matchmaking.reference import session_types
from matchmaking.web.filters import long_day
from matchmaking.web.forms import BaseForm, ParagraphField, TextField, refuse
from matchmaking.web.moments import TimeOfDayField

SPARE_SPEAKERS = 2
MOST_SPEAKERS = 40
_BREAK = re.compile(r"(\d{1,2})[:h.](\d{2})\s*[-–—]\s*(\d{1,2})[:h.](\d{2})")


class SpeakerForm(Form):  # type: ignore[misc]
    full_name = TextField(_l("Full name"), most=120)
    job_title_vi = TextField(_l("Position in Vietnamese"), Optional(), most=160)
    job_title_en = TextField(_l("Position in English"), Optional(), most=160)
    organization_vi = TextField(_l("Organization in Vietnamese"), Optional(), most=200)
    organization_en = TextField(_l("Organization in English"), Optional(), most=200)

    def validate_full_name(self, field: Any) -> None:
        others = (self.job_title_vi, self.job_title_en, self.organization_vi, self.organization_en)
        if not field.data and any(other.data for other in others):
            raise ValidationError(_("Write the speaker's name."))


class SessionForm(VersionedForm):
    fields_of_values: ClassVar = {"starts_at": "starts", "ends_at": "ends", "parent_id": "parent"}

    title_vi = TextField(_l("Title in Vietnamese"), DataRequired(), most=250)
    title_en = TextField(_l("Title in English"), Optional(), most=250)
    kind = SelectField(_l("Kind of session"), [InputRequired()])
    day = SelectField(_l("Day"), [InputRequired()])
    starts = TimeOfDayField(_l("From"), [InputRequired()])
    ends = TimeOfDayField(_l("Until"), [InputRequired()])
    hall = SelectField(_l("Hall"))
    new_hall = TextField(_l("Or a new hall"), Optional(), most=120)
    track = SelectField(_l("Track"))
    parent = SelectField(_l("Part of"))
    description_vi = ParagraphField(_l("Description in Vietnamese"), Optional())
    description_en = ParagraphField(_l("Description in English"), Optional())
    capacity = IntegerField(_l("Places"), [Optional(), NumberRange(1, 100_000)])
    sign_up = BooleanField(_l("Delegates sign up for this session"))
    livestream_url = address_field(_l("Link to the live stream"))
    slot_minutes = IntegerField(_l("Minutes of one meeting"), [Optional(), NumberRange(5, 180)])
    tables = IntegerField(_l("Tables"), [Optional(), NumberRange(1, 500)])
    breaks = ParagraphField(_l("Breaks"), Optional(), most=500)
    speakers = FieldList(FormField(SpeakerForm), max_entries=MOST_SPEAKERS)

    def __init__(self, event: Event, places: "Places", **values: Any) -> None:
        super().__init__(**values)
        self.event = event
        self.kind.choices = labelled(session_types())
        self.day.choices = [(day.isoformat(), long_day(day)) for day in event.days]
        self.hall.choices = [("", _("None")), *places.halls]
        self.track.choices = [("", _("None")), *places.tracks]
        self.parent.choices = [("", _("Stands on its own")), *places.parents]
        while len(self.speakers) < _filled(self.speakers) + SPARE_SPEAKERS:
            self.speakers.append_entry()

    def validate(self, extra_validators: Any = None) -> bool:
        is_valid = bool(super().validate(extra_validators))
        if self.kind.data == "b2b" and not self.slot_minutes.data and not self.slot_minutes.errors:
            refuse(self.slot_minutes, _("Say how long one meeting is, for example 20."))
            is_valid = False
        if self.slot_minutes.data and not self.tables.data and not self.tables.errors:
            refuse(self.tables, _("Say how many tables there are."))
            is_valid = False
        return is_valid

    def validate_breaks(self, field: Any) -> None:
        for line in _lines(field.data):
            if _break(line) is None:
                raise ValidationError(_("Write each break on a line of its own, like 09:40–10:00."))

    def details(self, *, hall_id: uuid.UUID | None = None) -> SessionDetails:
        """What was typed; `hall_id` when a new hall was named and made."""
        meets = bool(self.slot_minutes.data)
        breaks = (_break(line) for line in _lines(self.breaks.data))
        return SessionDetails(
            kind=self.kind.data,
            title=bilingual(self, "title"),
            description=bilingual(self, "description"),
            starts_at=self._moment(self.starts.data),
            ends_at=self._moment(self.ends.data),
            hall_id=hall_id or _id(self.hall.data),
            track_id=_id(self.track.data),
            parent_id=_id(self.parent.data),
            capacity=self.capacity.data,
            sign_up=self.sign_up.data,
            livestream_url=self.livestream_url.data,
            slot_minutes=self.slot_minutes.data,
            tables=self.tables.data if meets else None,
            breaks=tuple(pause for pause in breaks if pause) if meets else (),
            speakers=tuple(_speaker(entry.form) for entry in self.speakers if entry.full_name.data),
        )

    def _moment(self, clock_time: Any) -> datetime:
        return datetime.combine(date.fromisoformat(self.day.data), clock_time, self.event.zone)


class Places:
    """What a session can be put into: halls, tracks, and sessions that may hold it."""

    def __init__(
        self, halls: Sequence[Hall], tracks: Sequence[Track], parents: Sequence[AgendaSession]
    ) -> None:
        reader = current_language()
        self.halls = [(str(hall.id), hall.name.in_(reader)) for hall in halls]
        self.tracks = [(str(track.id), track.name.in_(reader)) for track in tracks]
        self.parents = [(str(parent.id), parent.title.in_(reader)) for parent in parents]


class MoveForm(BaseForm):
    """Another time for a session, which stays as long as it is."""

    fields_of_values: ClassVar = {"starts_at": "starts", "ends_at": "starts"}

    day = SelectField(_l("Day"), [InputRequired()])
    starts = TimeOfDayField(_l("From"), [InputRequired()])

    def __init__(self, event: Event, **values: Any) -> None:
        super().__init__(**values)
        self.day.choices = [(day.isoformat(), long_day(day)) for day in event.days]
        self.zone = event.zone

    def moment(self) -> datetime:
        starts: Any = self.starts.data
        return datetime.combine(date.fromisoformat(self.day.data), starts, self.zone)


def as_typed(details: SessionDetails, zone: ZoneInfo, *, version: int = 0) -> dict[str, Any]:
    """A session as it stands in the fields of its form."""
    starts, ends = details.starts_at.astimezone(zone), details.ends_at.astimezone(zone)
    return {
        "version": str(version),
        "title_vi": details.title.vi,
        "title_en": details.title.en,
        "kind": details.kind,
        "day": starts.date().isoformat(),
        "starts": starts.time(),
        "ends": ends.time(),
        "hall": str(details.hall_id or ""),
        "track": str(details.track_id or ""),
        "parent": str(details.parent_id or ""),
        "description_vi": details.description.vi,
        "description_en": details.description.en,
        "capacity": details.capacity,
        "sign_up": details.sign_up,
        "livestream_url": details.livestream_url,
        "slot_minutes": details.slot_minutes,
        "tables": details.tables,
        "breaks": "\n".join(f"{start}–{end}" for start, end in details.breaks),
        "speakers": [_speaker_as_typed(speaker) for speaker in details.speakers],
    }


def _speaker(form: Form) -> SpeakerDetails:
    return SpeakerDetails(
        full_name=form.full_name.data,
        job_title=bilingual(form, "job_title"),
        organization=bilingual(form, "organization"),
    )


def _speaker_as_typed(speaker: SpeakerDetails) -> dict[str, str]:
    return {
        "full_name": speaker.full_name,
        "job_title_vi": speaker.job_title.vi,
        "job_title_en": speaker.job_title.en,
        "organization_vi": speaker.organization.vi,
        "organization_en": speaker.organization.en,
    }


def _filled(speakers: FieldList) -> int:
    return sum(bool(entry.full_name.data) for entry in speakers)


def _lines(text: str | None) -> list[str]:
    return [line for line in re.split(r"[\n,;]", text or "") if line.strip()]


def _break(line: str) -> tuple[str, str] | None:
    """ "9h40 - 10:00" is ("09:40", "10:00"); None when there is no such time."""
    found = _BREAK.fullmatch(line.strip())
    if found is None:
        return None
    hours = [int(part) for part in found.groups()]
    if max(hours[0], hours[2]) > 23 or max(hours[1], hours[3]) > 59:
        return None
    return f"{hours[0]:02}:{hours[1]:02}", f"{hours[2]:02}:{hours[3]:02}"


def _id(text: str) -> uuid.UUID | None:
    return uuid.UUID(text) if text else None
