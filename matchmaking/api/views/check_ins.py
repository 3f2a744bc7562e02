"""Scans at the gate, alone and in uploads, and what a device needs offline."""

from dataclasses import replace

from flask import Response, abort

from matchmaking.api.access import (
    GATE_ALONE,
    GATE_OR_READER,
    ORGANIZER,
    SCANNING,
    calling_token,
)
from matchmaking.api.endpoint import Answer, endpoint
from matchmaking.api.errors import Invalid
from matchmaking.api.gates import calling_source, reading_of, readings_of, told
from matchmaking.api.schemas.check_ins import (
    Batch,
    BatchOut,
    DeviceStatus,
    ScanIn,
    ScanOut,
    Snapshot,
    SnapshotQuery,
    Stats,
    Undo,
    UndoOut,
)
from matchmaking.api.snapshots import snapshot_of, stats_of
from matchmaking.checkin import services
from matchmaking.checkin.models import Device
from matchmaking.checkin.queries import scan_at
from matchmaking.checkin.readings import Reading
from matchmaking.checkin.services.standing import EPOCH, MILLISECOND, milliseconds
from matchmaking.checkin.snapshot import BadCursor, Cursor
from matchmaking.core import clock
from matchmaking.core.database import db
from matchmaking.core.i18n import _, _l
from matchmaking.events.at_gate import AtGate
from matchmaking.events.models import Event
from matchmaking.web.problems import refusal

PATH = "/events/<slug>/check-ins"
UPLOADING = replace(GATE_ALONE, even_revoked=True)
HELD = 202


@endpoint(
    f"POST {PATH}",
    topic="check-in",
    summary=_l("Check a delegate in or out"),
    access=SCANNING,
    body=ScanIn,
    answer=ScanOut,
    refusals=(services.ScanIdReused, services.OtherDevice),
)
def check_in(event: AtGate, body: ScanIn) -> ScanOut | Response:
    """An id used twice is refused and written down, so it is no error here."""
    [answer] = services.take_in(event, calling_source(), [reading_of(body)])
    return refusal(answer) if isinstance(answer, services.ScanMixUp) else told(answer)


@endpoint(
    f"POST {PATH}/batch",
    topic="check-in",
    summary=_l("Bring scans that were made offline"),
    access=replace(UPLOADING, at_gate=True),
    body=Batch,
    answer=BatchOut,
    also=(HELD,),
)
def check_in_batch(event: AtGate, body: Batch) -> Answer:
    """Each is answered for itself. Those of a revoked device are kept and held: 202."""
    _note_status(body.device)
    source = calling_source()
    read = readings_of(body.scans)
    readings = [one for one in read if isinstance(one, Reading)]
    answers = iter(services.take_in(event, source, readings))
    results = [told(next(answers)) if isinstance(one, Reading) else one for one in read]
    content = BatchOut(results=results, server_ms=milliseconds(clock.exact()))
    return Answer(content, status=HELD if source.is_revoked else 200)


@endpoint(
    f"POST {PATH}/undo",
    topic="check-in",
    summary=_l("Take a check-in back"),
    access=ORGANIZER,
    body=Undo,
    answer=UndoOut,
    refusals=(services.CannotUndo,),
)
def undo_check_in(event: Event, body: Undo) -> UndoOut:
    scan = scan_at(event, body.scan_id)
    if scan is None:
        abort(404)
    void = services.undo(scan, undone_by=None, reason=body.reason)
    return UndoOut(scan_id=scan.id, undone_at=void.scanned_at)


@endpoint(
    "GET /events/<slug>/check-in/snapshot",
    topic="check-in",
    summary=_l("Read what a gate needs offline, or what has changed since"),
    access=GATE_ALONE,
    query=SnapshotQuery,
    answer=Snapshot,
)
def snapshot(event: Event, query: SnapshotQuery) -> Snapshot:
    try:
        cursor = Cursor.read(query.since)
    except BadCursor:
        raise Invalid({"since": [_("This is no cursor of ours.")]}) from None
    return snapshot_of(event, cursor, limit=query.limit)


@endpoint(
    "GET /events/<slug>/check-in/stats",
    topic="check-in",
    summary=_l("Read who has come, and the conflicts"),
    access=GATE_OR_READER,
    answer=Stats,
)
def stats(event: Event) -> Stats:
    return stats_of(event)


def _note_status(status: DeviceStatus | None) -> None:
    """Of the enrolled device that calls, if it is one."""
    token = calling_token()
    device = db.session.get(Device, token.id) if token and status else None
    if device and status:
        moment = EPOCH + status.snapshot_ms * MILLISECOND if status.snapshot_ms else None
        said = services.Status(status.queue, status.battery, status.app, moment)
        services.note_status(device, said)
