"""Instances of the published benchmark, small and of every kind."""

import random
from collections.abc import Sequence
from pathlib import Path

from matchmaking.scheduling.b2bsop import Half, Instance


def make_instance(
    pairs: Sequence[tuple[int, int]] = ((0, 1),),
    *,
    companies: int | None = None,
    tables: int = 9,
    slots: int = 4,
    morning_slots: int | None = None,
    halves: dict[int, Half] | None = None,
    forbidden: dict[int, set[int]] | None = None,
    fixed: dict[int, int] | None = None,
    predecessors: dict[int, set[int]] | None = None,
) -> Instance:
    companies = companies or 1 + max(company for pair in pairs for company in pair)
    meetings = range(len(pairs))
    return Instance(
        name="instance",
        companies=companies,
        tables=tables,
        slots=slots,
        morning_slots=slots if morning_slots is None else morning_slots,
        pairs=tuple(pairs),
        halves=tuple((halves or {}).get(meeting, Half.ANY) for meeting in meetings),
        forbidden=tuple(frozenset((forbidden or {}).get(c, ())) for c in range(companies)),
        fixed=tuple((fixed or {}).get(meeting) for meeting in meetings),
        predecessors=tuple(frozenset((predecessors or {}).get(m, ())) for m in meetings),
    )


def random_instance(seed: int) -> Instance:
    """At most six meetings of at most five companies in at most six slots."""
    chance = random.Random(seed)
    companies, slots = chance.randint(2, 5), chance.randint(1, 6)
    everyone = range(companies)
    pairs = [tuple(chance.sample(everyone, 2)) for _ in range(chance.randint(1, 6))]
    meetings = range(len(pairs))
    few = [meeting for meeting in meetings if chance.random() < 0.2]
    return make_instance(
        pairs,
        companies=companies,
        tables=chance.randint(1, 3),
        slots=slots,
        morning_slots=chance.randint(0, slots),
        halves={meeting: chance.choice(list(Half)) for meeting in few},
        forbidden={c: {chance.randrange(slots)} for c in everyone if chance.random() < 0.3},
        fixed={m: chance.randrange(slots) for m in meetings if chance.random() < 0.1},
        predecessors={
            m: {chance.randrange(len(pairs))} for m in meetings if chance.random() < 0.15
        },
    )


def dzn(instance: Instance) -> str:
    """The instance as a published file states it."""
    rows = [
        f"|{a + 1}, {b + 1},{int(half)}, "
        for (a, b), half in zip(instance.pairs, instance.halves, strict=True)
    ]
    meetings = [{1, *(m + 2 for m in own)} for own in instance.meetings_of]
    counts = [len(own) for own in instance.meetings_of]
    fixed = [0 if slot is None else slot + 1 for slot in instance.fixed]
    return "\n".join(
        (
            f"nBusiness = {instance.companies};",
            f"nMeetings = {len(instance.pairs)};",
            f"nTables = {instance.tables};",
            f"nTotalSlots = {instance.slots};",
            f"nMorningSlots = {instance.morning_slots};",
            "",
            "requested = [" + "\n".join(rows) + "\n|];",
            f"meetingsxBusiness = {_sets(meetings)};",
            f"nMeetingsBusiness = {counts};",
            f"forbidden = {_sets([{s + 1 for s in own} or {0} for own in instance.forbidden])};",
            f"fixed = {fixed};",
            f"precedences = {_sets([{m + 1 for m in own} for own in instance.predecessors])};",
            "",
        )
    )


def _sets(sets: Sequence[set[int]]) -> str:
    return "[" + ",\n".join("{" + ",".join(map(str, sorted(one))) + "}" for one in sets) + "]"


def write(folder: Path, text: str) -> Path:
    file = folder / "fair.original.dzn"
    file.write_text(text)
    return file
