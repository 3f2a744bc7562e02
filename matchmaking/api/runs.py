"""Runs of the scheduler as the API shows them."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from flask_babel import force_locale
from sqlalchemy import func, select

from matchmaking.api.schemas.base import Bilingual
from matchmaking.api.schemas.runs import (
    AssignmentOut,
    ChangeOut,
    Fairness,
    ReliefOut,
    Remedy,
    RunOut,
    Spot,
    UnplacedOut,
    VersionOut,
)
from matchmaking.core.database import db
from matchmaking.core.i18n import LANGUAGES
from matchmaking.events.models import Event
from matchmaking.meetings.models import (
    Assignment,
    Meeting,
    RunMode,
    RunState,
    ScheduleRun,
    ScheduleVersion,
)
from matchmaking.meetings.pages.reasons import (
    reason_sentence,
    remedy_sentences,
    together_sentences,
)
from matchmaking.meetings.pages.report import reliefs_of
from matchmaking.meetings.queries.runs import Names, assignments_of, names_at
from matchmaking.meetings.services.schedule.comparing import compare


def run_out(event: Event, run: ScheduleRun) -> RunOut:
    placed = assignments_of(run)
    return RunOut(
        id=run.id,
        state=run.state,
        mode=RunMode.REPAIR if run.plan.get("keeps") else run.mode,
        seed=run.seed,
        time_limit_seconds=run.time_limit_seconds,
        placed=run.placed,
        requested=run.requested,
        objective=run.value,
        bound=run.bound,
        gap=max(0.0, (run.bound - run.value) / run.bound) if run.bound else 0.0,
        violations=[str(one) for one in run.violations],
        fairness={key: Fairness(placed=p, wanted=w) for key, (p, w) in run.fairness.items()},
        assignments=[AssignmentOut(request=one.request_id, **_spot(one)) for one in placed],
        unplaced=_unplaced(event, run),
        reliefs=_reliefs(event, run),
        changes=list(_changes(event, run)) if run.state is RunState.DONE else [],
        version=_version_of(run),
        created_at=run.created_at,
        finished_at=run.finished_at,
    )


def version_out(version: ScheduleVersion) -> VersionOut:
    return VersionOut(
        version=version.number,
        reverts_to=version.reverts_to,
        run=version.run.id if version.run else None,
        published_at=version.published_at,
    )


def _unplaced(event: Event, run: ScheduleRun) -> list[UnplacedOut]:
    if not run.unplaced:
        return []
    names = names_at(event)
    said = {language: _said(event, run, names, language) for language in LANGUAGES}
    return [
        UnplacedOut(
            request=row["request"],
            reason=row["reason"],
            explanation=Bilingual(vi=vi[0], en=en[0]),
            remedies=_remedies(row["remedies"], vi[1], en[1]),
            together=_remedies(row["together"], vi[2], en[2]),
        )
        for row, vi, en in zip(run.unplaced, said["vi"], said["en"], strict=True)
    ]


def _remedies(
    rows: Sequence[Mapping[str, Any]], vi: Sequence[str], en: Sequence[str]
) -> list[Remedy]:
    return [
        Remedy(action=row["action"], text=Bilingual(vi=vi_text, en=en_text))
        for row, vi_text, en_text in zip(rows, vi, en, strict=True)
    ]


def _said(
    event: Event, run: ScheduleRun, names: Names, language: str
) -> list[tuple[str, list[str], list[str]]]:
    """Reason and changes that would help of each request, in one language."""
    with force_locale(language):
        return [
            (
                reason_sentence(event, row, names),
                remedy_sentences(event, row, names),
                together_sentences(event, row, names),
            )
            for row in run.unplaced
        ]


def _reliefs(event: Event, run: ScheduleRun) -> list[ReliefOut]:
    if not run.reliefs:
        return []
    names = names_at(event)
    said = {}
    for language in LANGUAGES:
        with force_locale(language):
            said[language] = reliefs_of(event, run, names)
    return [
        ReliefOut(
            action=vi.action,
            text=Bilingual(vi=vi.sentence, en=en.sentence),
            requests=[request.id for request in vi.requests],
            points=vi.points,
        )
        for vi, en in zip(said["vi"], said["en"], strict=True)
    ]


def _changes(event: Event, run: ScheduleRun) -> Iterator[ChangeOut]:
    comparison = compare(event, assignments_of(run))
    for new in comparison.new:
        yield ChangeOut(
            kind="new", request=new.request_id, meeting=None, before=None, after=_at(new)
        )
    for move in comparison.moved:
        meeting = move.meeting
        yield ChangeOut(
            kind="moved",
            request=meeting.request_id,
            meeting=meeting.id,
            before=_at(meeting),
            after=_at(move.to),
        )
    for gone in comparison.gone:
        yield ChangeOut(
            kind="gone", request=gone.request_id, meeting=gone.id, before=_at(gone), after=None
        )


def _at(row: Assignment | Meeting) -> Spot:
    return Spot(**_spot(row))


def _spot(row: Assignment | Meeting) -> dict[str, Any]:
    return {"slot": row.slot_id, "table": row.table_id, "interpreter": row.interpreter_id}


def _version_of(run: ScheduleRun) -> int | None:
    query = select(func.max(ScheduleVersion.number)).where(ScheduleVersion.run_id == run.id)
    return db.session.scalar(query)
