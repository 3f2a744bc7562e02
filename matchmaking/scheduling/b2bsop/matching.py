"""Different slots for the meetings of one company: matchings of a small bipartite graph."""

from __future__ import annotations

from collections.abc import Sequence


def possible_slots(domains: Sequence[int], slots: int) -> list[int] | None:
    """What each domain keeps when only slots of some perfect matching are left; None if none is.

    A slot stays possible for a meeting if an alternating path leads from it to a free slot or back
    to the meeting's own slot (Berge). Régin, A filtering algorithm for constraints of difference
    in CSPs, AAAI 1994.
    """
    owner = match(domains, slots)
    if owner is None:
        return None
    reach = _alternating_reach(domains, owner, slots)
    taken = sum(1 << slot for slot in owner)
    free = (1 << slots) - 1 & ~taken
    kept = list(domains)
    for own, meeting in owner.items():
        for slot in range(slots):
            here = 1 << slot
            if domains[meeting] & here and not (reach[slot] & (free | 1 << own)):
                kept[meeting] &= ~here
    return kept


def match(domains: Sequence[int], slots: int) -> dict[int, int] | None:
    """A meeting for as many slots as there are meetings, or None."""
    owner: dict[int, int] = {}

    def place(meeting: int, closed: set[int]) -> bool:
        for slot in range(slots):
            if domains[meeting] >> slot & 1 and slot not in closed:
                closed.add(slot)
                if slot not in owner or place(owner[slot], closed):
                    owner[slot] = meeting
                    return True
        return False

    if all(place(meeting, set()) for meeting in range(len(domains))):
        return owner
    return None


def _alternating_reach(domains: Sequence[int], owner: dict[int, int], slots: int) -> list[int]:
    """By slot: itself and every slot to which its meeting, giving way, can push others in turn."""
    reach = [
        1 << slot | domains[owner[slot]] if slot in owner else 1 << slot for slot in range(slots)
    ]
    for middle in range(slots):
        for slot in range(slots):
            if reach[slot] >> middle & 1:
                reach[slot] |= reach[middle]
    return reach
