"""The pages of this feature, by who reads them and what they are about."""

from matchmaking.events.views import desk, files, public  # noqa: F401  (their routes)
from matchmaking.events.views.blueprint import bp

__all__ = ["bp"]
