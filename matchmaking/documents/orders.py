"""What an organizer asks to have printed."""

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any, Self


class Paper(StrEnum):
    BADGES = "badges"
    AGENDAS = "agendas"
    COMPANY_AGENDAS = "company_agendas"
    TABLE_CARDS = "table_cards"
    INTERPRETER_AGENDAS = "interpreter_agendas"
    SIGN_IN_SHEET = "sign_in_sheet"
    PROGRAMME = "programme"


@dataclass(frozen=True)
class PrintOrder:
    """The arguments of a printing job. Everything but `paper` and `languages` is about badges."""

    paper: Paper
    languages: tuple[str, ...] = ("vi",)
    size: str = "a6"
    on_a4: bool = False
    ticket_type: str = ""
    organization: str = ""
    unprinted: bool = False
    by_organization: bool = False

    def as_arguments(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_arguments(cls, arguments: dict[str, Any]) -> Self:
        languages = tuple(arguments["languages"])
        return cls(**{**arguments, "paper": Paper(arguments["paper"]), "languages": languages})
