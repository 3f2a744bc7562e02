"""Days and times as people here write them: 24/03/2026, 08:30, also 24-3-2026 and 8h30.

A browser's own date field shows the order of its own language, and forgets what it cannot
read. These are fields of text; in a browser that can, a button opens its calendar.
"""

import re
from datetime import date, datetime, time
from typing import Any, ClassVar

from wtforms import Field
from wtforms.widgets import TextInput

from matchmaking.core.i18n import _l

_DAY = re.compile(
    r"(?P<day>\d{1,2})[/.\- ](?P<month>\d{1,2})[/.\- ](?P<year>\d{4})"
    r"|(?P<iso_year>\d{4})-(?P<iso_month>\d{1,2})-(?P<iso_day>\d{1,2})",
    re.ASCII,
)
_TIME = re.compile(r"(?P<hour>\d{1,2})(?:\s*[:.hg]\s*)?(?P<minute>\d{2})?", re.ASCII)


def day_written(text: str) -> date:
    """The day that was written; ValueError when there is none or no such day."""
    found = _DAY.fullmatch(text.strip())
    if found is None:
        raise ValueError(text)
    return _day(found)


def time_written(text: str) -> time:
    """The time of day that was written, 24 hours; ValueError when there is none."""
    found = _TIME.fullmatch(text.strip().lower())
    if found is None:
        raise ValueError(text)
    return time(int(found["hour"]), int(found["minute"] or 0))


def moment_written(text: str) -> datetime:
    """The day and the time that were written, in either order."""
    found = _DAY.search(text)
    if found is None:
        raise ValueError(text)
    rest = (text[: found.start()] + text[found.end() :]).strip(" ,T")
    return datetime.combine(_day(found), time_written(rest))


def _day(found: re.Match[str]) -> date:
    if found["iso_year"]:
        return date(int(found["iso_year"]), int(found["iso_month"]), int(found["iso_day"]))
    return date(int(found["year"]), int(found["month"]), int(found["day"]))


class _WrittenField(Field):  # type: ignore[misc]
    """Text that is read by `read` and shown as `pattern`. Left empty it is None."""

    widget = TextInput()
    pattern: ClassVar[str]
    complaint: ClassVar[str]
    example: ClassVar[Any]
    attributes: ClassVar[dict[str, Any]] = {}

    def __init__(self, label: Any, rules: Any = (), **options: Any) -> None:
        options.setdefault("description", self.example)
        options["render_kw"] = {
            "autocomplete": "off",
            **self.attributes,
            **options.get("render_kw", {}),
        }
        super().__init__(label, rules, **options)

    def read(self, text: str) -> Any:
        raise NotImplementedError

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = None
        text = "".join(valuelist).strip()
        if not text:
            return
        try:
            self.data = self.read(text)
        except ValueError:
            raise ValueError(self.gettext(self.complaint)) from None

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return self.data.strftime(self.pattern) if self.data is not None else ""


_CALENDAR = {"data-module": "day", "data-pick": _l("Choose a day")}


class DayField(_WrittenField):
    """A day; `data` is a date."""

    pattern = "%d/%m/%Y"
    complaint = "Not a valid date value."
    example = _l("For example 24/03/2026")
    attributes: ClassVar[dict[str, Any]] = _CALENDAR

    def read(self, text: str) -> date:
        return day_written(text)


class TimeOfDayField(_WrittenField):
    """A time of day; `data` is a time."""

    pattern = "%H:%M"
    complaint = "Not a valid time value."
    example = _l("For example 08:30")

    def read(self, text: str) -> time:
        return time_written(text)


class MomentField(_WrittenField):
    """A day and a time; `data` is a datetime without a zone, for the form to place in one."""

    pattern = "%d/%m/%Y %H:%M"
    complaint = "Not a valid datetime value."
    example = _l("For example 24/03/2026 08:30")
    attributes: ClassVar[dict[str, Any]] = _CALENDAR

    def read(self, text: str) -> datetime:
        return moment_written(text)
