"""Countries and territories, and the provinces of Viet Nam since July 2025."""

from dataclasses import dataclass
from functools import cache

from matchmaking.reference import files
from matchmaking.reference.choices import Choice
from matchmaking.reference.labels import Labels
from matchmaking.reference.lookup import with_code


@dataclass(frozen=True)
class FormerProvince:
    """One of the 63 before the merger. Its code may today be that of another province."""

    code: str
    labels: Labels


@dataclass(frozen=True)
class Province:
    """One of the 34, and the former ones it was made of (itself, where it was not merged)."""

    code: str
    labels: Labels
    official_name: Labels
    former: tuple[FormerProvince, ...]
    aliases: tuple[str, ...]

    @property
    def search_names(self) -> tuple[str, ...]:
        """Every name people may type for it, former provinces included."""
        names = [self.labels, self.official_name, *(one.labels for one in self.former)]
        spellings = [spelling for name in names for spelling in (name.vi, name.en)]
        return tuple(dict.fromkeys((*spellings, *self.aliases)))


@cache
def provinces() -> tuple[Province, ...]:
    return tuple(
        Province(
            code=entry["code"],
            labels=Labels(**entry["labels"]),
            official_name=Labels(**entry["official_name"]),
            former=tuple(
                FormerProvince(one["code"], Labels(**one["labels"])) for one in entry["former"]
            ),
            aliases=tuple(entry["aliases"]),
        )
        for entry in files.read("provinces")
    )


@cache
def province(code: str) -> Province:
    return with_code(code, provinces())


@cache
def countries() -> tuple[Choice, ...]:
    """By ISO 3166 code; a page sorts them in its reader's language."""
    return tuple(map(Choice.from_json, files.read("countries")))


@cache
def country(code: str) -> Choice:
    return with_code(code, countries())
