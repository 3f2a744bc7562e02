from datetime import date, datetime, timedelta
from typing import Any

from matchmaking.core import clock
from matchmaking.core.bilingual import Bilingual
from matchmaking.events.models import AgendaSession, Event, EventStatus
from tests.factories.base import add, numbers


def make_event(**values: Any) -> Event:
    """A published two-day event that starts in a week."""
    today = clock.now().date()
    values.setdefault("slug", f"gap-go-{next(numbers)}")
    values.setdefault("kind", "gap_go_quoc_gia")
    values.setdefault("modules", ["plenary", "exhibition", "b2b"])
    values.setdefault("name", Bilingual("Gặp gỡ Hàn Quốc", "Meet Korea"))
    values.setdefault("status", EventStatus.PUBLISHED)
    values.setdefault("starts_on", today + timedelta(days=7))
    values.setdefault("ends_on", values["starts_on"] + timedelta(days=1))
    return add(Event(**values))


def at(event: Event, time: str, *, day: int = 0) -> datetime:
    """A moment of the event: `at(event, "08:30", day=1)` is on its second day."""
    clock_time = datetime.strptime(time, "%H:%M").time()
    on: date = event.starts_on + timedelta(days=day)
    return datetime.combine(on, clock_time, event.zone)


def make_session(
    event: Event, start: str = "08:00", end: str = "09:00", **values: Any
) -> AgendaSession:
    day = values.pop("day", 0)
    values.setdefault("kind", "plenary")
    values.setdefault("title", Bilingual("Phiên toàn thể", "Plenary"))
    return add(
        AgendaSession(
            event_id=event.id,
            starts_at=at(event, start, day=day),
            ends_at=at(event, end, day=day),
            **values,
        )
    )
