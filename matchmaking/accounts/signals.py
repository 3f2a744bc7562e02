"""What accounts ask of the features above."""

from blinker import Namespace

names_around = Namespace().signal("names-around")
"""Sender: the user. Answer the names of yours around this person, which are no good in a password."""
