"""Why a document cannot be had."""

from typing import ClassVar

from matchmaking.core.errors import DomainError
from matchmaking.core.i18n import _l


class NoBadge(DomainError):
    code: ClassVar[str] = "no_badge"
    message = _l("There is no badge: this registration is not confirmed.")
