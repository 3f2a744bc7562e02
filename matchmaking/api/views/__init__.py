"""The calls, one file a resource."""

from matchmaking.api.endpoint import bp
from matchmaking.api.views import (  # noqa: F401
    at_gates,
    check_ins,
    companies,
    documents,
    events,
    meetings,
    places,
    registrations,
    requests,
    runs,
)
from matchmaking.api.views.documentation import documentation
from matchmaking.api.views.programs import programs

__all__ = ["bp", "documentation", "programs"]
