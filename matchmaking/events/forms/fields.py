"""Fields and choices the forms of this feature share."""

import re
from collections.abc import Iterable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from wtforms import Form, HiddenField
from wtforms.validators import Optional, Regexp, ValidationError

from matchmaking.core.bilingual import Bilingual
from matchmaking.core.i18n import _, _l, current_language
from matchmaking.core.text import sort_key
from matchmaking.events.queries import all_series
from matchmaking.reference import Labels, event_types, provinces
from matchmaking.web.forms import BaseForm, TextField, one_line
from matchmaking.web.moments import DayField, MomentField

FIRST_YEAR, LAST_YEAR = 2000, 2100
_SCHEME = re.compile(r"https?://", re.IGNORECASE)


class VersionedForm(BaseForm):
    """Carries the version of the row that its editor has seen."""

    version = HiddenField()

    @property
    def expected_version(self) -> int:
        """0, which no row has, when it was tampered with."""
        typed = self.version.data or ""
        return int(typed) if re.fullmatch(r"\d{1,9}", typed, re.ASCII) else 0


def sensible_year(_form: Form, field: Any) -> None:
    if field.data and not FIRST_YEAR <= field.data.year <= LAST_YEAR:
        raise ValidationError(_("Write a year between 2000 and 2100."))


def day_field(label: Any, *rules: Any) -> Any:
    """A day of a year in which events take place."""
    return DayField(label, [*rules, sensible_year])


def moment_field(label: Any) -> Any:
    """A day and a time in the event's zone; may stay empty."""
    return MomentField(label, [Optional(), sensible_year])


def whole_address(text: str | None) -> str:
    """A filter: "www.kotra.or.kr" means https://www.kotra.or.kr."""
    address = one_line(text)
    return address if not address or _SCHEME.match(address) else f"https://{address}"


def address_field(label: Any) -> Any:
    """A web address; only http and https."""
    web = Regexp(
        r"https?://[^\s/?#]+\.[^\s]+|https?://localhost\S*",
        message=_l("Write the whole address, beginning with https://"),
    )
    return TextField(label, Optional(), web, most=500, filters=(whole_address,))


def bilingual(form: Form, name: str) -> Bilingual:
    """The two fields `name_vi` and `name_en` as one text."""
    return Bilingual(form[f"{name}_vi"].data, form[f"{name}_en"].data)


def in_zone(moment: datetime | None, timezone: str) -> datetime | None:
    """What was typed, as a moment of that zone."""
    return moment and moment.replace(tzinfo=ZoneInfo(timezone))


def typed(moment: datetime | None, zone: ZoneInfo) -> datetime | None:
    """A moment as it stands in a field."""
    return moment and moment.astimezone(zone).replace(tzinfo=None)


def labelled(things: Iterable[Any]) -> list[tuple[str, str]]:
    """(code, name in the reader's language) of things from the reference lists."""
    reader = current_language()
    return [(thing.code, thing.labels.in_(reader)) for thing in things]


def kind_choices() -> list[tuple[str, str]]:
    return labelled(event_types())


def province_choices() -> list[tuple[str, str]]:
    """The 34 by name, each with the former ones it was made of, so that these are found too."""
    reader = current_language()

    def words(labels: Labels) -> str:
        return labels.in_(reader)

    named = []
    for one in provinces():
        name = words(one.labels)
        former = [words(f.labels) for f in one.former if words(f.labels) != name]
        named.append((one.code, f"{name} ({', '.join(former)})" if former else name))
    return [("", _("Not in one province")), *sorted(named, key=lambda pair: sort_key(pair[1]))]


def series_choices() -> list[tuple[str, str]]:
    reader = current_language()
    named = [(series.slug, series.name.in_(reader)) for series in all_series()]
    return [("", _("On its own")), *sorted(named, key=lambda pair: sort_key(pair[1]))]


def zone_choices() -> list[tuple[str, str]]:
    """Where events take place first, then every other zone."""
    near = ["Asia/Ho_Chi_Minh", "Asia/Seoul", "Asia/Tokyo", "Asia/Singapore", "Asia/Kolkata"]
    others = sorted(zone for zone in available_timezones() if "/" in zone and zone not in near)
    return [(zone, zone.replace("_", " ")) for zone in [*near, *others]]
