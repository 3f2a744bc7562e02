import pytest
from flask import Flask
from markupsafe import Markup
from wtforms import DateField, IntegerField
from wtforms.validators import InputRequired, NumberRange
from wtforms.widgets import html_params as library_params

from matchmaking.web.forms import BaseForm, TextField, html_params


class SeatsForm(BaseForm):
    name = TextField("Name", InputRequired(), most=5)
    seats = IntegerField("Seats", [NumberRange(min=1)])
    starts_on = DateField("First day")


def errors_in(app: Flask, language: str, **typed: str) -> dict[str, list[str]]:
    headers = {"Accept-Language": language}
    with app.test_request_context("/", method="POST", data=typed, headers=headers):
        form = SeatsForm(meta={"csrf": False})
        form.validate()
        return {name: [str(error) for error in errors] for name, errors in form.errors.items()}


def test_wrong_input_is_answered_in_english(bare_app):
    assert errors_in(bare_app, "en", name="", seats="0", starts_on="31/02/2026") == {
        "name": ["Please fill this in."],
        "seats": ["Write 1 or more."],
        "starts_on": ["Write a day that exists, like 24/03/2026."],
    }


def test_wrong_input_is_answered_in_vietnamese(bare_app):
    assert errors_in(bare_app, "vi", name="Nguyễn", seats="mười", starts_on="") == {
        "name": ["Rút gọn còn tối đa 5 ký tự."],
        "seats": ["Vui lòng nhập một số nguyên.", "Vui lòng nhập số từ 1 trở lên."],
        "starts_on": ["Vui lòng nhập ngày có thật, ví dụ 24/03/2026."],
    }


@pytest.mark.parametrize(
    "values",
    [
        {"class_": "a b", "id": "x", "required": True, "hidden": False, "data_most": 200},
        {"value": '"><script>', "aria_label": "Tên & họ", "title": Markup('<b>"</b>')},
        {"value": None, "name": "it's", "maxlength": 3},
    ],
)
def test_attributes_of_a_control_are_what_the_library_would_write(values):
    assert html_params(**values) == library_params(**values)
