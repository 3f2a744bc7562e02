"""What the gate shows after a scan."""

from collections.abc import Mapping
from dataclasses import dataclass

from matchmaking.checkin.models import Direction, Scan, Verdict
from matchmaking.checkin.words import REASONS, VERDICTS
from matchmaking.core.bilingual import Bilingual
from matchmaking.core.i18n import _, current_language
from matchmaking.events.models import Event
from matchmaking.reference import badge_type
from matchmaking.registration.models import Registration
from matchmaking.web.filters import moment


@dataclass(frozen=True)
class Answer:
    """One scan in the reader's words. `kind` (yes, look, no) decides colour, shape and sound."""

    scan: Scan
    kind: str
    title: str
    sentence: str
    badge: str
    is_vip: bool

    @property
    def registration(self) -> Registration | None:
        return self.scan.registration

    @property
    def can_be_undone(self) -> bool:
        return self.scan.verdict is Verdict.ADMITTED and self.scan.direction is not Direction.VOID


def answer_to(scan: Scan, event: Event, gates: Mapping[str, Bilingual]) -> Answer:
    kinds = {
        Verdict.ADMITTED: "yes",
        Verdict.DUPLICATE: "look",
        Verdict.REFUSED: "no",
        Verdict.HELD: "look",
    }
    holder = scan.registration.ticket_type if scan.registration else None
    kind_of_badge = badge_type(holder.badge_type) if holder else None
    return Answer(
        scan=scan,
        kind=kinds[scan.verdict],
        title=str(VERDICTS[scan.direction, scan.verdict]),
        sentence=_sentence(scan, event, gates),
        badge=kind_of_badge.labels.in_(current_language()) if kind_of_badge else "",
        is_vip=bool(kind_of_badge and kind_of_badge.is_vip),
    )


def _sentence(scan: Scan, event: Event, gates: Mapping[str, Bilingual]) -> str:
    if scan.verdict is Verdict.REFUSED and scan.reason:
        return str(REASONS[scan.reason])
    if scan.first_scan:
        return _first(scan.first_scan, event, gates)
    return ""


def _first(first: Scan, event: Event, gates: Mapping[str, Bilingual]) -> str:
    """When, at which gate, by whose device: enough to settle it at the gate."""
    gate = gates.get(first.gate, Bilingual(first.gate)).in_(current_language())
    who = first.scanned_by.full_name if first.scanned_by else first.device
    return _(
        "%(time)s, gate %(mark)s (%(gate)s), by %(who)s, device %(device)s",
        time=moment(first.scanned_at, event.zone),
        mark=first.gate,
        gate=gate,
        who=who or "–",
        device=first.device or "–",
    )
