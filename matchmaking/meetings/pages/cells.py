"""The cells of the schedule board, ready for the template."""

import uuid
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

from matchmaking.companies.models import Company
from matchmaking.core.i18n import _, current_language
from matchmaking.events.models import Event
from matchmaking.meetings.models import Meeting, MeetingTable, Slot
from matchmaking.meetings.services.board.cells import Kind, Lifted, Situation, Verdict
from matchmaking.meetings.services.board.refusals import BoardError


@dataclass(frozen=True)
class Offer:
    """What a place is for the lifted card: `words` in the cell, `sentence` in full, what a button sends."""

    kind: Kind
    words: str
    sentence: str
    value: str = ""


@dataclass(frozen=True)
class BoardCell:
    """`label` names the place: "09:20, table 4"."""

    label: str
    meetings: Sequence[Meeting]
    offer: Offer | None


@dataclass(frozen=True)
class BoardRow:
    """A table, or else a company, across the slots."""

    table: MeetingTable | None
    company: Company | None
    cells: Sequence[BoardCell]


@dataclass(frozen=True)
class Drawing:
    """Everything cells are drawn from. `lifted` is the card in the hand, if there is one."""

    event: Event
    situation: Situation
    slots: Sequence[Slot]
    lifted: Lifted | None

    @cached_property
    def by_table(self) -> dict[tuple[uuid.UUID, uuid.UUID], list[Meeting]]:
        return self._held(lambda meeting: (meeting.table_id,))

    @cached_property
    def by_company(self) -> dict[tuple[uuid.UUID, uuid.UUID], list[Meeting]]:
        return self._held(lambda meeting: (meeting.company_a_id, meeting.company_b_id))

    def _held(
        self, owners: Callable[[Meeting], Sequence[uuid.UUID]]
    ) -> dict[tuple[uuid.UUID, uuid.UUID], list[Meeting]]:
        """Meetings by (owner, slot), in every slot they take."""
        found = defaultdict(list)
        for meeting in self.situation.meetings.values():
            for slot in self.situation.grid.run(meeting.slot, meeting.length) or []:
                for owner in owners(meeting):
                    found[owner, slot.id].append(meeting)
        return found

    def table_row(self, table: MeetingTable) -> BoardRow:
        words = _("table %(number)s", number=table.number)
        cells = [
            BoardCell(
                f"{self.time(slot)}, {words}",
                self.by_table.get((table.id, slot.id), []),
                self.offer(slot, table),
            )
            for slot in self.slots
        ]
        return BoardRow(table, None, cells)

    def company_row(self, company: Company) -> BoardRow:
        mine = self.lifted and company in self.lifted.card.companies
        cells = [
            BoardCell(
                f"{self.time(slot)}, {company.name.in_(current_language())}",
                self.by_company.get((company.id, slot.id), []),
                self.offer(slot) if mine else None,
            )
            for slot in self.slots
        ]
        return BoardRow(None, company, cells)

    def offer(self, slot: Slot, table: MeetingTable | None = None) -> Offer | None:
        """What this place is for the card in the hand."""
        if self.lifted is None:
            return None
        verdict = self.lifted.verdict(slot, table)
        return Offer(
            verdict.kind,
            _in_short(verdict),
            self._sentence(verdict),
            _value(slot, table, verdict) if verdict.place else "",
        )

    def time(self, slot: Slot) -> str:
        return slot.starts_at.astimezone(self.event.zone).strftime("%H:%M")

    def _sentence(self, verdict: Verdict) -> str:
        if verdict.kind is Kind.REFUSED:
            return str(verdict.refusal)
        if verdict.kind is Kind.HERE:
            return _("It is here now.")
        if verdict.other is None or verdict.elsewhere is None:
            return _("Free")
        language = current_language()
        return _(
            "%(company)s and %(partner)s make room: they move to %(time)s, table %(number)s.",
            company=verdict.other.company_a.name.in_(language),
            partner=verdict.other.company_b.name.in_(language),
            time=self.time(verdict.elsewhere.slots[0]),
            number=verdict.elsewhere.table.number,
        )


def _in_short(verdict: Verdict) -> str:
    if verdict.kind is Kind.REFUSED:
        refusal = verdict.refusal
        return str(refusal.in_short if isinstance(refusal, BoardError) else BoardError.in_short)
    words = {Kind.HERE: _("here"), Kind.FREE: _("free"), Kind.SWAP: _("with a swap")}
    return words[verdict.kind]


def _value(slot: Slot, table: MeetingTable | None, verdict: Verdict) -> str:
    """As `forms.board.CELL` reads it."""
    place = f"{slot.id.hex}.{table.id.hex if table else ''}"
    if verdict.other is None or verdict.elsewhere is None or verdict.place is None:
        return place
    other, to = verdict.other, verdict.elsewhere
    place = f"{slot.id.hex}.{verdict.place.table.id.hex}"
    return f"{place}.{other.id.hex}.{other.sequence}.{to.slots[0].id.hex}.{to.table.id.hex}"
