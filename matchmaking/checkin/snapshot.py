"""What a device needs to answer without a network: everything once, afterwards what changed.

Cursors are moments in milliseconds: "1763690000000" asks for what changed since, and
"A.B.ID" goes on after registration ID in a pass that began at B and asks for changes since A.
Changes are looked for from a little before the cursor, since a moment is taken before it is
committed; what comes twice does no harm.
"""

import uuid
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import or_, select, union

from matchmaking.checkin.figures import IS_CONFLICT
from matchmaking.checkin.handles import handle_of, walk_in_handle
from matchmaking.checkin.models import ConflictDecision, Scan, ScanRelease, ScanRevision
from matchmaking.checkin.services.standing import (
    EPOCH,
    MILLISECOND,
    Known,
    known_scans,
    milliseconds,
)
from matchmaking.checkin.verdicts import EntryRule, Result, inside
from matchmaking.core import clock
from matchmaking.core.database import db
from matchmaking.events.models import Event
from matchmaking.registration.models import (
    WALK_IN,
    Badge,
    Registration,
    RegistrationStatus,
    TicketType,
)

PAGE = 2000
OVERLAP = timedelta(minutes=2)
STANDING = {
    RegistrationStatus.CONFIRMED: None,
    RegistrationStatus.PENDING: "not_confirmed",
    RegistrationStatus.WAITLISTED: "not_confirmed",
    RegistrationStatus.CANCELLED: "cancelled",
    RegistrationStatus.REJECTED: "cancelled",
}


class BadCursor(ValueError):
    """Not a cursor that was given out here."""


@dataclass(frozen=True)
class Cursor:
    """`since` None: everything. `after` is where a pass that fills several pages stopped."""

    since: datetime | None
    began_at: datetime
    after: uuid.UUID | None = None

    @classmethod
    def read(cls, text: str) -> "Cursor":
        """Raises BadCursor."""
        try:
            since, began_at, after = ([*text.split("."), "", ""])[:3]
            if not after:
                return cls(_moment(since) if since else None, clock.exact())
            return cls(
                _moment(since) if since != "0" else None, _moment(began_at), uuid.UUID(after)
            )
        except (ValueError, OverflowError):
            raise BadCursor(text) from None

    def next_after(self, last: uuid.UUID | None) -> str:
        """Where to go on: after `last`, or, with None, from the beginning of this pass."""
        began_at = str(milliseconds(self.began_at))
        if last is None:
            return began_at
        return f"{milliseconds(self.since) if self.since else 0}.{began_at}.{last}"


@dataclass(frozen=True)
class Page:
    """`people` as they go to the device; `more`: ask again at once with `cursor`."""

    people: list[dict[str, Any]]
    cursor: str
    more: bool


def people_since(event: Event, cursor: Cursor, *, limit: int = PAGE) -> Page:
    """The delegates that changed, or all of them, at most `limit`."""
    query = select(Registration.id).where(Registration.event_id == event.id)
    if cursor.since:
        query = query.where(Registration.id.in_(_changed(event, cursor.since - OVERLAP)))
    if cursor.after:
        query = query.where(Registration.id > cursor.after)
    ids = db.session.scalars(query.order_by(Registration.id).limit(limit + 1)).all()
    more, ids = len(ids) > limit, ids[:limit]
    return Page(_people(event, ids), cursor.next_after(ids[-1] if more else None), more)


def _moment(text: str) -> datetime:
    return EPOCH + int(text) * MILLISECOND


def _changed(event: Event, since: datetime) -> Any:
    registrations = select(Registration.id).where(
        Registration.event_id == event.id, Registration.changed_at >= since
    )
    badges = select(Badge.registration_id).where(
        Badge.event_id == event.id, or_(Badge.issued_at >= since, Badge.revoked_at >= since)
    )
    scans = select(Scan.registration_id).where(
        Scan.event_id == event.id,
        Scan.received_at >= since,
        Scan.registration_id.is_not(None),
    )
    decided = [
        select(Scan.registration_id)
        .join(later, later.scan_id == Scan.id)
        .where(Scan.event_id == event.id, moment >= since, Scan.registration_id.is_not(None))
        for later, moment in (
            (ScanRelease, ScanRelease.released_at),
            (ConflictDecision, ConflictDecision.decided_at),
        )
    ]
    return union(registrations, badges, scans, *decided)


