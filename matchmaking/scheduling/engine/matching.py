"""Meetings matched with seats: interpreters who are able, or tables that are wished for."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field as attribute
from functools import cached_property


@dataclass
class Matching:
    """Which seat each meeting has, and who holds each seat slot by slot.

    A meeting finds a seat that is free, or one whose only other holder can itself find
    another, and so on. Where meetings are one slot long that search is complete: if it
    finds no seat, there is none without unseating somebody. So it is among these where others
    are longer, which are asked to move over only if nothing else helps.
    """

    able: dict[int, list[int]]
    slots: dict[int, range]
    seat_of: dict[int, int] = attribute(default_factory=dict)
    _holder: dict[tuple[int, int], int] = attribute(default_factory=dict)

    @cached_property
    def _longest(self) -> int:
        return max(map(len, self.slots.values()))

    def keep(self, meeting: int, seat: int) -> bool:
        """Give the meeting this seat if it is able and nobody else holds it."""
        free = seat in self.able[meeting] and not self._holders(seat, meeting)
        if free:
            self._move_over(meeting, seat, {})
        return free

    def seat(self, meeting: int) -> None:
        """Find the meeting a seat, along the shortest chain of others who move over."""
        own = len(self.slots[meeting])
        if not self._find(meeting, longest=own) and own < self._longest:
            self._find(meeting, longest=self._longest)

    def _find(self, meeting: int, *, longest: int) -> bool:
        """Whether a seat was found, with none but meetings of at most this length moving over."""
        pushed_by: dict[int, tuple[int, int]] = {}
        asked: set[int] = set()
        queue = [meeting]
        for each in queue:
            for seat in self.able[each]:
                if seat in asked:
                    continue
                asked.add(seat)
                holders = self._holders(seat, each)
                if not holders:
                    self._move_over(each, seat, pushed_by)
                    return True
                other = holders.pop()
                if holders or other in pushed_by or len(self.slots[other]) > longest:
                    continue
                pushed_by[other] = each, seat
                queue.append(other)
        return False

    def _holders(self, seat: int, meeting: int) -> set[int]:
        slots = self.slots[meeting]
        return {self._holder[seat, slot] for slot in slots if (seat, slot) in self._holder}

    def _move_over(self, meeting: int, seat: int, pushed_by: dict[int, tuple[int, int]]) -> None:
        while True:
            self._leave(meeting)
            self.seat_of[meeting] = seat
            for slot in self.slots[meeting]:
                self._holder[seat, slot] = meeting
            if meeting not in pushed_by:
                return
            meeting, seat = pushed_by[meeting]

    def _leave(self, meeting: int) -> None:
        if meeting in self.seat_of:
            seat = self.seat_of.pop(meeting)
            for slot in self.slots[meeting]:
                del self._holder[seat, slot]
