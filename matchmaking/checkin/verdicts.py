"""What every scan comes to: a pure function of the set of scans, in whatever order they came.

The specification of the check-in. Nothing here reads a clock or a database, and
`static/js/gate/verdicts.js` says the same in the browser; both are held to one list of cases.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class EntryRule(StrEnum):
    """How often a badge is admitted at a gate.

    VENUE: once while inside the event, whichever gate; ROOM: once while inside this gate's own
    room; MANY: every time; DAILY: once a day; ONCE: once for all.
    """

    VENUE = "venue"
    ROOM = "room"
    MANY = "many"
    DAILY = "daily"
    ONCE = "once"


class Result(StrEnum):
    ADMITTED = "admitted"
    DUPLICATE = "duplicate"
    REFUSED = "refused"
    HELD = "held"
    VOIDED = "voided"


@dataclass(frozen=True)
class Fact:
    """One scan. `at` is its effective time in milliseconds; `holder` whose badge, empty: nobody's.

    `zone` is what the badge opens (empty: the event itself), `day` the local day there. `reason`
    says why it is refused whatever else was scanned. `is_green`: the volunteer was shown an
    admission; None when the device did not say. `voids` is the scan that a void takes back.
    """

    id: str
    at: int
    device: str
    sequence: int = 0
    holder: str = ""
    direction: str = "entry"
    zone: str = ""
    rule: str = EntryRule.VENUE
    day: str = ""
    reason: str | None = None
    is_green: bool | None = None
    is_held: bool = False
    voids: str | None = None

    @property
    def order(self) -> tuple[int, str, int, str]:
        """Within a device nothing changes places: its times never fall, its sequence rises."""
        return (self.at, self.device, self.sequence, self.id)


@dataclass(frozen=True)
class Outcome:
    """`first` is the scan a duplicate repeats; a conflict is a green that another scan contradicts."""

    result: Result
    reason: str | None = None
    first: str | None = None
    is_conflict: bool = False


@dataclass
class _Door:
    """One badge at one zone, while the scans are gone through in order."""

    inside: Fact | None = None
    left: Fact | None = None
    used: dict[str, Fact] = field(default_factory=dict)


Doors = Mapping[tuple[str, str], _Door]


def effective_at(scanned_at: int, *, synced_at: int | None, received_at: int) -> int:
    """The device's corrected time, never before its last sync nor after it reached the server.

    All in milliseconds; `synced_at` is the last sync before the scan, None when there was none.
    """
    return min(max(scanned_at, synced_at or scanned_at), received_at)


def verdicts(facts: Iterable[Fact]) -> dict[str, Outcome]:
    """The outcome of each scan by its id. The same set gives the same outcomes."""
    return _gone_through(facts)[0]


def inside(facts: Iterable[Fact]) -> dict[tuple[str, str], str]:
    """Who is in which zone now, and by which scan: {(holder, zone): scan id}."""
    doors = _gone_through(facts)[1]
    return {place: door.inside.id for place, door in doors.items() if door.inside}


def _gone_through(facts: Iterable[Fact]) -> tuple[dict[str, Outcome], Doors]:
    by_id = {fact.id: fact for fact in facts}
    voided = _voided(by_id)
    doors: dict[tuple[str, str], _Door] = defaultdict(_Door)
    outcomes = {}
    for fact in sorted(by_id.values(), key=lambda fact: fact.order):
        if fact.id in voided:
            outcomes[fact.id] = Outcome(Result.VOIDED)
        else:
            outcomes[fact.id] = _outcome(fact, doors)
    return outcomes, doors


def _voided(by_id: Mapping[str, Fact]) -> set[str]:
    """A device takes back its own scans; the organizer's voids name no device and reach all."""
    voids = (fact for fact in by_id.values() if fact.direction == "void" and not fact.is_held)
    return {fact.voids for fact in voids if fact.voids and _reaches(fact, by_id.get(fact.voids))}


def _reaches(void: Fact, target: Fact | None) -> bool:
    if target is None or target.direction == "void":
        return False
    return void.device in ("", target.device)


def _outcome(fact: Fact, doors: dict[tuple[str, str], _Door]) -> Outcome:
    if fact.is_held:
        return Outcome(Result.HELD)
    if fact.direction == "void":
        return Outcome(Result.ADMITTED)
    if fact.reason or not fact.holder:
        return Outcome(Result.REFUSED, fact.reason or "unknown", is_conflict=fact.is_green is True)
    door = doors[fact.holder, fact.zone]
    return _exit(fact, door) if fact.direction == "exit" else _entry(fact, door)


def _entry(fact: Fact, door: _Door) -> Outcome:
    first = _admitted_before(fact, door)
    if first:
        is_conflict = fact.is_green is not False and first.device != fact.device
        return Outcome(Result.DUPLICATE, first=first.id, is_conflict=is_conflict)
    if fact.rule in (EntryRule.VENUE, EntryRule.ROOM):
        door.inside = fact
    door.used[_turn(fact)] = fact
    return Outcome(Result.ADMITTED)


def _admitted_before(fact: Fact, door: _Door) -> Fact | None:
    if fact.rule == EntryRule.MANY:
        return None
    if fact.rule in (EntryRule.VENUE, EntryRule.ROOM):
        return door.inside
    return door.used.get(_turn(fact))


def _turn(fact: Fact) -> str:
    """What is used up by an admission: the day's turn, or the only one."""
    return fact.day if fact.rule == EntryRule.DAILY else ""


def _exit(fact: Fact, door: _Door) -> Outcome:
    if door.inside is None:
        return Outcome(Result.DUPLICATE, first=door.left.id if door.left else None)
    door.inside, door.left = None, fact
    return Outcome(Result.ADMITTED)