def _people(event: Event, ids: Sequence[uuid.UUID]) -> list[dict[str, Any]]:
    query = (
        select(
            Registration.id, Registration.code, Registration.status, Registration.full_name,
            Registration.organization, Registration.delegation, Registration.language, Registration.source, TicketType.code.label("ticket"),
        )
        .join(TicketType, TicketType.id == Registration.ticket_type_id)
        .where(Registration.id.in_(ids))
    )  # fmt: skip
    badges, scans, conflicts = _badges(ids), _scans(ids), _open_conflicts(ids)
    return [
        {
            "id": str(row.id),
            "code": handle_of(event.id, row.code),
            "badges": _handles(event, row, badges, revoked=False),
            "revoked": _handles(event, row, badges, revoked=True),
            "reason": STANDING[row.status],
            "name": row.full_name,
            "organization": row.organization,
            "delegation": row.delegation,
            "language": row.language,
            "ticket_type": row.ticket,
            "attention": row.id in conflicts,
            "scans": scans[row.id],
        }
        for row in db.session.execute(query)
    ]


def _handles(event: Event, row: Any, badges: Any, *, revoked: bool) -> list[str]:
    """A walk-in's provisional badge comes first, and has ended where a badge was replaced."""
    codes = badges[row.id, revoked]
    handles = [handle_of(event.id, code) for code in codes]
    if row.source == WALK_IN and bool(badges[row.id, True]) is revoked:
        return [walk_in_handle(event.id, row.code), *handles]
    return handles


def _badges(ids: Sequence[uuid.UUID]) -> dict[tuple[uuid.UUID, bool], list[str]]:
    """Badge codes by registration and whether they were revoked."""
    query = select(Badge.registration_id, Badge.revoked_at, Badge.code)
    found = defaultdict(list)
    for owner, revoked_at, code in db.session.execute(query.where(Badge.registration_id.in_(ids))):
        found[owner, revoked_at is not None].append(code)
    return found


def _scans(ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, list[dict[str, Any]]]:
    """The scans upon which a next one would be decided: who is inside, and turns that are used."""
    by_owner: dict[uuid.UUID, list[Known]] = defaultdict(list)
    for row in known_scans(ids):
        if row.registration_id:
            by_owner[row.registration_id].append(row)
    return defaultdict(list, {owner: _in_force(rows) for owner, rows in by_owner.items()})


def _in_force(rows: Collection[Known]) -> list[dict[str, Any]]:
    within = set(inside(row.fact for row in rows).values())
    return [
        {
            "id": row.fact.id,
            "at": row.fact.at,
            "device": row.fact.device,
            "device_name": row.device_name,
            "gate": row.gate,
            "zone": row.fact.zone,
            "rule": row.fact.rule,
            "day": row.fact.day,
        }
        for row in rows
        if row.fact.id in within or _is_used_turn(row)
    ]


def _is_used_turn(row: Known) -> bool:
    counts = row.fact.rule in (EntryRule.DAILY, EntryRule.ONCE)
    return counts and row.stands.result is Result.ADMITTED and row.fact.direction == "entry"


def _open_conflicts(ids: Sequence[uuid.UUID]) -> set[uuid.UUID]:
    settled = select(ConflictDecision.scan_id)
    query = (
        select(Scan.registration_id)
        .outerjoin(ScanRevision, ScanRevision.scan_id == Scan.id)
        .where(Scan.registration_id.in_(ids), IS_CONFLICT, Scan.id.not_in(settled))
    )
    return {owner for owner in db.session.scalars(query) if owner}
