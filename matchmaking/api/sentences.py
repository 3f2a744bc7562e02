"""What is wrong with what was sent, in the reader's language; a sentence for each kind of mistake."""

from typing import Any

from pydantic_core import ErrorDetails

from matchmaking.core.i18n import _l

_WITH_VALUES: dict[str, Any] = {
    "literal_error": _l("This should be one of %(expected)s."),
    "enum": _l("This should be one of %(expected)s."),
    "string_too_long": _l("Shorten this to %(max_length)s letters or fewer."),
    "too_long": _l("Send %(max_length)s at most."),
    "too_short": _l("Send at least %(min_length)s."),
    "greater_than_equal": _l("This should be %(ge)s or more."),
    "less_than_equal": _l("This should be %(le)s or less."),
    "value_error": "%(error)s",
}
_PLAIN: dict[str, Any] = {
    "string_pattern_mismatch": _l("This is empty, or not written as it should be."),
    "missing": _l("This is required."),
    "extra_forbidden": _l("Nothing of this name is known here."),
    "string": _l("This should be text."),
    "int": _l("This should be a whole number."),
    "float": _l("This should be a number."),
    "bool": _l("This should be true or false."),
    "list": _l("This should be a list."),
    "frozen_set": _l("This should be a list."),
    "dict": _l("This should be an object."),
    "model": _l("This should be an object."),
    "uuid": _l("This should be an id."),
    "datetime": _l("This should be a moment with its offset, like 2026-11-21T02:00:00Z."),
    "timezone": _l("This should be a moment with its offset, like 2026-11-21T02:00:00Z."),
}


_UNKNOWN_CODE = _l("This is not one of the codes the documentation lists.")
LONGEST_LIST = 200


def sentence(mistake: ErrorDetails) -> str:
    kind = mistake["type"]
    if kind == "literal_error" and len(mistake["ctx"]["expected"]) > LONGEST_LIST:
        return str(_UNKNOWN_CODE)
    if kind in _WITH_VALUES:
        return str(_WITH_VALUES[kind]) % _values(mistake)
    family = next((name for name in _PLAIN if kind.startswith(name)), "")
    return str(_PLAIN.get(family, _l("This is not what is expected here.")))


def _values(mistake: ErrorDetails) -> dict[str, Any]:
    """Choices come listed in English, "'a' or 'b'"; a comma is read in any language."""
    values = dict(mistake.get("ctx", {}))
    if "expected" in values:
        values["expected"] = values["expected"].replace("' or '", "', '")
    return values
