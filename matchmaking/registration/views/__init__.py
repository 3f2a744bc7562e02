"""The pages of this feature."""

from matchmaking.registration.views import delegates, identities, lists, own, public, tickets
from matchmaking.registration.views.blueprint import bp

__all__ = ["bp", "delegates", "identities", "lists", "own", "public", "tickets"]
