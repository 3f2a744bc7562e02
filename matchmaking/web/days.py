"""Days in words, as they stand on an invitation."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from babel.dates import get_timezone_name
from flask import Flask
from flask_babel import format_date, get_locale

from matchmaking.core.i18n import _
from matchmaking.web.filters import WEEKDAYS


def day_in_words(day: date) -> str:
    """Thursday 24 March 2022 · Thứ Năm, ngày 24 tháng 3 năm 2022"""
    sentence = _(
        "%(weekday)s %(day)s %(month)s %(year)s",
        weekday=WEEKDAYS[day.weekday()](),
        day=day.day,
        month=format_date(day, "MMMM"),
        year=day.year,
    )
    return str(sentence)


def days_in_words(first: date, last: date) -> str:
    """Thursday 24 to Saturday 26 March 2022"""
    if first == last:
        return day_in_words(first)
    if (first.year, first.month) != (last.year, last.month):
        return str(_("%(first)s to %(last)s", first=day_in_words(first), last=day_in_words(last)))
    weekday = WEEKDAYS[first.weekday()]()
    sentence = _(
        "%(weekday)s %(day)s to %(last)s",
        weekday=weekday,
        day=first.day,
        last=day_in_words(last),
    )
    return str(sentence)


def zone_in_words(zone: ZoneInfo, moment: datetime) -> str:
    """Indochina Time, UTC+7"""
    offset = moment.astimezone(zone).strftime("%z")
    hours, minutes = int(offset[:3]), offset[3:]
    shown = f"UTC{hours:+d}" + (f":{minutes}" if minutes != "00" else "")
    return f"{get_timezone_name(zone, locale=get_locale())}, {shown}"


def init_app(app: Flask) -> None:
    app.jinja_env.globals.update(days_in_words=days_in_words)
    app.jinja_env.filters.update(day_in_words=day_in_words)
