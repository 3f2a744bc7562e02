"""From what scanners read to the delegates it belongs to."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import and_, bindparam, or_, select

from matchmaking.checkin.arrivals import hold_arrivals
from matchmaking.checkin.handles import (
    Holder,
    handle_of,
    holders_of,
    is_provisional,
    provisional_handle,
)
from matchmaking.checkin.models import Gate, Reason
from matchmaking.checkin.readings import Reading
from matchmaking.checkin.services.gate_rules import COLUMNS, GateRule
from matchmaking.core.codes import READABLE
from matchmaking.core.database import run
from matchmaking.events.at_gate import AtGate
from matchmaking.registration.models import Badge, Registration, RegistrationStatus, TicketType
from matchmaking.registration.tokens import TEXT_LENGTH, BadSignature, NotABadge, read_token

CODE_LENGTH = 8
BEGINNING = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Delegate:
    """A registration as far as a gate needs it; `badges` are (issued at, revoked at) by badge."""

    id: uuid.UUID
    event_id: uuid.UUID
    code: str
    status: RegistrationStatus
    confirmed_at: datetime | None
    cancelled_at: datetime | None
    full_name: str
    organization: str
    delegation: str
    ticket_type: str
    badge_type: str
    badges: dict[uuid.UUID, tuple[datetime, datetime | None]] = field(
        default_factory=dict, compare=False
    )

    @property
    def is_confirmed(self) -> bool:
        return self.status is RegistrationStatus.CONFIRMED

    @property
    def is_cancelled(self) -> bool:
        return self.status in (RegistrationStatus.CANCELLED, RegistrationStatus.REJECTED)


@dataclass(frozen=True)
class Recognized:
    """Whose badge or code it is; `reason` when it is nobody's who could come in."""

    delegate: Delegate | None = None
    badge_id: uuid.UUID | None = None
    reason: Reason | None = None
    is_provisional: bool = False

    @property
    def lifetime(self) -> tuple[datetime | None, datetime | None]:
        """When the badge was issued and revoked; a code has no such times.

        A provisional badge was good from the beginning, and ends when a badge of its holder is replaced.
        """
        if self.delegate and self.is_provisional:
            ends = (ended_at for _, ended_at in self.delegate.badges.values() if ended_at)
            return (BEGINNING, min(ends, default=None))
        if self.delegate is None or self.badge_id is None:
            return (None, None)
        return self.delegate.badges[self.badge_id]


@dataclass(frozen=True)
class Recognition:
    """What each reading is found to be, and the gate it was read at.

    `gates` are the rules by mark, asked for in one breath with the delegates; None where that was not possible.
    """

    found: list[Recognized]
    gates: dict[str, GateRule] | None


@dataclass(frozen=True)
class _Lead:
    """A handle, a registration's code, or why it is neither; `reason` also when the handle is nobody's."""

    handle: str = ""
    code: str = ""
    reason: Reason | None = None


_R, _T, _B = Registration.__table__.c, TicketType.__table__.c, Badge.__table__.c
_GATE = Gate.__table__
_DELEGATES = (
    select(
        _R.id, _R.event_id, _R.code, _R.status, _R.confirmed_at, _R.cancelled_at, _R.full_name,
        _R.organization, _R.delegation, _T.code, _T.badge_type, _B.id, _B.issued_at, _B.revoked_at, *COLUMNS,
    )
    .join_from(Registration.__table__, TicketType.__table__, _T.id == _R.ticket_type_id)
    .outerjoin(Badge.__table__, _B.registration_id == _R.id)
    .outerjoin(_GATE, and_(_GATE.c.event_id == bindparam("event_id"), _GATE.c.code == bindparam("mark")))
    .order_by(_R.id)
)  # fmt: skip
_OWN, _GATES = 11, 14
"""Where the columns of the badge and those of the gate begin."""
_MANY = _DELEGATES.where(
    or_(
        _R.id.in_(bindparam("ids", expanding=True)),
        _R.code.in_(bindparam("codes", expanding=True)),
    )
)
_ONE = _DELEGATES.where(_R.id == bindparam("ids"))
_LOCKED_MANY, _LOCKED_ONE = (
    query.with_for_update(of=Registration.__table__, key_share=True) for query in (_MANY, _ONE)
)


