"""Scans, snapshots for devices, and figures of the gates."""

import uuid
from datetime import UTC, datetime
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, AwareDatetime, ConfigDict, Field

from matchmaking.api.schemas.base import (
    SOMETHING,
    Bilingual,
    EachForItself,
    Input,
    Line,
    Moment,
    Output,
    Query,
    Whole,
)
from matchmaking.checkin.models import Reason, Verdict
from matchmaking.core.i18n import _l

CURSOR = r"^([0-9]{1,13}(\.[0-9]{1,13}\.[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})?)?$"
_OUT_OF_RANGE = _l("This moment is out of range.")


def _sensible(moment: datetime) -> datetime:
    try:
        return moment.astimezone(UTC)
    except OverflowError:
        raise ValueError(str(_OUT_OF_RANGE)) from None


Instant = Annotated[AwareDatetime, AfterValidator(_sensible)]
Mark = Annotated[str, Line(40, SOMETHING)]
Count = Annotated[int, Whole(0, 2**31 - 1)]


def _named_somehow(schema: dict[str, Any]) -> None:
    """What the fields must be together: a badge is named, and a void says what it takes back."""

    def given(name: str) -> dict[str, Any]:
        return {"required": [name], "properties": {name: {"type": "string", "minLength": 1}}}

    is_void = {"required": ["direction"], "properties": {"direction": {"const": "void"}}}
    void = {"if": is_void, "then": given("voids")}
    schema["if"], schema["then"] = given("token"), void
    schema["else"] = {"anyOf": [given("code"), given("handle")], **void}


class ScanIn(Input):
    """One reading: `token` is what the QR carries, `code` the registration's, `handle` a device's; the first counts.

    The other fields are what a device of ours adds: its clock, the milliseconds since its last
    sync, its count of scans, the moment of its snapshot in milliseconds, and what it showed.
    """

    model_config = ConfigDict(json_schema_extra=_named_somehow)

    scan_id: uuid.UUID
    token: str | None = Field(None, max_length=4300)
    code: str | None = Field(None, max_length=60)
    handle: str | None = Field(None, pattern="^[0-9a-f]{24}$")
    gate: Mark = "A"
    direction: Literal["entry", "exit", "void"] = "entry"
    voids: uuid.UUID | None = None
    scanned_at: Instant | None = None
    reason: Literal["unknown", "bad_signature", "other_event"] | None = None
    shown: Literal["admitted", "check", "duplicate", "refused"] | None = None
    sequence: Count = 0
    clock_at: Instant | None = None
    elapsed_ms: Count | None = None
    snapshot_ms: Annotated[int, Whole(0, 2**42)] | None = None
    app: Annotated[str, Line(40)] = ""


class Told(Output):
    """Whom the badge belongs to, as much as a gate needs."""

    code: str
    full_name: str
    organization: str
    delegation: str
    ticket_type: str
    badge_type: str


class FirstScan(Output):
    """The scan that a duplicate repeats."""

    scan_id: uuid.UUID
    checked_in_at: Moment
    gate: str
    device: str


class ScanOut(Output):
    """The answer to one scan. `error` stands alone: the item was no scan that could be kept."""

    scan_id: uuid.UUID | None
    result: Verdict | None = None
    reason: Reason | None = None
    checked_in_at: Moment | None = None
    registration: Told | None = None
    first: FirstScan | None = None
    conflict: bool = False
    error: str | None = None
    detail: str | None = None


class DeviceStatus(Input):
    """What a device says of itself; battery in percent."""

    queue: Count = 0
    battery: Annotated[int, Whole(0, 100)] | None = None
    app: Annotated[str, Line(40)] = ""
    snapshot_ms: Annotated[int, Whole(0, 2**42)] | None = None


class Batch(EachForItself):
    """Scans that were made offline. Each is read and answered for itself."""

    scans: list[Any] = Field(max_length=500)
    device: DeviceStatus | None = None


class BatchOut(Output):
    results: list[ScanOut]
    server_ms: int


class Undo(Input):
    scan_id: uuid.UUID
    reason: Annotated[str, Line(200)] = ""


class UndoOut(Output):
    scan_id: uuid.UUID
    undone_at: Moment


class SnapshotQuery(Query):
    """`since` is the `cursor` of the answer before."""

    since: str = Field("", pattern=CURSOR)
    limit: int = Field(2000, ge=1, le=2000)


class PublicKey(Output):
    id: int
    public_key: str


class GateRule(Output):
    """`admits` lists badge types, all when empty; times are "HH:MM" in the event's zone."""

    code: str
    name: Bilingual
    rule: str
    zone: str
    admits: list[str]
    opens: str | None
    closes: str | None


class KindOfBadge(Output):
    code: str
    name: Bilingual
    colour: str
    is_vip: bool


class KindOfTicket(Output):
    """`in_person`: people may come with it, and be registered for it at a gate."""

    code: str
    name: Bilingual
    badge_type: str
    in_person: bool


class ScanKnown(Output):
    """A scan upon which the next one at its zone is decided; `at` in milliseconds."""

    id: str
    at: int
    device: str
    device_name: str
    gate: str
    zone: str
    rule: str
    day: str


class Expected(Output):
    """A delegate by handles; `revoked` are those of earlier badges, `reason` why none counts."""

    id: str
    code: str
    badges: list[str]
    revoked: list[str]
    reason: str | None
    name: str
    organization: str
    delegation: str
    language: str
    ticket_type: str
    attention: bool
    scans: list[ScanKnown]


class EventAtGate(Output):
    slug: str
    name: Bilingual
    timezone: str
    tag: str
    opens_at: Moment
    ends_at: Moment


class Snapshot(Output):
    """What a device needs offline. `more`: ask again at once, with `cursor` as `since`."""

    server_ms: int
    cursor: str
    more: bool
    event: EventAtGate
    keys: list[PublicKey]
    handle_key: str
    gates: list[GateRule]
    badge_types: list[KindOfBadge]
    ticket_types: list[KindOfTicket]
    people: list[Expected]


class OfTicketType(Output):
    ticket_type: str
    name: Bilingual
    arrived: int
    expected: int


class OfGate(Output):
    gate: str
    admitted: int
    duplicate: int
    refused: int
    held: int
    exits: int


class OfQuarter(Output):
    starts_at: Moment
    arrived: int


class ConflictScan(Output):
    scan_id: uuid.UUID
    gate: str
    device: str
    scanned_at: Moment
    result: Verdict


class ConflictOut(Output):
    """A green that is contradicted: the scans it is between, the one that counts first."""

    registration: Told | None
    reason: Reason | None
    settled: bool
    scans: list[ConflictScan]


class Stats(Output):
    arrived: int
    expected: int
    inside: int
    refused: int
    by_ticket_type: list[OfTicketType]
    by_gate: list[OfGate]
    by_quarter_hour: list[OfQuarter]
    conflicts: list[ConflictOut]
