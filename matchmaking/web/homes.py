"""Where people go who signed in without being on the way anywhere: each feature knows its own."""

from collections.abc import Callable
from typing import Any

Home = Callable[[Any], str | None]
_homes: dict[str, tuple[int, Home]] = {}


def home(order: int) -> Callable[[Home], Home]:
    """Declare a function from a user to the path of their home, or None if it is not here."""

    def declare(find: Home) -> Home:
        _homes[f"{find.__module__}.{find.__qualname__}"] = (order, find)
        return find

    return declare


def home_of(user: Any) -> str | None:
    """The first home that is the user's, in order."""
    ordered = sorted(_homes.values(), key=lambda entry: entry[0])
    found = (find(user) for _, find in ordered)
    return next((path for path in found if path), None)
