"""The rules of gates, as a verdict needs them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import time

from sqlalchemy import bindparam, select

from matchmaking.checkin.models import Gate
from matchmaking.checkin.verdicts import EntryRule
from matchmaking.core.database import run
from matchmaking.events.at_gate import AtGate


@dataclass(frozen=True)
class GateRule:
    """A gate as the verdict needs it; one that nobody has set up admits everybody to the event."""

    code: str
    rule: EntryRule = EntryRule.VENUE
    admits: Sequence[str] = ()
    opens: time | None = None
    closes: time | None = None

    @property
    def zone(self) -> str:
        return "" if self.rule is EntryRule.VENUE else self.code


_G = Gate.__table__.c
COLUMNS = (_G.code, _G.rule, _G.admits, _G.opens, _G.closes)
"""Those of a `GateRule`, in its order."""
_GATES = select(*COLUMNS).where(_G.event_id == bindparam("event_id"))


def rule_of(gate: Gate) -> GateRule:
    return GateRule(gate.code, gate.rule, gate.admits, gate.opens, gate.closes)


def gates_at(event: AtGate) -> dict[str, GateRule]:
    """The gates that were set up, by their mark."""
    found = run(_GATES, {"event_id": event.id})
    return {row.code: GateRule(*row) for row in found}
