"""People are let go in time, and a restored backup brings nobody back."""

from typing import Any

from matchmaking.core.upkeep import restored, upkeep
from matchmaking.events.models import Event
from matchmaking.events.signals import event_cloned, event_created
from matchmaking.privacy.services.erasing import erase_again
from matchmaking.privacy.services.retention import see_to_letting_go


@restored.connect
@upkeep.connect
def _erase_again(_sender: None) -> None:
    erase_again()


@event_created.connect
@event_cloned.connect
def _mind_the_clock(event: Event, **_news: Any) -> None:
    see_to_letting_go(event)
