"""News of events for the features above, in the same transaction."""

from blinker import Namespace

_signals = Namespace()

event_created = _signals.signal("event-created")
"""Sender: the new draft, made from nothing. Preset what an event of its kind begins with."""

event_cloned = _signals.signal("event-cloned")
"""Sender: the new edition; `source`: the event it was made from. Copy what you own of it."""

b2b_session_changed = _signals.signal("b2b-session-changed")
"""Sender: the event. A session with slots was added, changed, moved or removed."""

booth_holders = _signals.signal("booth-holders")
"""Sender: the event. Answer the names of those of yours who hold a booth, by the booth's id."""

session_removal = _signals.signal("session-removal")
"""Sender: the session. Answer how many rows of yours would be lost with it, for good."""
