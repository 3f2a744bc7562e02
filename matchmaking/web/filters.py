"""What templates may do to a value: show it in the reader's language and the event's zone."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from flask import Flask
from flask_babel import format_decimal

from matchmaking.core.bilingual import Bilingual
from matchmaking.core.i18n import _, current_language
from matchmaking.core.text import brief_name

WEEKDAYS = (
    lambda: _("Monday"),
    lambda: _("Tuesday"),
    lambda: _("Wednesday"),
    lambda: _("Thursday"),
    lambda: _("Friday"),
    lambda: _("Saturday"),
    lambda: _("Sunday"),
)


def local(text: Bilingual | None) -> str:
    """A bilingual text in the reader's language."""
    return text.in_(current_language()) if text else ""


def day(value: date) -> str:
    """24/03/2022"""
    return value.strftime("%d/%m/%Y")


def long_day(value: date) -> str:
    """Thứ Năm, 24/03/2022"""
    return f"{WEEKDAYS[value.weekday()]()}, {day(value)}"


def clock_time(moment: datetime, zone: ZoneInfo) -> str:
    """08:30, in the zone given."""
    return moment.astimezone(zone).strftime("%H:%M")


def moment(value: datetime, zone: ZoneInfo) -> str:
    """08:30, 24/03/2022, in the zone given."""
    return value.astimezone(zone).strftime("%H:%M, %d/%m/%Y")


def day_in(value: datetime, zone: ZoneInfo) -> date:
    """The day on which a moment falls in the zone given."""
    return value.astimezone(zone).date()


def number(value: int | float) -> str:
    """1.234 in Vietnamese, 1,234 in English."""
    return str(format_decimal(value))


def init_app(app: Flask) -> None:
    app.jinja_env.filters.update(
        local=local,
        brief=brief_name,
        day=day,
        long_day=long_day,
        clock=clock_time,
        moment=moment,
        day_in=day_in,
        number=number,
    )
