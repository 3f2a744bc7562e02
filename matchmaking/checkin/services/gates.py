"""The places where badges are scanned."""

from collections.abc import Sequence
from datetime import time

from sqlalchemy import func, select

from matchmaking.checkin.models import Gate
from matchmaking.checkin.verdicts import EntryRule
from matchmaking.core import audit
from matchmaking.core.bilingual import Bilingual
from matchmaking.core.database import db
from matchmaking.core.errors import DomainError
from matchmaking.core.i18n import _l
from matchmaking.events.models import Event


class GateTaken(DomainError):
    code = "gate_taken"
    message = _l("There is a gate with the mark %(code)s already.")


def add_gate(event: Event, *, code: str, name: Bilingual) -> Gate:
    """`code` is the short mark that stands on signs and in lists: A, B1. Raises GateTaken."""
    mark = code.strip().upper()
    there = select(Gate.id).where(Gate.event_id == event.id, Gate.code == mark)
    if db.session.scalar(there):
        raise GateTaken(code=mark)
    last = db.session.scalar(select(func.max(Gate.position)).where(Gate.event_id == event.id))
    gate = Gate(event_id=event.id, code=mark, name=name, position=(last or 0) + 1)
    db.session.add(gate)
    db.session.flush()
    audit.record("gate.added", gate, code=gate.code)
    return gate


def change_gate(
    gate: Gate,
    *,
    name: Bilingual,
    rule: EntryRule,
    admits: Sequence[str],
    opens: time | None,
    closes: time | None,
) -> None:
    """The mark stays: scans are kept under it. A new rule counts for the scans that arrive from now on."""
    gate.name, gate.rule, gate.admits = name, rule, list(admits)
    gate.opens, gate.closes = opens, closes
    audit.record("gate.changed", gate, code=gate.code)
