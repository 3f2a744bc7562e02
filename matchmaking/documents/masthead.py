"""What stands at the head of every sheet of an event."""

from dataclasses import dataclass

from matchmaking.core import clock
from matchmaking.core.bilingual import Bilingual
from matchmaking.documents import words
from matchmaking.events.models import Event
from matchmaking.web.colours import LIGHT_PAPER, accent_on, mix
from matchmaking.web.days import days_in_words

HOUSE_ACCENT = "#a5211b"


@dataclass(frozen=True)
class Masthead:
    event: Bilingual
    dates: Bilingual
    venue: Bilingual
    accent: str
    motif: str
    version: Bilingual


def masthead_of(event: Event, *, with_version: bool = True) -> Masthead:
    accent = accent_on(LIGHT_PAPER, event.accent or HOUSE_ACCENT).text
    printed_at = f"{clock.now().astimezone(event.zone):%H:%M, %d/%m/%Y}"
    return Masthead(
        event=event.name,
        dates=words.both(lambda: days_in_words(event.starts_on, event.ends_on)),
        venue=event.venue,
        accent=accent,
        motif=mix(accent, "#ffffff", 0.18).removeprefix("#"),
        version=words.version_label(event.schedule_version if with_version else 0, printed_at),
    )
