"""Fields that several forms about delegates share."""

from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any

from markupsafe import Markup
from wtforms import Field, SelectField, ValidationError
from wtforms.fields.choices import Choice, SelectChoice
from wtforms.validators import InputRequired, Optional
from wtforms.widgets import Select

from matchmaking.core.i18n import _l, current_language
from matchmaking.core.text import sort_key
from matchmaking.reference import choices, countries
from matchmaking.registration import person
from matchmaking.web.forms import TextField

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


class LongSelect(Select):  # type: ignore[misc]
    """For hundreds of options: each is drawn once, not anew on every page."""

    @classmethod
    def render_option(cls, choice: Choice, **_attributes: Any) -> Markup:
        return _option(choice.value, choice.label, is_selected=choice.selected)


@lru_cache(maxsize=2000)
def _option(value: str, label: str, *, is_selected: bool) -> Markup:
    selected = Markup(" selected") if is_selected else ""
    return Markup('<option{} value="{}">{}</option>').format(selected, value, label)


class CountryField(SelectField):  # type: ignore[misc]
    """Viet Nam first, the others in the order of the reader's language."""

    widget = LongSelect()

    def __init__(self, label: Any, *rules: Any, **options: Any) -> None:
        super().__init__(label, list(rules), choices=country_choices, **options)


class ReferenceField(SelectField):  # type: ignore[misc]
    """One of a list of the reference data, or nothing."""

    def __init__(self, label: Any, *rules: Any, name_of_list: str, **options: Any) -> None:
        def offered() -> list[SelectChoice]:
            return [SelectChoice("", ""), *reference_choices(name_of_list)]

        options.setdefault("default", "")
        super().__init__(label, list(rules), choices=offered, **options)


def country_choices() -> list[SelectChoice]:
    reader = current_language()
    named = [(country.code, country.labels.in_(reader)) for country in countries()]
    return choices_of(sorted(named, key=lambda pair: (pair[0] != person.HOME, sort_key(pair[1]))))


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
