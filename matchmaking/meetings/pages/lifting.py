"""The schedule board with a card in the hand, or none."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil
from typing import Any

from matchmaking.companies.queries import shown_order
from matchmaking.core.text import fold
from matchmaking.events.models import Event
from matchmaking.meetings.models import BoardChange, Slot
from matchmaking.meetings.pages.cells import BoardRow, Drawing, Offer
from matchmaking.meetings.pages.tray import Waiting, tray_of
from matchmaking.meetings.queries.board import last_change, untold
from matchmaking.meetings.services.board.cells import Card, Kind, lift
from matchmaking.meetings.services.board.situation import situation_at
from matchmaking.web.pagination import Page

ROWS_A_PAGE = 40


@dataclass(frozen=True)
class Look:
    """How the board is looked at: which rows, which day (counted from 1), which companies."""

    rows: str = "tables"
    day: int = 1
    words: str = ""
    page: int = 1


@dataclass(frozen=True)
class Time:
    """A slot, and what it is for the card at any table."""

    slot: Slot
    offer: Offer


@dataclass(frozen=True)
class Hand:
    """The card in the hand, and where it fits on any day."""

    card: Card
    times: Sequence[Time]
    counts: dict[Kind, int]


@dataclass(frozen=True)
class BoardPage:
    """With a card in the hand the tray is empty: it is not on the screen."""

    days: Sequence[date]
    slots: Sequence[Slot]
    rows: Page
    tray: Sequence[Waiting]
    hand: Hand | None
    untold: int
    undoable: BoardChange | None

    @property
    def has_places(self) -> bool:
        """A place on this page can take the card."""
        cells = (cell for row in self.rows.rows for cell in row.cells)
        return any(cell.offer and cell.offer.value for cell in cells)


def board_page(event: Event, look: Look, card: Card | None, user_id: Any) -> BoardPage:
    """Everything the board shows; the number of queries does not grow with its meetings."""
    situation = situation_at(event)
    days = sorted({_day(event, slot) for slot in situation.grid.slots})
    shown = days[min(look.day, len(days)) - 1] if days else None
    slots = [slot for slot in situation.grid.slots if _day(event, slot) == shown]
    drawing = Drawing(event, situation, slots, lift(situation, card) if card else None)
    return BoardPage(
        days=days,
        slots=slots,
        rows=_rows(drawing, look),
        tray=[] if card else [one for one in tray_of(event) if _fits(look.words, one)],
        hand=_hand(drawing, card) if card else None,
        untold=len({c for m in untold(event) for c in (m.company_a_id, m.company_b_id)}),
        undoable=last_change(event, user_id),
    )


def _day(event: Event, slot: Slot) -> date:
    return slot.starts_at.astimezone(event.zone).date()


def _fits(words: str, one: Waiting) -> bool:
    texts = one.request.from_company.search_text, one.request.to_company.search_text
    return all(any(word in text for text in texts) for word in fold(words).split())


def _rows(drawing: Drawing, look: Look) -> Page:
    if look.rows == "tables":
        tables = [one for one in drawing.situation.grid.tables if one.is_usable]
        return _page(tables, look, drawing.table_row)
    plans = drawing.situation.plans.values()
    companies = [plan.lines.company for plan in plans if plan.lines.company.is_confirmed]
    held = drawing.lifted.card.companies if drawing.lifted else ()
    words = fold(look.words).split()
    found = [
        one for one in companies if one in held or all(word in one.search_text for word in words)
    ]
    found.sort(key=lambda one: (one not in held, shown_order(one)))
    return _page(found, look, drawing.company_row)


def _page(owners: Sequence[Any], look: Look, row: Any) -> Page:
    number = min(max(1, look.page), max(1, ceil(len(owners) / ROWS_A_PAGE)))
    first = (number - 1) * ROWS_A_PAGE
    rows: list[BoardRow] = [row(owner) for owner in owners[first : first + ROWS_A_PAGE]]
    return Page(rows, number, len(owners), ROWS_A_PAGE)


def _hand(drawing: Drawing, card: Card) -> Hand:
    offers = [(slot, drawing.offer(slot)) for slot in drawing.situation.grid.slots]
    times = [Time(slot, offer) for slot, offer in offers if offer]
    return Hand(card, times, {kind: sum(t.offer.kind is kind for t in times) for kind in Kind})
