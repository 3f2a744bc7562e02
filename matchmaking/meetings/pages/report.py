"""What a finished run found: figures, fairness, reasons, and what publishing would change."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from matchmaking.companies.models import Company
from matchmaking.core.i18n import _
from matchmaking.events.models import Event
from matchmaking.meetings.models import MeetingRequest, RunState, ScheduleRun
from matchmaking.meetings.pages.reasons import (
    reason_in_short,
    reason_sentence,
    relief_sentence,
    remedy_sentences,
    together_sentences,
)
from matchmaking.meetings.queries.present import seats_at
from matchmaking.meetings.queries.problem import problem_for
from matchmaking.meetings.queries.runs import Names, Share, assignments_of, names_at, shares
from matchmaking.meetings.services.schedule.comparing import (
    Comparison,
    companies_told,
    compare,
)
from matchmaking.scheduling.score import value_of
from matchmaking.web.charts import Bar, bar


@dataclass(frozen=True)
class LeftOut:
    """A request without a place, and why, in sentences.

    Each of `remedies` alone would place it; without any, all of `together` would.
    """

    request: MeetingRequest
    code: str
    reason: str
    remedies: Sequence[str]
    together: Sequence[str]

    @property
    def is_its_own_answer(self) -> bool:
        """The reason itself says what to do about it."""
        return self.code in ("company_not_confirmed", "out_of_time", "unexplained")


@dataclass(frozen=True)
class Relief:
    """What one change would do for all requests left out: which it would place."""

    action: str
    sentence: str
    points: int
    requests: Sequence[MeetingRequest]


@dataclass(frozen=True)
class Change:
    """One line of the comparison: two companies, from where, to where (either may be missing)."""

    companies: tuple[Company, Company]
    before: Any
    after: Any


@dataclass(frozen=True)
class Report:
    """`points_in_force`: what the schedule in force is worth to those who want to meet today."""

    points_in_force: int
    reasons: Sequence[tuple[str, list[LeftOut]]]
    reliefs: Sequence[Relief]
    served: Sequence[Bar]
    worst: Sequence[Share]
    comparison: Comparison
    new: Sequence[Change]
    moved: Sequence[Change]
    gone: Sequence[Change]
    told: Sequence[Company]
    is_publishable: bool


def report_of(event: Event, run: ScheduleRun) -> Report:
    """Everything the page of a finished run shows."""
    names = names_at(event)
    comparison = compare(event, assignments_of(run))
    done = run.state is RunState.DONE and not run.violations
    return Report(
        points_in_force=_points_in_force(event),
        reasons=_by_reason(_left_out(event, run, names)),
        reliefs=reliefs_of(event, run, names),
        served=_served(shares(run, names)),
        worst=[share for share in shares(run, names) if share.placed < share.wanted][:10],
        comparison=comparison,
        new=[_new(names, row) for row in comparison.new if str(row.request_id) in names.requests],
        moved=[_moved(names, move) for move in comparison.moved],
        gone=[_gone(names, meeting) for meeting in comparison.gone],
        told=companies_told(comparison),
        is_publishable=done and run.based_on == event.schedule_version,
    )


def _points_in_force(event: Event) -> int:
    asked = problem_for(event)
    return value_of(asked.problem, seats_at(event, asked)) - asked.fixed_weight


def _left_out(event: Event, run: ScheduleRun, names: Names) -> list[LeftOut]:
    rows = [row for row in run.unplaced if row["request"] in names.requests]
    found = [
        LeftOut(
            names.requests[row["request"]],
            row["reason"],
            reason_sentence(event, row, names),
            remedy_sentences(event, row, names),
            together_sentences(event, row, names),
        )
        for row in rows
    ]
    return sorted(
        found, key=lambda left: (-left.request.priority, left.request.requested_at, left.request.id)
    )


def reliefs_of(event: Event, run: ScheduleRun, names: Names) -> list[Relief]:
    """Those that speak of times and requests which are still there."""
    known = names.slots.keys() | names.requests.keys()
    return [
        Relief(
            row["action"],
            relief_sentence(event, row, names),
            row["points"],
            [names.requests[key] for key in row["requests"]],
        )
        for row in run.reliefs
        if known.issuperset(row["requests"])
        and known.issuperset(key for kind, key in row["subjects"] if kind == "slot")
    ]


def _by_reason(left_out: Sequence[LeftOut]) -> list[tuple[str, list[LeftOut]]]:
    """(reason in short, requests), the commonest reason first."""
    groups: dict[str, list[LeftOut]] = {}
    for left in left_out:
        groups.setdefault(left.code, []).append(left)
    ordered = sorted(groups.items(), key=lambda group: -len(group[1]))
    return [(reason_in_short(code), rows) for code, rows in ordered]


def _served(found: Sequence[Share]) -> list[Bar]:
    """How many companies got all, most, some or none of what they wanted."""
    counts = Counter(_grade(share) for share in found)
    grades = (
        ("all", _("All they wanted"), "neutral"),
        ("most", _("Half or more"), "neutral"),
        ("some", _("Less than half"), "warning"),
        ("none", _("None"), "error"),
    )
    return [bar(label, counts[key], of=len(found), kind=kind) for key, label, kind in grades]


def _grade(share: Share) -> str:
    if share.placed >= share.wanted:
        return "all"
    if share.placed == 0:
        return "none"
    return "most" if 2 * share.placed >= share.wanted else "some"


@dataclass(frozen=True)
class Place:
    """Where a meeting is: rows, any of which may have gone since."""

    slot: Any
    table: Any
    interpreter: Any


def _place(names: Names, row: Any) -> Place:
    """Of a meeting or an assignment alike."""
    return Place(
        names.slots.get(str(row.slot_id)),
        names.tables.get(str(row.table_id)),
        names.interpreters.get(str(row.interpreter_id)),
    )


def _new(names: Names, assignment: Any) -> Change:
    request = names.requests[str(assignment.request_id)]
    return Change((request.from_company, request.to_company), None, _place(names, assignment))


def _moved(names: Names, move: Any) -> Change:
    companies = (move.meeting.company_a, move.meeting.company_b)
    return Change(companies, _place(names, move.meeting), _place(names, move.to))


def _gone(names: Names, meeting: Any) -> Change:
    return Change((meeting.company_a, meeting.company_b), _place(names, meeting), None)
