"""News of the gates for the features above, in the same transaction."""

from blinker import signal

scans_kept = signal("scans-kept")
"""Sender: the event; `answers`: what each new scan was answered."""
