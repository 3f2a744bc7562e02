"""The pages of this feature, by who reads them and what they are about."""

from matchmaking.events.views import (  # noqa: F401  (their routes)
    booths,
    desk,
    details,
    files,
    halls,
    history,
    hosts,
    people,
    programme,
    public,
)
from matchmaking.events.views.blueprint import bp

__all__ = ["bp"]
