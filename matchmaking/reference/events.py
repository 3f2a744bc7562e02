"""Kinds of event, the modules they are made of, kinds of agenda session."""

from dataclasses import dataclass
from functools import cache

from matchmaking.reference import files
from matchmaking.reference.choices import Choice
from matchmaking.reference.labels import Labels
from matchmaking.reference.lookup import with_code


@dataclass(frozen=True)
class EventType:
    """A kind of event, with the modules it usually has and how many days it usually takes."""

    code: str
    labels: Labels
    modules: tuple[str, ...]
    shortest_days: float
    longest_days: float


@cache
def event_types() -> tuple[EventType, ...]:
    return tuple(
        EventType(entry["code"], Labels(**entry["labels"]), tuple(entry["modules"]), *entry["days"])
        for entry in files.read("event_types")
    )


@cache
def event_type(code: str) -> EventType:
    return with_code(code, event_types())


@cache
def event_modules() -> tuple[Choice, ...]:
    return tuple(map(Choice.from_json, files.read("event_modules")))


@cache
def session_types() -> tuple[Choice, ...]:
    return tuple(map(Choice.from_json, files.read("session_types")))


@cache
def session_type(code: str) -> Choice:
    return with_code(code, session_types())
