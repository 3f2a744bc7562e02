"""What is deleted in time, and after a restore, by whichever feature keeps it."""

from blinker import signal

upkeep = signal("upkeep")
"""Sent by `flask clean-up`, inside its transaction: delete of yours what nobody needs again."""

restored = signal("restored")
"""Sent by `flask restore`, inside a transaction of its own: bring back nobody whose data was erased."""
