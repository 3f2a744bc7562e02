"""The pages of this feature."""

from matchmaking.privacy.views import breaches, desk, naming, own, people
from matchmaking.privacy.views.blueprint import bp

__all__ = ["bp", "breaches", "desk", "naming", "own", "people"]
