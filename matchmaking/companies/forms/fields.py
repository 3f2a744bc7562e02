"""Fields and lists the forms of companies are made of."""

from collections.abc import Iterable
from typing import Any

from wtforms import SelectMultipleField
from wtforms.fields.choices import SelectChoice
from wtforms.widgets import CheckboxInput, ListWidget

from matchmaking import reference
from matchmaking.companies.services.profile import whole_address
from matchmaking.core.i18n import current_language
from matchmaking.core.text import sort_key
from matchmaking.web.forms import one_line

USUAL_LANGUAGES = ("vi", "en", "ko", "ja", "zh")


def options(pairs: Iterable[tuple[str, Any]]) -> list[SelectChoice]:
    """Pairs of value and label as a field's choices."""
    return [SelectChoice(value, label) for value, label in pairs]


class Boxes(SelectMultipleField):  # type: ignore[misc]
    """Several of a list, each a box to tick."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class SectorBoxes(Boxes):
    """The sector tree, each branch with its sectors."""

    @property
    def branches(self) -> list[tuple[Any, list[Any]]]:
        grouped: list[tuple[Any, list[Any]]] = []
        for option in self:
            if reference.sector(option.data).parent is None:
                grouped.append((option, []))
            else:
                grouped[-1][1].append(option)
        return grouped


class LanguageBoxes(Boxes):
    """Languages: the usual ones at hand, the others to unfold."""

    @property
    def usual(self) -> list[Any]:
        return [option for option in self if option.data in USUAL_LANGUAGES]

    @property
    def others(self) -> list[Any]:
        return [option for option in self if option.data not in USUAL_LANGUAGES]


def address(text: str | None) -> str:
    return whole_address(one_line(text))


def by_label(things: Iterable[reference.Choice | reference.Province]) -> list[tuple[str, str]]:
    named = [(one.code, one.labels.in_(current_language())) for one in things]
    return sorted(named, key=lambda pair: sort_key(pair[1]))


def employee_bands() -> list[tuple[str, str]]:
    bands = reference.choices("employee_bands")
    return [(one.code, one.labels.in_(current_language())) for one in bands]


def language_choices() -> list[tuple[str, str]]:
    """The usual ones first, each with its own name for itself."""
    spoken = sorted(
        reference.languages(),
        key=lambda one: (
            USUAL_LANGUAGES.index(one.code) if one.code in USUAL_LANGUAGES else 99,
            sort_key(one.labels.in_(current_language())),
        ),
    )
    return [(one.code, _with_native(one)) for one in spoken]


def _with_native(one: reference.Language) -> str:
    name = one.labels.in_(current_language())
    return name if name == one.native else f"{name} ({one.native})"
