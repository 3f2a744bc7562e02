"""Papers for delegates, for everybody, and printing for many."""

from matchmaking.documents.views import desk, own, public  # noqa: F401
from matchmaking.documents.views.blueprint import bp

__all__ = ["bp"]
