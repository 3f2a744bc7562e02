"""News about companies. Receivers run in the transaction that causes them."""

from blinker import signal

company_changed = signal("company-changed")
"""Sent by a company after its profile, its people or its times were changed."""

company_withdrawn = signal("company-withdrawn")
"""Sent by a company after it was taken out of the event."""
