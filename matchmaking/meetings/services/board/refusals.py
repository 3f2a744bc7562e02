"""Why a card cannot go to a place of the board: a sentence each, and a few words for the cell."""

from typing import Any

from matchmaking.companies.models import Company
from matchmaking.core.errors import DomainError
from matchmaking.core.i18n import _l
from matchmaking.meetings.models import Meeting, MeetingTable, Slot
from matchmaking.meetings.services import errors


class BoardError(DomainError):
    """The board refuses. `in_short` are the words in the cell."""

    in_short: Any = _l("not possible")


class Past(BoardError):
    code = "slot_past"
    message = errors.SlotPast.message
    in_short = _l("past")


class Outside(BoardError):
    code = "outside_grid"
    message = errors.OutsideGrid.message
    in_short = _l("break")


class Away(BoardError):
    code = "company_unavailable"
    message = errors.CompanyUnavailable.message
    in_short = _l("away")


class Meets(BoardError):
    code = "company_meets"
    message = _l("%(company)s meets %(partner)s at this time.")
    in_short = _l("busy")


class PinnedInTheWay(BoardError):
    code = "pinned_in_the_way"
    message = _l("The meeting of %(company)s and %(partner)s is pinned here. Unpin it first.")
    in_short = _l("pinned")


class NowhereElse(BoardError):
    code = "nowhere_else"
    message = _l("%(company)s and %(partner)s meet here and have nowhere else to go.")
    in_short = _l("taken")


class OtherTable(BoardError):
    code = "other_table"
    message = _l("Table %(number)s is not for these companies.")
    in_short = _l("booth")


class TableAway(BoardError):
    code = "table_away"
    message = _l("Table %(number)s is out of use.")
    in_short = _l("out of use")


class NoTable(BoardError):
    code = "no_table"
    message = errors.TableTaken.message
    in_short = _l("no table")


class NoInterpreter(BoardError):
    code = "no_interpreter"
    message = errors.NoInterpreter.message
    in_short = _l("no interpreter")


class MeetingChanged(BoardError):
    code = "meeting_changed"
    message = _l(
        "Somebody else has changed this meeting meanwhile. Here is where it is now; please look again."
    )


class BoardChanged(BoardError):
    code = "board_changed"
    message = _l("The board has changed meanwhile, so this place is no longer what it was.")


class CannotUndo(BoardError):
    code = "cannot_undo"
    message = _l("This can no longer be undone: something has happened since.")


def past(slot: Slot) -> DomainError:
    return Past(slot)


def outside(slot: Slot) -> DomainError:
    return Outside(slot)


def of_company(company: Company, meeting: Meeting | None) -> DomainError:
    """It is away, or it has this meeting."""
    if meeting is None:
        return Away(company=company.name)
    if meeting.is_pinned:
        return _of(PinnedInTheWay, meeting)
    return Meets(company=company.name, partner=meeting.partner_of(company.id).name)


def of_table(table: MeetingTable) -> DomainError:
    return OtherTable(number=table.number) if table.is_usable else table_away(table)


def table_away(table: MeetingTable) -> DomainError:
    return TableAway(number=table.number)


def of_meeting(meeting: Meeting) -> DomainError:
    """This meeting sits there."""
    return _of(PinnedInTheWay if meeting.is_pinned else NowhereElse, meeting)


def no_table() -> DomainError:
    return NoTable()


def no_interpreter() -> DomainError:
    return NoInterpreter()


def _of(kind: type[BoardError], meeting: Meeting) -> DomainError:
    return kind(company=meeting.company_a.name, partner=meeting.company_b.name)
