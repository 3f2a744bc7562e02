"""Why requests are left out and what would let them in, with the ids of rows in place of numbers."""

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from matchmaking.meetings.models import Meeting
from matchmaking.meetings.queries.problem import EventProblem
from matchmaking.meetings.queries.whole import Whole
from matchmaking.scheduling.problem import Assignment, Remedy, Subject, Unplaced
from matchmaking.scheduling.relief import reliefs

Owners = Mapping[str, Sequence[uuid.UUID | None]]
"""Whose number is whose, by the kind of subject; `meeting` are requests, or None without one."""


def unplaced_rows(asked: EventProblem, unplaced: Sequence[Unplaced]) -> list[dict[str, Any]]:
    """Why requests are left out: by the scheduler, or before it was asked."""
    return _rows(_owners(asked), unplaced) + [
        {"request": str(key), "reason": reason, "subjects": [], "remedies": [], "together": []}
        for key, reason in asked.left_out
    ]


def unplaced_rows_of(whole: Whole, unplaced: Sequence[Unplaced]) -> list[dict[str, Any]]:
    """The same of a repair, which takes the whole event for its problem."""
    rows = [whole.row(number) for number in range(len(whole.problem.meetings))]
    owners: Owners = {
        "participant": [row.id for row in whole.companies],
        "meeting": [row.request_id if isinstance(row, Meeting) else row.id for row in rows],
        "slot": [row.id for row in whole.slots],
        "table": [row.id for row in whole.tables],
        "interpreter": [row.id for row in whole.interpreters],
    }
    return _rows(owners, unplaced)


def relief_rows(asked: EventProblem, seats: Sequence[Assignment]) -> list[dict[str, Any]]:
    """What one more table or interpreter would do for all requests left out; the best first."""
    owners = _owners(asked)
    return [
        _remedy(owners, relief.change)
        | {
            "requests": [str(asked.requests[seat.meeting]) for seat in relief.placed],
            "points": relief.weight,
        }
        for relief in reliefs(asked.problem, seats)
    ]


def _owners(asked: EventProblem) -> Owners:
    return {
        "participant": asked.companies,
        "meeting": asked.requests,
        "slot": asked.slots,
        "table": asked.tables,
        "interpreter": asked.interpreters,
    }


def _rows(owners: Owners, unplaced: Sequence[Unplaced]) -> list[dict[str, Any]]:
    """Of requests only: stand-ins follow them and have no owner."""
    requests = dict(enumerate(owners["meeting"]))
    return [
        {
            "request": str(requests[row.meeting]),
            "reason": row.reason,
            "subjects": _named(owners, row.subjects),
            "remedies": [_remedy(owners, remedy) for remedy in row.remedies],
            "together": [_remedy(owners, remedy) for remedy in row.together],
        }
        for row in unplaced
        if requests.get(row.meeting)
    ]


def _remedy(owners: Owners, remedy: Remedy) -> dict[str, Any]:
    return {"action": remedy.action, "subjects": _named(owners, remedy.subjects)}


def _named(owners: Owners, subjects: Sequence[Subject]) -> list[list[str]]:
    """What is nobody's, like a stand-in, is left out."""
    named = []
    for subject in subjects:
        ids = owners.get(subject.kind)
        if ids is None:
            named.append([subject.kind, str(subject.key)])
        elif int(subject.key) < len(ids) and ids[int(subject.key)]:
            named.append([subject.kind, str(ids[int(subject.key)])])
    return named
