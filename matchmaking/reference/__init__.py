"""What every event shares: sectors, badge and event types, places, languages, lists to choose from.

Read from `data/` once, never changed at run time. `docs/reference-data.md` says where it comes
from and how sure it is.
"""

from matchmaking.reference.badges import BadgeType, SecurityList, badge_type, badge_types, zone
from matchmaking.reference.choices import Choice, choice, choices
from matchmaking.reference.events import (
    EventType,
    event_modules,
    event_type,
    event_types,
    session_type,
    session_types,
)
from matchmaking.reference.labels import Labels
from matchmaking.reference.languages import Language, language, languages
from matchmaking.reference.places import (
    FormerProvince,
    Province,
    countries,
    country,
    province,
    provinces,
)
from matchmaking.reference.sectors import Sector, sector, sector_affinity, sector_tree, sectors

__all__ = [
    "BadgeType",
    "Choice",
    "EventType",
    "FormerProvince",
    "Labels",
    "Language",
    "Province",
    "Sector",
    "SecurityList",
    "badge_type",
    "badge_types",
    "choice",
    "choices",
    "countries",
    "country",
    "event_modules",
    "event_type",
    "event_types",
    "language",
    "languages",
    "province",
    "provinces",
    "sector",
    "sector_affinity",
    "sector_tree",
    "sectors",
    "session_type",
    "session_types",
    "zone",
]
