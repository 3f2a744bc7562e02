"""What a refusal is made of."""

from collections.abc import Mapping
from typing import Any, ClassVar

from matchmaking.core.bilingual import Bilingual
from matchmaking.core.i18n import _l, current_language


class DomainError(Exception):
    """A rule says no. `code` is for programs; `message` is a sentence for people.

    A subclass whose sentence has named placeholders passes their values as
    keywords, bilingual ones as they are: `raise SoldOut(ticket_type=ticket_type.name)`.
    `field` names what was entered wrongly; `headers` and `members` are what a program is
    told beside the sentence.
    """

    code: ClassVar[str] = "refused"
    message: ClassVar[Any] = _l("This is not possible.")
    status: ClassVar[int] = 409
    field: ClassVar[str] = ""
    headers: Mapping[str, str] = {}
    members: Mapping[str, Any] = {}

    def __init__(self, *subjects: Any, **values: Any) -> None:
        super().__init__(*subjects)
        self.values: Mapping[str, Any] = values

    def __str__(self) -> str:
        sentence = str(self.message)
        if not self.values:
            return sentence
        return sentence % {name: _readable(value) for name, value in self.values.items()}


def _readable(value: Any) -> Any:
    return value.in_(current_language()) if isinstance(value, Bilingual) else value
