"""The ways out of a trouble, as the page shows them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from matchmaking.companies.models import Company
from matchmaking.core.i18n import _, current_language
from matchmaking.events.models import AgendaSession, Event
from matchmaking.meetings.models import Interpreter, MeetingTable, ScheduleRun
from matchmaking.meetings.pages.report import Change, Place
from matchmaking.meetings.queries.runs import Names, names_at
from matchmaking.meetings.services.schedule.troubles import Subject, Trouble, What


def happened(event: Event, trouble: Trouble) -> str:
    """The trouble in a few words: "Hanil: away from 10:00 to 10:40"."""
    if isinstance(trouble.subject, Event):
        return _("Requests that came or went")
    times = {
        key: slot.starts_at.astimezone(event.zone).strftime("%H:%M") if slot else ""
        for key, slot in (("start", trouble.since), ("end", trouble.until))
    }
    return f"{subject_name(trouble.subject)}: {_what(trouble, times)}"


def _what(trouble: Trouble, times: dict[str, str]) -> str:
    if trouble.what is What.LOST:
        return _("lost from now on")
    if trouble.what is What.ABSENT:
        return _("not coming any more")
    if trouble.what is What.LONGER:
        return _("goes on until %(end)s; who signed up for it is held up", **times)
    if trouble.what is What.EVERYBODY:
        return _("goes on until %(end)s; everybody is held up", **times)
    return _for_a_time(trouble, times)


def _for_a_time(trouble: Trouble, times: dict[str, str]) -> str:
    is_table = isinstance(trouble.subject, MeetingTable)
    if trouble.since and trouble.until and is_table:
        return _("out of use from %(start)s to %(end)s", **times)
    if trouble.since and trouble.until:
        return _("away from %(start)s to %(end)s", **times)
    if trouble.since:
        return (
            _("lost from %(start)s on", **times) if is_table else _("leaves at %(start)s", **times)
        )
    if is_table:
        return _("can be used again from %(end)s", **times)
    return _("can meet again from %(end)s", **times)


def subject_name(subject: Subject) -> str:
    if isinstance(subject, MeetingTable):
        return _("Table %(number)s", number=subject.number)
    if isinstance(subject, Interpreter):
        return subject.full_name
    name = subject.title if isinstance(subject, AgendaSession) else subject.name
    return name.in_(current_language())


@dataclass(frozen=True)
class WayOut:
    """One alternative: what it does in a sentence, each change, and who must be told."""

    run: ScheduleRun
    title: str
    sentence: str
    groups: Sequence[tuple[str, Sequence[Change]]]
    companies: Sequence[Company]
    interpreters: Sequence[Interpreter]


def ways_out_of(event: Event, runs: Sequence[ScheduleRun]) -> list[WayOut]:
    names = names_at(event)
    return [_way_out(names, run) for run in runs]


def _way_out(names: Names, run: ScheduleRun) -> WayOut:
    titles = {
        "smallest": _("Change as little as possible"),
        "filled": _("Also use what has become free"),
        "rearranged": _("Move others too, for more meetings"),
    }
    kinds = {
        "dropped": _("To be cancelled"),
        "moved": _("Other time"),
        "reseated": _("Other table or interpreter"),
        "placed": _("New"),
    }
    changes = run.plan["changes"]
    counts = {kind: sum(one["kind"] == kind for one in changes) for kind in kinds}
    return WayOut(
        run,
        titles.get(run.plan["name"], run.plan["name"]),
        _(
            "%(dropped)s cancelled, %(moved)s at another time, %(reseated)s at another table or "
            "with another interpreter, %(placed)s new.",
            **counts,
        ),
        [
            (title, [_change(names, one) for one in changes if one["kind"] == kind])
            for kind, title in kinds.items()
            if counts[kind]
        ],
        [names.companies[key] for key in run.plan["companies"] if key in names.companies],
        [names.interpreters[key] for key in run.plan["interpreters"] if key in names.interpreters],
    )


def _change(names: Names, one: dict[str, Any]) -> Change:
    a, b = (names.companies[key] for key in one["companies"])
    return Change((a, b), _where(names, one["before"]), _where(names, one["after"]))


def _where(names: Names, place: dict[str, Any] | None) -> Place | None:
    if place is None:
        return None
    return Place(
        names.slots.get(place["slot"]),
        names.tables.get(place["table"]),
        names.interpreters.get(place["interpreter"] or ""),
    )
