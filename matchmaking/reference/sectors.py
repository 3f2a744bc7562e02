"""The sector tree, two levels deep, and how near two sectors are to each other."""

from dataclasses import dataclass
from functools import cache
from itertools import product

from matchmaking.reference import files
from matchmaking.reference.labels import Labels
from matchmaking.reference.lookup import with_code

SAME = 1.0
SAME_PARENT = 0.3
UNRELATED = 0.0


@dataclass(frozen=True)
class Sector:
    code: str
    parent: str | None
    labels: Labels


@cache
def sectors() -> tuple[Sector, ...]:
    """Every sector, each parent just before its children."""
    return tuple(
        Sector(entry["code"], entry["parent"], Labels(**entry["labels"]))
        for entry in files.read("sectors")
    )


@cache
def sector(code: str) -> Sector:
    return with_code(code, sectors())


@cache
def sector_tree() -> dict[Sector, tuple[Sector, ...]]:
    """Each top sector with its children."""
    return {
        top: tuple(one for one in sectors() if one.parent == top.code)
        for top in sectors()
        if top.parent is None
    }


@cache
def sector_affinity(one: str, other: str) -> float:
    """How near two sectors are, from 0 to 1, the same in both directions.

    A parent covers its children: it is as near as the nearest of them.
    """
    return max(_leaf_affinity(a, b) for a, b in product(_leaves(one), _leaves(other)))


def _leaf_affinity(one: str, other: str) -> float:
    if one == other:
        return SAME
    if listed := _listed_affinities().get(frozenset((one, other))):
        return listed
    return SAME_PARENT if sector(one).parent == sector(other).parent else UNRELATED


def _leaves(code: str) -> tuple[str, ...]:
    children = tuple(child.code for child in sector_tree().get(sector(code), ()))
    return children or (code,)


@cache
def _listed_affinities() -> dict[frozenset[str], float]:
    return {frozenset((a, b)): affinity for a, b, affinity in files.read("sector_affinities")}
