"""What a refusal is made of."""

from collections.abc import Mapping
from typing import Any, ClassVar

from matchmaking.core.i18n import _l


class DomainError(Exception):
    """A rule says no. `code` is for programs; `message` is a sentence for people.

    A subclass whose sentence has named placeholders passes their values as
    keywords: `raise SoldOut(ticket_type=name)`.
    """

    code: ClassVar[str] = "refused"
    message: ClassVar[Any] = _l("This is not possible.")
    status: ClassVar[int] = 409

    def __init__(self, *subjects: Any, **values: Any) -> None:
        super().__init__(*subjects)
        self.values: Mapping[str, Any] = values

    def __str__(self) -> str:
        sentence = str(self.message)
        return sentence % self.values if self.values else sentence
