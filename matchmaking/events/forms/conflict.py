"""Two people edited one thing: both versions, field by field."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from wtforms import Field, SelectField, SelectMultipleField

from matchmaking.core.i18n import _
from matchmaking.web.forms import BaseForm


@dataclass(frozen=True)
class Difference:
    label: str
    theirs: str
    mine: str


def differences(form: BaseForm, stored: Mapping[str, Any]) -> list[Difference]:
    """The fields in which what was typed is not what is stored now, both in words.

    The form then stands on the stored version: sent again, it replaces it.
    """
    form.version.data = stored["version"]
    return [
        Difference(field.label.text, _words(field, stored[name]), _words(field, field.data))
        for name, field in form._fields.items()
        if name in stored and name != "version" and stored[name] != field.data
    ]


def _words(field: Field, value: Any) -> str:
    if value in (None, "", []):
        return str(_("(empty)"))
    if isinstance(field, SelectField | SelectMultipleField):
        names = _names(field)
        return ", ".join(names.get(one, str(one)) for one in _listed(value))
    if isinstance(value, bool):
        return str(_("yes") if value else _("no"))
    if isinstance(value, list):
        return ", ".join(speaker["full_name"] for speaker in value if speaker["full_name"])
    return _written(value)


def _written(value: Any) -> str:
    """A moment, a day or a time as it is typed; any other value as it is."""
    for kind, pattern in ((datetime, "%H:%M, %d/%m/%Y"), (date, "%d/%m/%Y"), (time, "%H:%M")):
        if isinstance(value, kind):
            return value.strftime(pattern)
    return str(value)


def _names(field: Any) -> dict[Any, str]:
    """The label of each value a select offers, in groups or not."""
    groups = field.choices.values() if isinstance(field.choices, dict) else [field.choices]
    return {value: str(label) for group in groups for value, label in group}


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
