"""Judges a schedule by the definition alone: it shares the instance's type with the solver, no more."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from matchmaking.scheduling.b2bsop.instance import Half, Instance


def breaks_of(instance: Instance, slots: Sequence[int]) -> list[int]:
    """By company: the runs of idle slots between its first meeting and its last.

    The slots of the day follow each other without interruption: lunch parts none, and a slot in
    which the company may not meet is as idle as any other.
    """
    held: list[list[int]] = [[] for _ in range(instance.companies)]
    for (a, b), slot in zip(instance.pairs, slots, strict=True):
        held[a].append(slot)
        held[b].append(slot)
    breaks = []
    for own in held:
        day = sorted(own)
        breaks.append(sum(after - before > 1 for before, after in pairwise(day)))
    return breaks


def broken_rules(instance: Instance, slots: Sequence[int], *, fairness: int) -> list[str]:
    """Every rule that the schedule breaks, one sentence each, in the numbers of the files."""
    if len(slots) != len(instance.pairs):
        return [f"{len(instance.pairs)} meetings must be held, {len(slots)} are"]
    broken = [
        f"meeting {meeting + 1}: {complaint}"
        for meeting, slot in enumerate(slots)
        for complaint in _complaints(instance, slots, meeting, slot)
    ]
    broken += [
        f"company {company + 1}: {count} meetings in slot {slot + 1}"
        for (company, slot), count in sorted(_company_slots(instance, slots).items())
        if count > 1
    ]
    broken += [
        f"slot {slot + 1}: {count} meetings at {instance.tables} tables"
        for slot, count in sorted(Counter(slots).items())
        if count > instance.tables
    ]
    breaks = breaks_of(instance, slots)
    if breaks and max(breaks) - min(breaks) > fairness:
        broken.append(f"breaks: from {min(breaks)} to {max(breaks)} a company")
    return broken


def _complaints(instance: Instance, slots: Sequence[int], meeting: int, slot: int) -> list[str]:
    complaints = []
    if not 0 <= slot < instance.slots:
        complaints.append(f"there is no slot {slot + 1}")
    if instance.halves[meeting] is Half.MORNING and slot >= instance.morning_slots:
        complaints.append("not in the morning")
    if instance.halves[meeting] is Half.AFTERNOON and slot < instance.morning_slots:
        complaints.append("not in the afternoon")
    if instance.fixed[meeting] not in (None, slot):
        complaints.append("not in the slot it is fixed to")
    complaints += [
        f"slot {slot + 1} is forbidden to company {company + 1}"
        for company in instance.pairs[meeting]
        if slot in instance.forbidden[company]
    ]
    complaints += [
        f"not after meeting {before + 1}"
        for before in sorted(instance.predecessors[meeting])
        if slots[before] >= slot
    ]
    return complaints


def _company_slots(instance: Instance, slots: Sequence[int]) -> Counter[tuple[int, int]]:
    return Counter(
        (company, slot)
        for pair, slot in zip(instance.pairs, slots, strict=True)
        for company in pair
    )
