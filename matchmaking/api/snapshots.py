"""Snapshots and figures of the gates in the shapes of the API."""

from collections.abc import Sequence

from matchmaking.api.gates import gate_rule, kind_of_ticket, kinds_of_badge, whom
from matchmaking.api.schemas.base import Bilingual
from matchmaking.api.schemas.check_ins import (
    ConflictOut,
    ConflictScan,
    EventAtGate,
    Expected,
    OfGate,
    OfQuarter,
    OfTicketType,
    PublicKey,
    Snapshot,
    Stats,
)
from matchmaking.checkin import figures as totals
from matchmaking.checkin import queries
from matchmaking.checkin.handles import handle_key
from matchmaking.checkin.models import Gate, Scan, Verdict
from matchmaking.checkin.services.answering import delegate_of
from matchmaking.checkin.services.standing import milliseconds
from matchmaking.checkin.services.validity import opens_at
from matchmaking.checkin.snapshot import Cursor, people_since
from matchmaking.checkin.verdicts import EntryRule
from matchmaking.core import clock
from matchmaking.events.models import Event
from matchmaking.registration.queries import ticket_types_of
from matchmaking.registration.tokens import KEY_ID, event_tag, public_key


def snapshot_of(event: Event, cursor: Cursor, *, limit: int) -> Snapshot:
    """The whole frame each time, of the people only what the cursor asks for."""
    page = people_since(event, cursor, limit=limit)
    ticket_types = ticket_types_of(event)
    return Snapshot(
        server_ms=milliseconds(clock.exact()),
        cursor=page.cursor,
        more=page.more,
        event=_event(event),
        keys=[PublicKey(id=KEY_ID, public_key=public_key(event.id).hex())],
        handle_key=handle_key(event.id).hex(),
        gates=[gate_rule(gate) for gate in _gates(event)],
        badge_types=kinds_of_badge(ticket_types),
        ticket_types=[kind_of_ticket(one) for one in ticket_types],
        people=[Expected.model_validate(person) for person in page.people],
    )


def stats_of(event: Event) -> Stats:
    figures = queries.figures(event)
    return Stats(
        arrived=figures.arrived,
        expected=figures.expected,
        inside=figures.inside,
        refused=figures.refused,
        by_ticket_type=[
            OfTicketType(
                ticket_type=row.ticket_type.code,
                name=Bilingual.of(row.ticket_type.name),
                arrived=row.arrived,
                expected=row.expected,
            )
            for row in queries.arrivals_by_ticket_type(event)
        ],
        by_gate=[OfGate(**vars(row)) for row in totals.by_gate(event)],
        by_quarter_hour=[
            OfQuarter(starts_at=moment, arrived=count)
            for moment, count in totals.by_quarter_hour(event)
        ],
        conflicts=[_conflict(one) for one in totals.conflicts(event)],
    )


def _event(event: Event) -> EventAtGate:
    return EventAtGate(
        slug=event.slug,
        name=Bilingual.of(event.name),
        timezone=event.timezone,
        tag=event_tag(event.id).hex(),
        opens_at=opens_at(event),
        ends_at=event.ends_at,
    )


def _gates(event: Event) -> Sequence[Gate]:
    """Those that were set up; an event without any has its main gate."""
    code, name = queries.MAIN_GATE
    return queries.gates_of(event) or [Gate(code=code, name=name, rule=EntryRule.VENUE, admits=[])]


def _conflict(one: totals.Conflict) -> ConflictOut:
    scans = [_side(one.first, Verdict.ADMITTED)] if one.first else []
    registration = one.scan.registration
    return ConflictOut(
        registration=whom(delegate_of(registration)) if registration else None,
        reason=one.scan.reason if one.verdict is Verdict.REFUSED else None,
        settled=one.is_settled,
        scans=[*scans, _side(one.scan, one.verdict)],
    )


def _side(scan: Scan, verdict: Verdict) -> ConflictScan:
    return ConflictScan(
        scan_id=scan.id,
        gate=scan.gate,
        device=scan.device_name,
        scanned_at=scan.scanned_at,
        result=verdict,
    )
