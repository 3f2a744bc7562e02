"""What the API refuses on its own account; rules are the services'."""

from collections.abc import Mapping
from typing import ClassVar

from matchmaking.core.errors import DomainError
from matchmaking.core.i18n import _l


class NoToken(DomainError):
    code: ClassVar[str] = "unauthorized"
    status: ClassVar[int] = 401
    message = _l(
        "Send a token in the header Authorization: Bearer TOKEN. This one is missing, unknown or revoked."
    )
    headers: Mapping[str, str] = {"WWW-Authenticate": 'Bearer realm="api"'}


class WrongScope(DomainError):
    code: ClassVar[str] = "forbidden"
    status: ClassVar[int] = 403
    message = _l("This token may not do that: its scope is %(scope)s.")


class Malformed(DomainError):
    code: ClassVar[str] = "malformed"
    status: ClassVar[int] = 400
    message = _l("The body is not JSON in UTF-8.")


class NotJson(DomainError):
    code: ClassVar[str] = "unsupported_media_type"
    status: ClassVar[int] = 415
    message = _l("Send JSON, and say so: Content-Type: application/json.")


class Invalid(DomainError):
    """Carries the sentences by field."""

    code: ClassVar[str] = "invalid"
    status: ClassVar[int] = 422
    message = _l("Something you sent cannot be right: see errors.")

    def __init__(self, errors: dict[str, list[str]]) -> None:
        super().__init__()
        self.members = {"errors": errors}


class NoSuch(DomainError):
    """The body names something this event does not have."""

    code: ClassVar[str] = "not_found"
    status: ClassVar[int] = 404
    message = _l("This event has nothing of the kind you named: %(field)s.")


class NotDone(DomainError):
    code: ClassVar[str] = "not_done"
    message = _l("This document is not done yet. Ask for its state first.")


class ChangedSince(DomainError):
    """The object is no longer the one whose ETag the request named."""

    code: ClassVar[str] = "changed_meanwhile"
    status: ClassVar[int] = 412
    message = _l("Someone else changed this meanwhile. Read it again, then send your change.")


class KeyReused(DomainError):
    code: ClassVar[str] = "idempotency_key_reused"
    message = _l("This Idempotency-Key came before with another request. Use a new one.")


class BadKey(DomainError):
    code: ClassVar[str] = "invalid"
    status: ClassVar[int] = 422
    field: ClassVar[str] = "Idempotency-Key"
    message = _l("An Idempotency-Key has 1 to 64 printable characters.")
