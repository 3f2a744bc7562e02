"""Fields that several forms about delegates share."""

from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

from markupsafe import Markup, escape
from wtforms import Field, SelectField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Optional
from wtforms.widgets import Select

from matchmaking.core.i18n import _l, current_language
from matchmaking.core.text import sort_key
from matchmaking.reference import choices, countries
from matchmaking.registration import person
from matchmaking.web.forms import TextField, html_params

LONGEST_EMAIL = 254


class NameField(TextField):
    """A name as it will stand on a badge."""

    def __init__(self, label: Any, *rules: Any, **options: Any) -> None:
        required = InputRequired(_l("Write the name as it should stand on the badge."))
        super().__init__(label, required, *rules, _checked(person.full_name), most=5000, **options)


class EmailField(TextField):
    """An address a mail can go to."""

    def __init__(self, label: Any, *rules: Any, **options: Any) -> None:
        required = InputRequired(_l("Write an e-mail address: the badge is sent there."))
        checked = _checked(person.email_address)
        super().__init__(label, required, *rules, checked, most=LONGEST_EMAIL, **options)

    def may_be_empty(self) -> None:
        """For who was registered at the gate without one."""
        self.validators: list[Any] = [Optional(), _checked(person.email_address)]
        self.flags.required = False


class PhoneField(TextField):
    """A telephone number, Vietnamese unless it starts with + or fits `country`."""

    country = person.HOME

    def __init__(self, label: Any, *rules: Any, **options: Any) -> None:
        super().__init__(label, *rules, most=40, **options)

    def post_validate(self, form: Any, validation_stopped: bool) -> None:
        country = form.country.data if "country" in form else self.country
        if not validation_stopped:
            _check(person.phone_number, self.data, country or person.HOME)


class CountrySelect(Select):  # type: ignore[misc]
    """Hundreds of options, drawn once for each language and not anew on every page."""

    def __call__(self, field: Field, **attributes: Any) -> Markup:
        attributes.setdefault("id", field.id)
        attributes.setdefault("required", bool(field.flags.required))
        plain = f'<option value="{escape(field.data)}">'
        chosen = plain.replace("<option", "<option selected")
        options = _country_options(current_language()).replace(plain, chosen)
        frame = html_params(name=field.name, **attributes)
        return Markup(f"<select {frame}>{options}</select>")  # noqa: S704  (each part is escaped)


class CountryField(SelectField):  # type: ignore[misc]
    """Viet Nam first, the others in the order of the reader's language."""

    widget = CountrySelect()

    def __init__(self, label: Any, *rules: Any, **options: Any) -> None:
        super().__init__(label, list(rules), choices=country_choices, **options)

    def pre_validate(self, form: Any) -> None:
        if self.data not in _country_codes():
            super().pre_validate(form)  # finds the words for refusing it


class ReferenceField(SelectField):  # type: ignore[misc]
    """One of a list of the reference data, or nothing."""

    def __init__(self, label: Any, *rules: Any, name_of_list: str, **options: Any) -> None:
        def offered() -> list[SelectChoice]:
            return [SelectChoice("", ""), *reference_choices(name_of_list)]

        options.setdefault("default", "")
        super().__init__(label, list(rules), choices=offered, **options)


def country_choices() -> list[SelectChoice]:
    return choices_of(_countries_in(current_language()))


@cache
def _countries_in(language: str) -> list[tuple[str, str]]:
    named = [(country.code, country.labels.in_(language)) for country in countries()]
    return sorted(named, key=lambda pair: (pair[0] != person.HOME, sort_key(pair[1])))


@cache
def _country_options(language: str) -> str:
    drawn = Markup('<option value="{}">{}</option>')
    return "".join(drawn.format(code, name) for code, name in _countries_in(language))


@cache
def _country_codes() -> frozenset[str]:
    return frozenset(country.code for country in countries())


def reference_choices(name: str) -> list[SelectChoice]:
    reader = current_language()
    return choices_of((one.code, one.labels.in_(reader)) for one in choices(name))


def choices_of(pairs: Iterable[tuple[str, Any]]) -> list[SelectChoice]:
    """(value, label) pairs as what a field of WTForms takes."""
    return [SelectChoice(value, label) for value, label in pairs]


def _checked(rule: Callable[[str], str]) -> Callable[[Any, Field], None]:
    def check(_form: Any, field: Field) -> None:
        _check(rule, field.data)

    return check


def _check(rule: Callable[..., str], *values: str) -> None:
    try:
        rule(*values)
    except person.BadDetail as refusal:
        raise ValidationError(str(refusal)) from None
