"""What each meeting's slots come down to before any search.

A domain is a bit set: bit `t` says that the meeting may still be held in slot `t`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from matchmaking.scheduling.b2bsop.instance import Half, Instance
from matchmaking.scheduling.b2bsop.matching import possible_slots


class Infeasible(Exception):
    """No schedule of the instance exists."""


def bits(domain: int) -> Iterator[int]:
    while domain:
        lowest = domain & -domain
        yield lowest.bit_length() - 1
        domain ^= lowest


def propagated(instance: Instance) -> list[int]:
    """The domains when nothing more follows from single constraints; may raise `Infeasible`."""
    domains = [_allowed(instance, meeting) for meeting in range(len(instance.pairs))]
    while True:
        before = list(domains)
        _refuse_empty(domains)
        _keep_order(instance, domains)
        _refuse_empty(domains)
        _keep_companies_apart(instance, domains)
        _refuse_empty(domains)
        _close_full_slots(instance, domains)
        if domains == before:
            return domains


def _allowed(instance: Instance, meeting: int) -> int:
    morning = (1 << instance.morning_slots) - 1
    day = (1 << instance.slots) - 1
    half = {Half.MORNING: morning, Half.AFTERNOON: day & ~morning, Half.ANY: day}
    domain = half[instance.halves[meeting]]
    for company in instance.pairs[meeting]:
        for slot in instance.forbidden[company]:
            domain &= ~(1 << slot)
    fixed = instance.fixed[meeting]
    return domain if fixed is None else domain & (1 << fixed)


def _refuse_empty(domains: Sequence[int]) -> None:
    if not all(domains):
        raise Infeasible


def _keep_order(instance: Instance, domains: list[int]) -> None:
    """A meeting comes after the earliest slots of those before it, and the other way round."""
    for after, predecessors in enumerate(instance.predecessors):
        for before in predecessors:
            earliest = (domains[before] & -domains[before]).bit_length()
            domains[after] &= -1 << earliest
            latest = max(0, domains[after].bit_length() - 1)
            domains[before] &= (1 << latest) - 1
            if not (domains[before] and domains[after]):
                raise Infeasible


def _keep_companies_apart(instance: Instance, domains: list[int]) -> None:
    """A company's meetings are held in different slots: only what some matching uses is left."""
    for meetings in instance.meetings_of:
        possible = possible_slots([domains[meeting] for meeting in meetings], instance.slots)
        if possible is None:
            raise Infeasible
        for meeting, domain in zip(meetings, possible, strict=True):
            domains[meeting] = domain


def _close_full_slots(instance: Instance, domains: list[int]) -> None:
    """A slot whose tables are all taken by meetings that have no other slot is closed to others."""
    for slot in range(instance.slots):
        here = 1 << slot
        settled = sum(domain == here for domain in domains)
        if settled > instance.tables:
            raise Infeasible
        if settled == instance.tables:
            for meeting, domain in enumerate(domains):
                if domain != here:
                    domains[meeting] = domain & ~here
