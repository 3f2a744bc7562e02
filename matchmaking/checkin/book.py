"""The list of all scans, as it stands now."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, select
from sqlalchemy.orm import contains_eager, joinedload

from matchmaking.checkin.arriving import day_bounds
from matchmaking.checkin.models import Scan, Verdict
from matchmaking.checkin.queries import STANDS
from matchmaking.core.text import fold
from matchmaking.events.models import Event
from matchmaking.registration.models import Registration, TicketType


@dataclass(frozen=True)
class WantedScans:
    """What a list of scans shows; what is empty filters nothing."""

    day: date | None = None
    gate: str = ""
    ticket_type: str = ""
    verdict: Verdict | None = None
    words: str = ""


def scans(event: Event, wanted: WantedScans) -> Select[Scan]:
    """The latest first."""
    query = (
        select(Scan)
        .outerjoin(Scan.revision)
        .outerjoin(Scan.registration)
        .outerjoin(Registration.ticket_type)
        .where(Scan.event_id == event.id)
        .options(
            contains_eager(Scan.revision),
            contains_eager(Scan.registration).contains_eager(Registration.ticket_type),
            joinedload(Scan.scanned_by),
        )
        .order_by(Scan.scanned_at.desc(), Scan.id.desc())
    )
    if wanted.day:
        begins_at, ends_at = day_bounds(event, wanted.day)
        query = query.where(Scan.scanned_at >= begins_at, Scan.scanned_at < ends_at)
    if wanted.gate:
        query = query.where(Scan.gate == wanted.gate)
    if wanted.verdict:
        query = query.where(STANDS.in_([wanted.verdict]))
    if wanted.ticket_type:
        query = query.where(TicketType.code == wanted.ticket_type)
    for word in fold(wanted.words).split():
        query = query.where(Registration.search_text.contains(word, autoescape=True))
    return query
