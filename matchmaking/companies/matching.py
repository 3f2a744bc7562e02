"""How well two companies fit, and why. Pure: it sees only the values given.

What one seeks is held against what the other offers, in both directions. A direction
is worth the best pair of sectors, and a little more the more of the sought sectors
are found. The score is the same from either side: 0.65 of the better direction, 0.25
of the other (so mutual fit is above one-way), and up to 0.10 for what helps two people
at a table: a language both speak, a sector the event puts first, the same province.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from matchmaking.reference import sector_affinity

BETTER_WAY, OTHER_WAY = 0.65, 0.25
BEST_PAIR, BREADTH = 0.85, 0.15
SHARED_LANGUAGE, PRIORITY_SECTOR, SAME_PROVINCE = 0.05, 0.03, 0.02

Key = TypeVar("Key")


@dataclass(frozen=True)
class Party(Generic[Key]):
    """What matters of a company here. Sectors and languages are codes, in a fixed order."""

    key: Key
    offering: tuple[str, ...] = ()
    seeking: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    province: str | None = None


@dataclass(frozen=True)
class Pair:
    """A sought sector and the offered one that comes nearest to it."""

    sought: str = ""
    offered: str = ""
    affinity: float = 0.0


@dataclass(frozen=True)
class Fit(Generic[Key]):
    """How well `key` fits the company asked about.

    `wanted`: what the company seeks and the other offers; `wanting`: what the other
    seeks and the company offers.
    """

    key: Key
    score: float
    wanted: Pair
    wanting: Pair
    languages: tuple[str, ...]
    province: str | None
    priority: str | None


@dataclass(frozen=True)
class _Way:
    """One direction: its best pair, and what it is worth."""

    best: Pair
    worth: float


def fits(
    company: Party[Key],
    others: Iterable[Party[Key]],
    *,
    priorities: Sequence[str] = (),
) -> list[Fit[Key]]:
    """Everyone who offers or seeks something near, best first; equals in the order given."""
    found = (_fit(company, other, priorities) for other in others)
    return sorted((fit for fit in found if fit), key=lambda fit: -fit.score)


def _fit(company: Party[Key], other: Party[Key], priorities: Sequence[str]) -> Fit[Key] | None:
    wanted = _way(company.seeking, other.offering)
    wanting = _way(other.seeking, company.offering)
    if not (wanted.worth or wanting.worth):
        return None
    languages = tuple(code for code in company.languages if code in other.languages)
    province = company.province if company.province == other.province else None
    priority = _priority((wanted.best, wanting.best), priorities)
    score = (
        BETTER_WAY * max(wanted.worth, wanting.worth)
        + OTHER_WAY * min(wanted.worth, wanting.worth)
        + SHARED_LANGUAGE * bool(languages)
        + PRIORITY_SECTOR * bool(priority)
        + SAME_PROVINCE * bool(province)
    )
    return Fit(
        key=other.key,
        score=round(score, 4),
        wanted=wanted.best,
        wanting=wanting.best,
        languages=languages,
        province=province,
        priority=priority,
    )


def _way(seeking: tuple[str, ...], offering: tuple[str, ...]) -> _Way:
    if not (seeking and offering):
        return _Way(Pair(), 0.0)
    nearest = [_nearest(sought, offering) for sought in seeking]
    best = max(nearest, key=lambda pair: pair.affinity)
    breadth = sum(pair.affinity for pair in nearest) / len(nearest)
    return _Way(best, BEST_PAIR * best.affinity + BREADTH * breadth)


def _nearest(sought: str, offering: tuple[str, ...]) -> Pair:
    offered = max(offering, key=lambda code: sector_affinity(sought, code))
    return Pair(sought, offered, sector_affinity(sought, offered))


def _priority(pairs: tuple[Pair, Pair], priorities: Sequence[str]) -> str | None:
    """A sector of a matching pair that the event puts first, or that lies under one."""
    for pair in pairs:
        for code in (pair.offered, pair.sought) if pair.affinity else ():
            if any(sector_affinity(code, first) == 1 for first in priorities):
                return code
    return None
