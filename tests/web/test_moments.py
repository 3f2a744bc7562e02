from datetime import date, datetime, time

import pytest
from flask import Flask
from wtforms.validators import InputRequired

from matchmaking.web.forms import BaseForm
from matchmaking.web.moments import (
    DayField,
    MomentField,
    TimeOfDayField,
    day_written,
    moment_written,
    time_written,
)


class SessionForm(BaseForm):
    day = DayField("Day", [InputRequired()])
    starts_at = TimeOfDayField("Starts at")
    opens_at = MomentField("Opens at")


def filled(app: Flask, **typed: str) -> SessionForm:
    english = {"Accept-Language": "en"}
    with app.test_request_context("/", method="POST", data=typed, headers=english):
        form = SessionForm(meta={"csrf": False})
        form.validate()
        return form


@pytest.mark.parametrize(
    "text", ["24/03/2026", "24/3/2026", "24-3-2026", "24.03.2026", " 24 3 2026 ", "2026-03-24"]
)
def test_a_day_is_read_as_people_write_it(text: str):
    assert day_written(text) == date(2026, 3, 24)


@pytest.mark.parametrize("text", ["08:30", "8:30", "8h30", "8H30", "8g30", "0830", "8.30"])
def test_a_time_is_read_as_people_write_it(text: str):
    assert time_written(text) == time(8, 30)


def test_a_whole_hour_needs_no_minutes():
    assert [time_written(text) for text in ("14h", "14", "9")] == [time(14), time(14), time(9)]


@pytest.mark.parametrize(
    "text", ["24/03/2026 08:30", "08:30, 24/03/2026", "24/3/2026 8h30", "2026-03-24T08:30"]
)
def test_a_moment_is_read_in_either_order(text: str):
    assert moment_written(text) == datetime.combine(date(2026, 3, 24), time(8, 30))


@pytest.mark.parametrize("text", ["31/02/2026", "24/03/26", "mai", "24/13/2026", "٢٤/٠٣/٢٠٢٦"])
def test_what_is_no_day_is_refused_beside_its_field_and_kept(bare_app, text: str):
    form = filled(bare_app, day=text)
    assert form.day.errors == ["Write a day that exists, like 24/03/2026."]
    assert form.day.data is None
    assert form.day._value() == text


@pytest.mark.parametrize("text", ["24:00", "8:75", "sáng", "8:3"])
def test_what_is_no_time_is_refused(bare_app, text: str):
    form = filled(bare_app, day="24/03/2026", starts_at=text)
    assert form.errors == {"starts_at": ["Write a time like 08:30."]}


def test_a_moment_needs_both_its_day_and_its_time(bare_app):
    form = filled(bare_app, day="24/03/2026", opens_at="24/03/2026")
    assert form.errors == {"opens_at": ["Write a day and a time that exist."]}


def test_what_may_be_empty_is_none_and_what_may_not_is_asked_for(bare_app):
    form = filled(bare_app, day="", starts_at="")
    assert form.starts_at.data is None
    assert form.errors == {"day": ["Please fill this in."]}


def test_what_is_kept_is_shown_as_people_write_it(bare_app):
    with bare_app.test_request_context("/"):
        form = SessionForm(
            day=date(2026, 3, 4),
            starts_at=time(8, 5),
            opens_at=datetime.combine(date(2026, 3, 4), time(18)),
        )
        shown = [form.day._value(), form.starts_at._value(), form.opens_at._value()]
    assert shown == ["04/03/2026", "08:05", "04/03/2026 18:00"]
