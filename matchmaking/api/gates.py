"""Between the shapes of the API and the services of the check-in."""

import json
import uuid
from collections.abc import Sequence
from typing import Any

from pydantic import ValidationError

from matchmaking.api.access import calling_token
from matchmaking.api.errors import Invalid
from matchmaking.api.reading import sentences_by_field
from matchmaking.api.schemas.base import Bilingual
from matchmaking.api.schemas.check_ins import (
    FirstScan,
    GateRule,
    KindOfBadge,
    KindOfTicket,
    ScanIn,
    ScanOut,
    Told,
)
from matchmaking.checkin import services
from matchmaking.checkin.models import Direction, Gate, Reason, Verdict
from matchmaking.checkin.readings import Reading, Source
from matchmaking.checkin.services.gate_rules import rule_of
from matchmaking.checkin.services.recognition import Delegate
from matchmaking.checkin.services.standing import EPOCH, MILLISECOND
from matchmaking.core.errors import DomainError
from matchmaking.core.i18n import _
from matchmaking.reference import badge_type
from matchmaking.registration.models import Attendance, TicketType


def calling_source() -> Source:
    """The device or program that sends, always the same for the same token."""
    token = calling_token()
    if token is None:
        return Source("")
    return Source(str(token.id), token.name, gates=tuple(token.gates), is_revoked=token.is_revoked)


def reading_of(scan: ScanIn) -> Reading:
    """Raises Invalid."""
    presented = scan.token or scan.code or ""
    if not (presented or scan.handle):
        raise Invalid({"token": [_("Send one of token, code and handle.")]})
    is_void = scan.direction == "void"
    if is_void and scan.voids is None:
        raise Invalid({"voids": [_("A void names the scan it takes back.")]})
    snapshot = scan.snapshot_ms
    return Reading(
        scan_id=scan.scan_id,
        gate=scan.gate,
        presented=presented,
        handle="" if presented else scan.handle or "",
        claimed=Reason(scan.reason) if scan.reason else None,
        direction=Direction(scan.direction),
        voids=scan.voids if is_void else None,
        scanned_at=max(scan.scanned_at, EPOCH) if scan.scanned_at else None,
        snapshot_at=EPOCH + snapshot * MILLISECOND if snapshot is not None else None,
        clock_at=scan.clock_at,
        elapsed_ms=scan.elapsed_ms,
        sequence=scan.sequence,
        shown=scan.shown or "",
        app=scan.app,
    )


def readings_of(items: Sequence[Any]) -> list[Reading | ScanOut]:
    """Each item as a reading, or as the answer that says why it is none."""
    return [_read(item) for item in items]


def told(answer: services.Told) -> ScanOut:
    if isinstance(answer, DomainError):
        return ScanOut(scan_id=answer.earlier.id, error=answer.code, detail=str(answer))
    is_in = answer.verdict is Verdict.ADMITTED
    first = answer.first
    return ScanOut(
        scan_id=answer.scan_id,
        result=answer.verdict,
        reason=answer.reason,
        checked_in_at=answer.scanned_at if is_in else (first.scanned_at if first else None),
        registration=whom(answer.delegate) if answer.delegate else None,
        first=FirstScan(
            scan_id=first.scan_id,
            checked_in_at=first.scanned_at,
            gate=first.gate,
            device=first.device_name,
        )
        if first
        else None,
        conflict=answer.is_conflict,
    )


def whom(delegate: Delegate) -> Told:
    return Told(
        code=delegate.code,
        full_name=delegate.full_name,
        organization=delegate.organization,
        delegation=delegate.delegation,
        ticket_type=delegate.ticket_type,
        badge_type=delegate.badge_type,
    )


def gate_rule(gate: Gate) -> GateRule:
    return GateRule(
        code=gate.code,
        name=Bilingual.of(gate.name),
        rule=gate.rule.value,
        zone=rule_of(gate).zone,
        admits=gate.admits,
        opens=gate.opens.strftime("%H:%M") if gate.opens else None,
        closes=gate.closes.strftime("%H:%M") if gate.closes else None,
    )


def kinds_of_badge(ticket_types: Sequence[TicketType]) -> list[KindOfBadge]:
    known = (badge_type(code) for code in sorted({one.badge_type for one in ticket_types}))
    return [
        KindOfBadge(
            code=kind.code,
            name=Bilingual(vi=kind.labels.vi, en=kind.labels.en),
            colour=kind.colour,
            is_vip=kind.is_vip,
        )
        for kind in known
        if kind
    ]


def kind_of_ticket(ticket_type: TicketType) -> KindOfTicket:
    return KindOfTicket(
        code=ticket_type.code,
        name=Bilingual.of(ticket_type.name),
        badge_type=ticket_type.badge_type,
        in_person=Attendance.IN_PERSON in ticket_type.attendances,
    )


def _read(item: Any) -> Reading | ScanOut:
    try:
        return reading_of(ScanIn.model_validate_json(json.dumps(item)))
    except ValidationError as fault:
        wrong = sentences_by_field(fault)
    except Invalid as invalid:
        wrong = invalid.members["errors"]
    detail = " ".join(f"{field}: {' '.join(texts)}" for field, texts in wrong.items())
    return ScanOut(scan_id=_id_in(item), error="invalid", detail=detail)


def _id_in(item: Any) -> uuid.UUID | None:
    try:
        return uuid.UUID(item["scan_id"])
    except (TypeError, KeyError, ValueError, AttributeError):
        return None
