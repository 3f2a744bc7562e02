"""Which meetings are held, where all slots are alike: a weighted b-matching.

Companies of one side send, those of the other receive, each meeting carries one unit, and
`tables x slots` units pass in all. A cheapest flow is of greatest weight. Among those, the
fairest is a cheapest flow again, since unfairness is convex: a company's next meeting
lowers it by less than the one before. Which flows are of greatest weight is known from
the potentials (complementary slackness): arcs of positive cost are empty, arcs of
negative cost are full, and only the others are still to be decided.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from matchmaking.scheduling.engine.arrays import Bools, Ints, ints, spans
from matchmaking.scheduling.engine.network import Network, cheapest, network, potentials
from matchmaking.scheduling.engine.uniform import Uniform


@dataclass(frozen=True, slots=True)
class Selection:
    """The candidates that are held, and a bound on the weight of any, by prices in whole numbers.

    `decided` flows on the arcs of every selection of this weight; `equals` is what is left
    to be decided between them.
    """

    held: Bools
    bound: int
    decided: Ints
    equals: Network


def heaviest(uniform: Uniform) -> Selection:
    """A selection of greatest weight."""
    net = _by_weight(uniform)
    flow = cheapest(net)
    potential = potentials(net, flow)
    reduced = net.cost + potential[net.tail] - potential[net.head]
    decided = np.where(reduced < 0, net.capacity, 0)
    supply = net.supply.copy()
    np.subtract.at(supply, net.tail, decided)
    np.add.at(supply, net.head, decided)
    return Selection(
        held=flow[_meetings(uniform)] > 0,
        bound=sum((net.supply * potential).tolist()) - sum((decided * reduced).tolist()),
        decided=decided,
        equals=replace(net, capacity=np.where(reduced == 0, net.capacity, 0), supply=supply),
    )


def fairest(uniform: Uniform, selection: Selection) -> Selection:
    """The fairest of the selections that weigh as much as this one."""
    net, arc = _by_fairness(uniform, selection.equals)
    flow = cheapest(net)
    potentials(net, flow)  # there would be none if another were fairer
    more = np.bincount(arc, weights=flow, minlength=len(selection.decided)).astype(np.int64)
    held = (selection.decided + more)[_meetings(uniform)] > 0
    return replace(selection, held=held)


def _meetings(uniform: Uniform) -> slice:
    """Where the meetings' arcs are: after those from the source to the left companies."""
    before = len(np.unique(uniform.left))
    return slice(before, before + len(uniform.meeting))


def _by_weight(uniform: Uniform) -> Network:
    source, sink = uniform.companies, uniform.companies + 1
    left, wanted_left = np.unique(uniform.left, return_counts=True)
    right, wanted_right = np.unique(uniform.right, return_counts=True)
    most_left = np.minimum(uniform.limit[left], wanted_left)
    most_right = np.minimum(uniform.limit[right], wanted_right)
    units = min(uniform.tables * len(uniform.slots), int(most_left.sum()))
    supply = np.zeros(uniform.companies + 2, dtype=np.int64)
    supply[source], supply[sink] = units, -units
    arcs = [
        (np.full_like(left, source), left, most_left, np.zeros_like(left)),
        (uniform.left, uniform.right, np.ones_like(uniform.left), -uniform.weight),
        (right, np.full_like(right, sink), most_right, np.zeros_like(right)),
        (ints([source]), ints([sink]), ints([units]), ints([0])),
    ]
    return network(arcs, supply)


def _by_fairness(uniform: Uniform, equals: Network) -> tuple[Network, Ints]:
    """An arc for each meeting a company could have; and which arc of `equals` each arc is of."""
    meetings = _meetings(uniform)
    number = np.arange(len(equals.tail))
    is_company = (number < meetings.start) | (number >= meetings.stop)
    is_company[-1] = False
    company = np.where(number < meetings.start, equals.head, equals.tail)
    open_companies = np.flatnonzero(is_company & (equals.capacity > 0))
    others = np.flatnonzero(~is_company & (equals.capacity > 0))
    units = equals.capacity[open_companies]
    each = np.repeat(open_companies, units)
    place = spans(np.ones_like(units), units)
    gain = 2 * (uniform.target[company[each]] - place) + 1
    arc = np.concatenate([each, others])
    return Network(
        tail=equals.tail[arc],
        head=equals.head[arc],
        capacity=np.concatenate([np.ones_like(each), equals.capacity[others]]),
        cost=np.concatenate([-gain, np.zeros_like(others)]),
        supply=equals.supply,
    ), arc
