"""The kinds of paper in words."""

from dataclasses import dataclass
from typing import Any

from matchmaking.core.i18n import _l
from matchmaking.documents.orders import Paper


@dataclass(frozen=True)
class PaperLabel:
    name: Any
    note: Any
    icon: str


PAPERS = {
    Paper.BADGES: PaperLabel(
        _l("Badges"), _l("One for every delegate who comes in person."), "id-card"
    ),
    Paper.AGENDAS: PaperLabel(
        _l("Personal agendas"),
        _l("One for every delegate: sessions, meetings, tables, interpreters."),
        "calendar-days",
    ),
    Paper.COMPANY_AGENDAS: PaperLabel(
        _l("Company agendas"),
        _l("One for every company: whom it meets, when, at which table."),
        "building-2",
    ),
    Paper.TABLE_CARDS: PaperLabel(
        _l("Table cards"), _l("One to stand on every table: its meetings of the day."), "table-2"
    ),
    Paper.INTERPRETER_AGENDAS: PaperLabel(
        _l("Interpreters' agendas"), _l("One for every interpreter."), "languages"
    ),
    Paper.SIGN_IN_SHEET: PaperLabel(
        _l("Sign-in sheet"), _l("Delegates by given name, with room to sign."), "signature"
    ),
    Paper.PROGRAMME: PaperLabel(
        _l("Programme"), _l("All days, as on the event's page."), "scroll-text"
    ),
}

SIZES = {
    "a6": _l("A6, 105 × 148 mm, to hang around the neck"),
    "card": _l("Card, 86 × 54 mm, for a holder"),
}
