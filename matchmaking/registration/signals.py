"""News about registrations. Receivers run in the transaction that causes them."""

from blinker import signal

registration_changed = signal("registration-changed")
"""Sent by a registration after its details were changed."""

registration_cancelled = signal("registration-cancelled")
"""Sent by a registration after it was cancelled or rejected."""
