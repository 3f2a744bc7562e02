"""Badge types and the zones they open."""

from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from matchmaking.reference import files
from matchmaking.reference.choices import Choice
from matchmaking.reference.labels import Labels
from matchmaking.reference.lookup import with_code


class SecurityList(StrEnum):
    """Whether delegates with this badge are named to the security unit."""

    ALWAYS = "always"
    IF_LEADERS = "if_leaders"
    NEVER = "never"


@dataclass(frozen=True)
class BadgeType:
    code: str
    labels: Labels
    colour: str
    zones: tuple[str, ...]
    is_vip: bool
    photo_required: bool
    security_list: SecurityList


@cache
def badge_types() -> tuple[BadgeType, ...]:
    return tuple(
        BadgeType(
            code=entry["code"],
            labels=Labels(**entry["labels"]),
            colour=entry["colour"],
            zones=tuple(entry["zones"]),
            is_vip=entry["is_vip"],
            photo_required=entry["photo_required"],
            security_list=SecurityList(entry["security_list"]),
        )
        for entry in files.read("badge_types")
    )


@cache
def badge_type(code: str) -> BadgeType:
    return with_code(code, badge_types())


@cache
def zone(code: str) -> Choice:
    return with_code(code, map(Choice.from_json, files.read("zones")))
