"""What would be if, and what one more of everything is worth, beside the schedule of today."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from matchmaking import reference
from matchmaking.core.i18n import _, current_language, ngettext
from matchmaking.events.models import Event
from matchmaking.meetings.models import RunMode, RunState, ScheduleRun, Slot
from matchmaking.meetings.pages.wording import language_name
from matchmaking.meetings.queries.grid import interpreters_of, slots_of
from matchmaking.meetings.queries.present import seats_at
from matchmaking.meetings.queries.problem import problem_for
from matchmaking.meetings.queries.runs import names_at, runs_of, studies_of
from matchmaking.meetings.services.schedule.supposing import Supposition, shape_of
from matchmaking.scheduling.score import score
from matchmaking.web.charts import Bar, bar


@dataclass(frozen=True)
class Figures:
    """One schedule, or one supposed; `bound` is none where nothing has been proved."""

    title: str
    placed: int
    requested: int
    value: int
    bound: int | None
    unfairness: int
    run: ScheduleRun | None = None

    @property
    def bar(self) -> Bar:
        return bar(self.title, self.placed, of=self.requested)


def today(event: Event) -> list[Figures]:
    """What is in force, and what the latest run found."""
    asked = problem_for(event)
    seats = seats_at(event, asked)
    now = score(asked.problem, seats)
    found = [
        Figures(
            _("In force now"),
            len(seats) - len(asked.fixed),
            len(asked.requests) + len(asked.left_out),
            now.value - asked.fixed_weight,
            None,
            now.unfairness,
        )
    ]
    drafts = [one for one in runs_of(event) if one.state is RunState.DONE]
    return found + [figures_of(one, _("Latest run")) for one in drafts[:1]]


def what_ifs(event: Event) -> tuple[list[Figures], list[ScheduleRun]]:
    """What was supposed and has been answered, newest first, and runs still at work."""
    runs = studies_of(event, RunMode.WHAT_IF)
    done = [figures_of(one, supposed_in_words(one)) for one in runs if one.state is RunState.DONE]
    return done, [one for one in runs if one.state in (RunState.QUEUED, RunState.RUNNING)]


def figures_of(run: ScheduleRun, title: str) -> Figures:
    unfairness = int(run.objectives.get("unfairness", 0))
    bound = None if run.plan.get("keeps") else run.bound
    return Figures(title, run.placed, run.requested, run.value, bound, unfairness, run)


def supposed_in_words(run: ScheduleRun) -> str:
    """What a run supposes: "2 more tables, no breaks"."""
    what = Supposition.from_json(run.plan)
    words = []
    if what.tables:
        words.append(ngettext("%(num)s more table", "%(num)s more tables", what.tables))
    for code, count in what.interpreters.items():
        words.append(
            ngettext(
                "%(num)s more interpreter for %(language)s",
                "%(num)s more interpreters for %(language)s",
                count,
                language=language_name(code),
            )
        )
    if what.no_breaks:
        words.append(_("no breaks"))
    if what.minutes:
        words.append(_("meetings of %(minutes)s minutes", minutes=what.minutes))
    sentence = ", ".join(words)
    return sentence[:1].upper() + sentence[1:]


def languages_wanted(event: Event) -> list[tuple[str, str]]:
    """The languages a meeting is interpreted in, or could be: (code, name)."""
    asked = problem_for(event).problem
    codes = {one.language for one in asked.meetings if one.language}
    codes |= {code for person in interpreters_of(event) for code in person.languages}
    names = {
        code: reference.language(code).labels.in_(current_language()) for code in codes if code
    }
    return sorted(names.items(), key=lambda pair: pair[1])


def slot_minutes(event: Event) -> int:
    return shape_of(slots_of(event)).minutes


@dataclass(frozen=True)
class Worth:
    """What one more is worth. `gained` is none where it was only estimated."""

    title: str
    gained: int | None
    placed: int | None
    estimated: float


def worths(event: Event, run: ScheduleRun) -> list[Worth]:
    """In the order of the report: what helps most first."""
    slots = slots_of(event)
    companies = names_at(event).companies
    return [
        Worth(
            _one_more(event, row, slots, companies), row["gained"], row["placed"], row["estimated"]
        )
        for row in run.plan.get("rows", [])
    ]


def _one_more(
    event: Event, row: dict[str, Any], slots: Sequence[Slot], companies: dict[str, Any]
) -> str:
    language = current_language()
    if row["action"] == "add_table":
        return _("One more table")
    if row["action"] == "add_interpreter":
        name = language_name(str(row["subject"]))
        return _("One more interpreter for %(language)s", language=name)
    if row["action"] == "add_slot":
        blocks = sorted({slot.block for slot in slots})
        last = max(
            (s for s in slots if s.block == blocks[int(row["subject"])]), key=lambda s: s.ends_at
        )
        return _(
            "One more meeting time after %(time)s",
            time=last.ends_at.astimezone(event.zone).strftime("%H:%M, %d/%m"),
        )
    company = companies.get(str(row["subject"]))
    return _(
        "One more meeting for %(company)s", company=company.name.in_(language) if company else "–"
    )


def worth_bars(found: Sequence[Worth]) -> list[Bar]:
    """The points each gains, verified ones only."""
    return [bar(one.title, one.gained) for one in found if one.gained]
