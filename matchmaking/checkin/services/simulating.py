"""What a badge would get at a gate, and why. Nothing is written."""

import uuid

from matchmaking.checkin.models import Gate
from matchmaking.checkin.readings import Reading, Source
from matchmaking.checkin.services.answering import Answered
from matchmaking.checkin.services.gate_rules import rule_of
from matchmaking.checkin.services.judging import Bench, effective_time, judge
from matchmaking.checkin.services.recognition import recognize
from matchmaking.checkin.services.standing import known_scans
from matchmaking.core import clock
from matchmaking.events.models import Event


def simulate(event: Event, gate: Gate, presented: str) -> Answered:
    """The answer to an entry there just now, by badge text or registration code."""
    reading = Reading(uuid.UUID(int=0), gate.code, presented)
    [found] = recognize(event, [reading], lock=False).found
    bench = Bench(event, Source("simulator"), {gate.code: rule_of(gate)}, clock.exact())
    if found.delegate:
        bench.known[found.delegate.id] = known_scans([found.delegate.id])
    return judge(bench, reading, found, effective_time(bench, reading, found)).answer
