"""The pages of companies: a representative's own, the directory, the organizer's."""

from matchmaking.companies.views import business, desk, directory, exchange
from matchmaking.companies.views.blueprint import bp

__all__ = ["bp", "business", "desk", "directory", "exchange"]
