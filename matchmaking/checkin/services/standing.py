"""From rows to facts and back: what the scans of delegates come to now, kept in step."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import bindparam, delete, insert, or_, select, update
from sqlalchemy.dialects import postgresql

from matchmaking.checkin.models import Presence, Scan, ScanRelease, ScanRevision, Verdict
from matchmaking.checkin.verdicts import Fact, Outcome, Result, inside, verdicts
from matchmaking.core import clock
from matchmaking.core.database import db, insert_new, run

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MILLISECOND = timedelta(milliseconds=1)
GREEN = ("admitted", "check")
_S, _REVISION = Scan.__table__.c, ScanRevision.__table__.c
_RELEASED = ScanRelease.__table__.c.scan_id
_ROWS = (
    select(
        _S.id, _S.registration_id, _S.scanned_at, _S.device, _S.sequence, _S.direction, _S.zone,
        _S.rule, _S.day, _S.reason, _S.shown, _S.verdict, _S.first_scan_id, _S.is_conflict,
        _S.undoes_id, _S.gate, _S.device_name, _RELEASED.label("released"),
        _REVISION.verdict.label("now"), _REVISION.first_scan_id.label("now_first"),
        _REVISION.is_conflict.label("now_conflict"),
    )
    .outerjoin(ScanRevision.__table__, _REVISION.scan_id == _S.id)
    .outerjoin(ScanRelease.__table__, _S.id == _RELEASED)
)  # fmt: skip
_KNOWN = _ROWS.where(
    or_(
        _S.registration_id.in_(bindparam("owners", expanding=True)),
        _S.id.in_(bindparam("ids", expanding=True)),
    )
)
_KNOWN_OF_ONE = _ROWS.where(
    or_(_S.registration_id == bindparam("owners"), _S.id == bindparam("ids"))
)

_PRESENCES: Any = Presence.__table__
_CAME = insert(_PRESENCES)


@dataclass(frozen=True)
class Known:
    """A scan that is kept: as a fact, as it was answered, and as it stands now."""

    scan_id: uuid.UUID
    registration_id: uuid.UUID | None
    scanned_at: datetime
    gate: str
    device_name: str
    fact: Fact
    answered: Outcome
    stands: Outcome


def milliseconds(moment: datetime) -> int:
    return (moment - EPOCH) // MILLISECOND


def is_green(shown: str) -> bool | None:
    """Whether the volunteer saw an admission; None when the device did not say."""
    return (shown in GREEN) if shown else None


def known_scans(
    registration_ids: Iterable[uuid.UUID], *, also: Iterable[uuid.UUID] = ()
) -> list[Known]:
    """Every scan of these delegates, and those of the ids in `also`."""
    owners, ids = list(registration_ids), list(also)
    if len(owners) == len(ids) == 1:
        rows = run(_KNOWN_OF_ONE, {"owners": owners[0], "ids": ids[0]})
    else:
        rows = run(_KNOWN, {"owners": owners, "ids": ids})
    return [_known(row) for row in rows]


def keep_arrival(row: dict[str, Any]) -> set[uuid.UUID]:
    """Keep the one scan that is known of a delegate, which lets them in. Its id, unless it was kept before.

    PostgreSQL writes scan and presence with one statement: most of what happens at a gate is this.
    """
    place = {"registration_id": row["registration_id"], "zone": row["zone"]}
    if db.engine.dialect.name == "postgresql":
        return set(
            run(_arrival(), row | {f"of_{name}": value for name, value in place.items()}).scalars()
        )
    if kept := insert_new(Scan, [row]):
        run(_CAME, place | {"scan_id": row["id"]})
    return kept


@cache
def _arrival() -> Any:
    scans: Any = Scan.__table__
    values = {column.name: bindparam(column.name, type_=column.type) for column in scans.c}
    added = (
        postgresql.insert(scans).values(values).on_conflict_do_nothing(index_elements=[scans.c.id])
    )
    kept = added.returning(scans.c.id).cte("kept")
    holder, zone = (_PRESENCES.c[name] for name in ("registration_id", "zone"))
    came = insert(_PRESENCES).from_select(
        [holder, zone, _PRESENCES.c.scan_id],
        select(*(bindparam(f"of_{one.name}", type_=one.type) for one in (holder, zone)), kept.c.id),
    )
    return select(kept.c.id).add_cte(came.cte("came"))


def settle(known: Sequence[Known], *, fresh: Sequence[Known] = ()) -> None:
    """Bring revisions and presences in step after `fresh` scans joined the `known` ones."""
    before = [row.fact for row in known]
    after = {row.scan_id: row for row in (*known, *fresh)}
    facts = [row.fact for row in after.values()]
    outcomes = verdicts(facts)
    for row in after.values():
        _revise(row, outcomes[row.fact.id])
    _move(inside(before), inside(facts))


def settle_anew(registration_ids: Sequence[uuid.UUID]) -> None:
    """The same from nothing but the scans: after a release, and as a recount."""
    known = known_scans(registration_ids)
    there = select(Presence).where(Presence.registration_id.in_(registration_ids))
    before = {
        (_holder(p.registration_id), p.zone): str(p.scan_id) for p in db.session.scalars(there)
    }
    facts = [row.fact for row in known]
    outcomes = verdicts(facts)
    for row in known:
        _revise(row, outcomes[row.fact.id])
    _move(before, inside(facts))


def _known(row: Any) -> Known:
    answered = _outcome(row.verdict, row.reason, row.first_scan_id, row.is_conflict)
    stands = _outcome(row.now, row.reason, row.now_first, row.now_conflict) if row.now else answered
    fact = Fact(
        id=str(row.id),
        at=milliseconds(row.scanned_at),
        device=row.device,
        sequence=row.sequence,
        holder=_holder(row.registration_id),
        direction=row.direction.value,
        zone=row.zone,
        rule=row.rule.value,
        day=row.day,
        reason=row.reason.value if row.reason else None,
        is_green=is_green(row.shown),
        is_held=row.verdict is Verdict.HELD and row.released is None,
        voids=str(row.undoes_id) if row.undoes_id else None,
    )
    return Known(
        row.id, row.registration_id, row.scanned_at, row.gate, row.device_name, fact, answered, stands
    )  # fmt: skip


def _outcome(verdict: Any, reason: Any, first: uuid.UUID | None, is_conflict: bool) -> Outcome:
    """As the specification writes it: only a refusal has a reason."""
    told = reason.value if reason and verdict is Verdict.REFUSED else None
    return Outcome(Result(verdict.value), told, str(first) if first else None, is_conflict)


def _holder(registration_id: uuid.UUID | None) -> str:
    return str(registration_id) if registration_id else ""


def _revise(row: Known, outcome: Outcome) -> None:
    if row.stands == outcome:
        return
    gone = delete(ScanRevision).where(ScanRevision.scan_id == row.scan_id)
    db.session.execute(gone)
    if row.answered == outcome:
        return
    revision = ScanRevision(
        scan_id=row.scan_id,
        verdict=Verdict(outcome.result),
        first_scan_id=uuid.UUID(outcome.first) if outcome.first else None,
        is_conflict=outcome.is_conflict,
        decided_at=clock.now(),
    )
    db.session.add(revision)
    db.session.flush()


def _move(before: dict[tuple[str, str], str], after: dict[tuple[str, str], str]) -> None:
    """The key of `Presence` is what makes a second admission impossible, whatever is wrong here."""
    came = []
    for place in before.keys() | after.keys():
        if before.get(place) == after.get(place):
            continue
        registration_id, zone = uuid.UUID(place[0]), place[1]
        if place not in before:
            scan_id = uuid.UUID(after[place])
            came.append({"registration_id": registration_id, "zone": zone, "scan_id": scan_id})
            continue
        here = (Presence.registration_id == registration_id, Presence.zone == zone)
        if place not in after:
            db.session.execute(delete(Presence).where(*here))
        else:
            moved = update(Presence).where(*here).values(scan_id=uuid.UUID(after[place]))
            db.session.execute(moved)
    if came:
        run(_CAME, came[0] if len(came) == 1 else came)
