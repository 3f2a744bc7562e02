from datetime import timedelta
from typing import Any

from matchmaking.companies.models import Company
from matchmaking.core.bilingual import Bilingual
from matchmaking.core.text import name_sort_key
from matchmaking.events.models import Event
from matchmaking.meetings.models import (
    Interpreter,
    MeetingRequest,
    MeetingTable,
    RequestStatus,
    Slot,
)
from tests.factories.base import add
from tests.factories.events import make_session


def make_slots(
    event: Event, count: int = 4, *, start: str = "08:00", minutes: int = 20
) -> list[Slot]:
    """Consecutive slots of one block, in a B2B session made for them."""
    session = make_session(
        event,
        start,
        "12:00",
        kind="b2b",
        slot_minutes=minutes,
        tables=2,
        title=Bilingual("Kết nối giao thương", "Business meetings"),
    )
    first = session.starts_at
    step = timedelta(minutes=minutes)
    return [
        add(
            Slot(
                event_id=event.id,
                session_id=session.id,
                number=n,
                block=0,
                starts_at=first + n * step,
                ends_at=first + (n + 1) * step,
            )
        )
        for n in range(count)
    ]


def make_tables(event: Event, count: int = 2) -> list[MeetingTable]:
    return [add(MeetingTable(event_id=event.id, number=n)) for n in range(1, count + 1)]


def make_interpreter(event: Event, **values: Any) -> Interpreter:
    values.setdefault("full_name", "Lê Thị Lan")
    values.setdefault("languages", ["ko"])
    values.setdefault("sort_name", name_sort_key(values["full_name"]))
    return add(Interpreter(event_id=event.id, **values))


def make_request(sender: Company, receiver: Company, **values: Any) -> MeetingRequest:
    values.setdefault("status", RequestStatus.PENDING)
    return add(
        MeetingRequest(
            event_id=sender.event_id,
            from_company_id=sender.id,
            to_company_id=receiver.id,
            **values,
        )
    )
