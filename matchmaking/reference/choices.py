"""Named things with a code, and the short lists a form offers."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from matchmaking.reference import files
from matchmaking.reference.labels import Labels
from matchmaking.reference.lookup import with_code


@dataclass(frozen=True)
class Choice:
    code: str
    labels: Labels

    @classmethod
    def from_json(cls, entry: dict[str, Any]) -> "Choice":
        return cls(entry["code"], Labels(**entry["labels"]))


@cache
def choices(name: str) -> tuple[Choice, ...]:
    """A list by its name in `choices.json`: honorifics, employee_bands, diets, …"""
    return tuple(map(Choice.from_json, files.read("choices")[name]))


def choice(name: str, code: str) -> Choice:
    return with_code(code, choices(name))
