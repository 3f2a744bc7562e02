"""What the demo tells the features above."""

from blinker import Namespace

event_loaded = Namespace().signal("demo-event-loaded")
"""Sender: an event with its `delegates`. Add what of yours is to be seen there."""
