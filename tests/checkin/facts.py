"""Scans as plain facts, drawn so that they meet: few badges, few gates, close times."""

import json
import random
from dataclasses import asdict
from pathlib import Path
from typing import Any

from matchmaking.checkin.verdicts import EntryRule, Fact, inside, verdicts

CASES = 60
VECTORS = Path(__file__).with_name("verdict-vectors.json")
ZONES = {"": EntryRule.VENUE, "R": EntryRule.ROOM, "M": EntryRule.MANY, "D": EntryRule.DAILY,
         "O": EntryRule.ONCE}  # fmt: skip
REASONS = [None, None, None, None, None, "revoked", "cancelled", "wrong_gate"]


def random_fact(number: int, dice: random.Random, earlier: list[Fact]) -> Fact:
    zone = dice.choice(["", "", "", *ZONES])
    is_void = bool(earlier) and dice.random() < 0.12
    at = dice.randrange(12)
    return Fact(
        id=f"s{number:02}",
        at=at,
        device=dice.choice(["", "g1", "g2", "g3"]) if is_void else dice.choice(["g1", "g2", "g3"]),
        sequence=number,
        holder=dice.choice(["an", "an", "binh", ""]),
        direction="void" if is_void else dice.choice(["entry", "entry", "entry", "exit"]),
        zone=zone,
        rule=ZONES[zone].value,
        day=f"d{at // 6}",
        reason=None if is_void else dice.choice(REASONS),
        is_green=dice.choice([True, False, None]),
        is_held=dice.random() < 0.1,
        voids=dice.choice(earlier).id if is_void else None,
    )


def random_facts(seed: int) -> list[Fact]:
    dice = random.Random(seed)
    facts: list[Fact] = []
    for number in range(dice.randrange(1, 16)):
        facts.append(random_fact(number, dice, facts))
    return facts


def vector(facts: list[Fact]) -> dict[str, Any]:
    """One case as both languages read it."""
    return {
        "facts": [asdict(fact) for fact in facts],
        "outcomes": {scan: asdict(outcome) for scan, outcome in verdicts(facts).items()},
        "inside": {f"{holder} {zone}": scan for (holder, zone), scan in inside(facts).items()},
    }


def all_vectors() -> str:
    """The text of the file of cases, one a line."""
    lines = (json.dumps(vector(random_facts(seed))) for seed in range(CASES))
    return "[\n" + ",\n".join(lines) + "\n]\n"


if __name__ == "__main__":
    VECTORS.write_text(all_vectors())
