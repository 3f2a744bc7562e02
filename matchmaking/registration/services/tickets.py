"""Ticket types: kinds of places at an event."""

from dataclasses import asdict, dataclass, field
from typing import Any, ClassVar

from sqlalchemy import func, select

from matchmaking.core import audit
from matchmaking.core.bilingual import Bilingual
from matchmaking.core.database import db
from matchmaking.core.errors import DomainError
from matchmaking.core.i18n import _l
from matchmaking.events.models import Event
from matchmaking.events.signals import event_cloned, event_created
from matchmaking.reference import badge_type
from matchmaking.registration.models import Registration, TicketType
from matchmaking.registration.queries import ticket_types_of
from matchmaking.registration.services.changing import ChangedMeanwhile
from matchmaking.registration.services.deciding import fill_places
from matchmaking.registration.services.places import lock_ticket_types


class PlacesTaken(DomainError):
    code: ClassVar[str] = "places_taken"
    message = _l("%(used)s places are taken already. Enter that number or more.")


class TicketTypeInUse(DomainError):
    code: ClassVar[str] = "ticket_type_in_use"
    message = _l("Delegates have registered for this. Close it instead: allow it by link only.")


@dataclass(frozen=True, kw_only=True)
class TicketTypeInput:
    """What an organizer decides about a ticket type. `places` None: as many as come."""

    badge_type: str
    name: Bilingual
    colour: str
    description: Bilingual = field(default_factory=Bilingual)
    places: int | None = None
    attendances: tuple[str, ...] = ("in_person",)
    needs_approval: bool = False
    has_waiting_list: bool = False
    is_listed: bool = True
    meets_companies: bool = False

    def as_columns(self) -> dict[str, Any]:
        names = ("name", "description")
        plain = {key: value for key, value in asdict(self).items() if key not in names}
        return {
            **plain,
            "name": self.name,
            "description": self.description,
            "attendances": list(self.attendances),
        }


def preset(badge_code: str, **values: Any) -> TicketTypeInput:
    """A ticket type as the badge type suggests it."""
    badge = badge_type(badge_code)
    named = Bilingual(badge.labels.vi, badge.labels.en)
    return TicketTypeInput(badge_type=badge_code, name=named, colour=badge.colour, **values)


def add_ticket_type(event: Event, wanted: TicketTypeInput) -> TicketType:
    existing = ticket_types_of(event)
    ticket_type = TicketType(
        event_id=event.id,
        code=_free_code(wanted.badge_type, {one.code for one in existing}),
        position=max((one.position for one in existing), default=-1) + 1,
        **wanted.as_columns(),
    )
    db.session.add(ticket_type)
    db.session.flush()
    audit.record("ticket_type.added", ticket_type, name=wanted.name.in_("vi"))
    return ticket_type


def change_ticket_type(
    ticket_type: TicketType, wanted: TicketTypeInput, *, version: int
) -> TicketType:
    """Raises PlacesTaken for fewer places than are taken; new places go to who waits."""
    lock_ticket_types(ticket_type)
    if ticket_type.version != version:
        raise ChangedMeanwhile(ticket_type)
    if wanted.places is not None and wanted.places < ticket_type.used:
        raise PlacesTaken(used=ticket_type.used)
    for name, value in wanted.as_columns().items():
        setattr(ticket_type, name, value)
    ticket_type.version += 1
    db.session.flush()
    audit.record("ticket_type.changed", ticket_type, name=wanted.name.in_("vi"))
    fill_places(ticket_type)
    return ticket_type


def remove_ticket_type(ticket_type: TicketType) -> None:
    lock_ticket_types(ticket_type)
    query = select(func.count()).where(Registration.ticket_type_id == ticket_type.id)
    if db.session.scalar(query):
        raise TicketTypeInUse
    audit.record("ticket_type.removed", ticket_type, name=ticket_type.name.in_("vi"))
    db.session.delete(ticket_type)
    db.session.flush()


def move_ticket_type(ticket_type: TicketType, *, up: bool) -> None:
    """One place up or down in the order people choose from."""
    ordered = list(ticket_types_of(ticket_type.event))
    index = ordered.index(ticket_type)
    other = index - 1 if up else index + 1
    if 0 <= other < len(ordered):
        ordered[index], ordered[other] = ordered[other], ordered[index]
    for position, one in enumerate(ordered):
        one.position = position
    audit.record("ticket_type.moved", ticket_type, name=ticket_type.name.in_("vi"))
    db.session.flush()


def preset_ticket_types(event: Event) -> None:
    """What an event of this kind usually offers; the organizer changes it from there."""
    if ticket_types_of(event):
        return
    for wanted in _presets_for(event):
        add_ticket_type(event, wanted)


def copy_ticket_types(source: Event, target: Event) -> None:
    """An edition starts with the ticket types of the one it was cloned from, all places free."""
    for one in ticket_types_of(source):
        columns = {name: getattr(one, name) for name in _COPIED}
        db.session.add(TicketType(event_id=target.id, **columns))
    db.session.flush()


@event_created.connect
def _preset_for(event: Event, **_news: Any) -> None:
    preset_ticket_types(event)


@event_cloned.connect
def _copy_to(edition: Event, *, source: Event, **_news: Any) -> None:
    copy_ticket_types(source, edition)


_COPIED = (
    "code",
    "badge_type",
    "name",
    "description",
    "colour",
    "places",
    "attendances",
    "needs_approval",
    "has_waiting_list",
    "is_listed",
    "meets_companies",
    "position",
)


def _presets_for(event: Event) -> list[TicketTypeInput]:
    ways = ("in_person", "online") if event.has("livestream") else ("in_person",)
    offered = [preset("delegate", attendances=ways)]
    if event.has("b2b"):
        offered.append(preset("business_vn", meets_companies=True))
        offered.append(preset("business_foreign", meets_companies=True))
    if event.has("exhibition"):
        offered.append(preset("exhibitor", needs_approval=True, meets_companies=event.has("b2b")))
    offered.append(preset("press", needs_approval=True))
    by_link = ("vip", "speaker", "organizer", "staff")
    return [*offered, *(preset(code, is_listed=False) for code in by_link)]


def _free_code(wanted: str, taken: set[str]) -> str:
    if wanted not in taken:
        return wanted
    return next(code for n in range(2, len(taken) + 3) if (code := f"{wanted}_{n}") not in taken)
