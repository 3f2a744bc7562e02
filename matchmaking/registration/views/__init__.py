"""The pages of this feature."""

from matchmaking.registration.views import own, public
from matchmaking.registration.views.blueprint import bp

__all__ = ["bp", "own", "public"]
