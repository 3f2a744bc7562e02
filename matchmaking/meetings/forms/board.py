"""What the schedule board sends: a card and the place it is put down at."""

import re
import uuid
from dataclasses import dataclass

from wtforms import HiddenField, IntegerField
from wtforms.validators import NumberRange, Optional, Regexp

from matchmaking.web.forms import BaseForm

ID = "[0-9a-f]{32}"
CARD = rf"^(meeting|request)\.{ID}$"
CELL = rf"^{ID}\.({ID})?(\.{ID}\.\d{{1,6}}\.{ID}\.{ID})?$"


@dataclass(frozen=True)
class Cell:
    """The place a button of the board stands for, by ids."""

    slot: uuid.UUID
    table: uuid.UUID | None
    other: uuid.UUID | None = None
    other_sequence: int = 0
    to_slot: uuid.UUID | None = None
    to_table: uuid.UUID | None = None


class CardForm(BaseForm):
    """A card, and the sequence at which the page knew it."""

    card = HiddenField(validators=[Regexp(CARD)])
    sequence = IntegerField(validators=[Optional(), NumberRange(0, 999_999)])

    @property
    def card_is_named(self) -> bool:
        return re.fullmatch(CARD, self.card.data or "") is not None

    @property
    def card_id(self) -> uuid.UUID:
        return uuid.UUID(self.card.data.partition(".")[2])

    @property
    def is_meeting(self) -> bool:
        return bool(self.card.data.startswith("meeting."))


class PutForm(CardForm):
    """A card and where it is put down."""

    cell = HiddenField(validators=[Regexp(CELL)])

    @property
    def place(self) -> Cell:
        slot, table, *rest = self.cell.data.split(".")
        cell = uuid.UUID(slot), uuid.UUID(table) if table else None
        if not rest:
            return Cell(*cell)
        other, sequence, to_slot, to_table = rest
        return Cell(*cell, uuid.UUID(other), int(sequence), uuid.UUID(to_slot), uuid.UUID(to_table))
