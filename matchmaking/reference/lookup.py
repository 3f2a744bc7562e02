"""Finding a thing by its code."""

from collections.abc import Iterable
from typing import Protocol, TypeVar


class Coded(Protocol):
    @property
    def code(self) -> str: ...


Thing = TypeVar("Thing", bound=Coded)


def with_code(code: str, things: Iterable[Thing]) -> Thing:
    """Raises KeyError when there is none."""
    for thing in things:
        if thing.code == code:
            return thing
    raise KeyError(code)