def recognize(event: AtGate, readings: Sequence[Reading], *, lock: bool = True) -> Recognition:
    """One finding a reading. The registrations stay locked until the transaction ends.

    They are locked in one order, so that two uploads of the same badges never wait for
    each other in a circle.
    """
    leads = [_lead(event, reading) for reading in readings]
    holders = _holders(event, leads, lock=lock)
    ids = {holder.registration_id for holder in holders.values()}
    codes = {lead.code for lead in leads if lead.code}
    marks = {reading.gate for reading in readings}
    mark = marks.pop() if len(marks) == 1 else None
    asked = {"ids": list(ids), "codes": list(codes), "event_id": event.id, "mark": mark}
    delegates, gates = _delegates(asked, lock=lock) if ids or codes else ({}, None)
    found = [_followed(event, lead, holders.get(lead.handle), delegates) for lead in leads]
    return Recognition(found, gates if mark else None)


def _lead(event: AtGate, reading: Reading) -> _Lead:
    if reading.handle:
        return _Lead(handle=reading.handle, reason=reading.claimed or Reason.UNKNOWN)
    text = reading.text
    if is_provisional(text):
        provisional = provisional_handle(event.id, text)
        reason = Reason.UNKNOWN if provisional else Reason.BAD_SIGNATURE
        return _Lead(handle=provisional or "", reason=reason)
    if len(text) == TEXT_LENGTH:
        return _lead_of_badge(event, text)
    code = "".join(text.split()).replace("-", "")
    is_code = len(code) == CODE_LENGTH and set(code) <= set(READABLE)
    return _Lead(code=code if is_code else "", reason=Reason.UNKNOWN)


def _lead_of_badge(event: AtGate, text: str) -> _Lead:
    try:
        claim = read_token(text)
    except NotABadge:
        return _Lead(reason=Reason.UNKNOWN)
    except BadSignature:
        return _Lead(reason=Reason.BAD_SIGNATURE)
    if not claim.is_of(event.id):
        return _Lead(reason=Reason.OTHER_EVENT)
    return _Lead(handle=handle_of(event.id, claim.code), reason=Reason.UNKNOWN)


def _holders(event: AtGate, leads: Sequence[_Lead], *, lock: bool) -> dict[str, Holder]:
    """A walk-in who is just arriving is waited for: either they find this scan, or it finds them."""
    handles = {lead.handle for lead in leads if lead.handle}
    holders = holders_of(event.id, handles)
    if lock and any(
        lead.handle not in holders and lead.reason is Reason.UNKNOWN
        for lead in leads
        if lead.handle
    ):
        hold_arrivals(event.id, shared=True)
        return holders_of(event.id, handles)
    return holders


def _delegates(
    asked: dict[str, Any], *, lock: bool
) -> tuple[dict[uuid.UUID | str, Delegate], dict[str, GateRule] | None]:
    """Under both names of each, its id and its code; and the gate, unless nobody was found."""
    found: dict[uuid.UUID | str, Delegate] = {}
    gates: dict[str, GateRule] = {}
    if len(asked["ids"]) == 1 and not asked["codes"]:
        query = _LOCKED_ONE if lock else _ONE
        asked = {"ids": asked["ids"][0], "event_id": asked["event_id"], "mark": asked["mark"]}
    else:
        query = _LOCKED_MANY if lock else _MANY
    for row in run(query, asked):
        own, badge, gate = row[:_OWN], row[_OWN:_GATES], row[_GATES:]
        delegate = found.get(own[0]) or Delegate(*own)
        found[delegate.id] = found[delegate.code] = delegate
        if badge[0]:
            delegate.badges[badge[0]] = badge[1:]
        if gate[0]:
            gates[gate[0]] = GateRule(*gate)
    return found, gates if found else None


def _followed(
    event: AtGate,
    lead: _Lead,
    holder: Holder | None,
    delegates: Mapping[uuid.UUID | str, Delegate],
) -> Recognized:
    """A badge that is no longer there is nobody's, whoever had it."""
    delegate = delegates.get(holder.registration_id if holder else lead.code)
    badge_id = holder.badge_id if holder else None
    if delegate is None or (badge_id and badge_id not in delegate.badges):
        return Recognized(reason=lead.reason)
    if delegate.event_id != event.id:
        return Recognized(reason=Reason.OTHER_EVENT)
    is_provisional = bool(holder and holder.is_provisional)
    return Recognized(delegate, badge_id, is_provisional=is_provisional)
