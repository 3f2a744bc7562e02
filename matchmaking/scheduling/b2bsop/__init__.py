"""The business-to-business meeting scheduling problem of the literature (B2BSOP).

Every meeting must be placed; breaks are what is minimized. `docs/scheduling.md` gives the exact
meaning and the method. Companies, meetings and slots count from 0 here and from 1 in the files.
"""

from matchmaking.scheduling.b2bsop.instance import Half, Instance
from matchmaking.scheduling.b2bsop.outcome import Outcome, Status
from matchmaking.scheduling.b2bsop.reading import read_instance
from matchmaking.scheduling.b2bsop.settling import settle
from matchmaking.scheduling.b2bsop.verification import breaks_of, broken_rules

__all__ = [
    "Half",
    "Instance",
    "Outcome",
    "Status",
    "breaks_of",
    "broken_rules",
    "read_instance",
    "settle",
]
