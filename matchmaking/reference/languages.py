"""Languages people speak at a table or read an agenda in."""

from dataclasses import dataclass
from functools import cache

from matchmaking.reference import files
from matchmaking.reference.labels import Labels
from matchmaking.reference.lookup import with_code


@dataclass(frozen=True)
class Language:
    code: str
    labels: Labels
    native: str


@cache
def languages() -> tuple[Language, ...]:
    return tuple(
        Language(entry["code"], Labels(**entry["labels"]), entry["native"])
        for entry in files.read("languages")
    )


@cache
def language(code: str) -> Language:
    return with_code(code, languages())
