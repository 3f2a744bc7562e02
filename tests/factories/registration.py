import secrets
from typing import Any

from matchmaking.core import clock
from matchmaking.core.bilingual import Bilingual
from matchmaking.core.text import fold, name_sort_key
from matchmaking.events.models import Event
from matchmaking.registration.models import Badge, Registration, RegistrationStatus, TicketType
from tests.factories.base import add, numbers
from tests.factories.events import make_event


def make_ticket_type(event: Event | None = None, **values: Any) -> TicketType:
    values.setdefault("code", f"delegate{next(numbers)}")
    values.setdefault("badge_type", "delegate")
    values.setdefault("name", Bilingual("Đại biểu", "Delegate"))
    values.setdefault("colour", "#B22222")
    return add(TicketType(event_id=(event or make_event()).id, **values))


def make_registration(event: Event | None = None, **values: Any) -> Registration:
    """A confirmed delegate with a badge. Give `ticket_type` or `event`."""
    ticket_type = values.pop("ticket_type", None) or make_ticket_type(event)
    values.setdefault("full_name", "Nguyễn Thị Ánh")
    values.setdefault("email", f"delegate{next(numbers)}@example.com")
    values.setdefault("status", RegistrationStatus.CONFIRMED)
    values.setdefault("language", "en")
    values.setdefault("sort_name", name_sort_key(values["full_name"]))
    values.setdefault("search_text", fold(f"{values['full_name']} {values['email']}"))
    if values["status"] is RegistrationStatus.CONFIRMED:
        values.setdefault("confirmed_at", clock.now())
        ticket_type.used += 1
    registration = add(
        Registration(event_id=ticket_type.event_id, ticket_type_id=ticket_type.id, **values)
    )
    if registration.is_confirmed:
        make_badge(registration)
    return registration


def make_badge(registration: Registration, **values: Any) -> Badge:
    values.setdefault("code", secrets.token_hex(16))
    return add(Badge(registration_id=registration.id, event_id=registration.event_id, **values))
