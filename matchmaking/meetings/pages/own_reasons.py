"""Why a company's own meeting has no time, as its representatives read it.

It says what is the company's own matter or its partner's answer to it, and what was short
for both. Whom others meet, and what was preferred, stays with the organizer.
"""

import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from typing import Any

from matchmaking.companies.models import Company
from matchmaking.core import clock
from matchmaking.core.i18n import _, _l, current_language
from matchmaking.meetings.models import ScheduleRun, Slot
from matchmaking.meetings.pages.wording import language_name, listed, times_of
from matchmaking.meetings.queries.grid import slots_of
from matchmaking.meetings.queries.meetings import partners_cancelled
from matchmaking.meetings.queries.runs import run_in_force
from matchmaking.meetings.queries.standing import Standing

Subjects = Sequence[Sequence[str]]

REASONS: Mapping[str, Any] = {
    "company_not_confirmed": _l("One of the two companies was not confirmed then."),
    "no_allowed_start": _l("No time was left at which it fits."),
    "company_absent": _l("%(partner)s cannot come at any meeting time."),
    "no_common_free_slot": _l("There is no time at which both you and %(partner)s can meet."),
    "no_interpreter": _l(
        "No interpreter for %(languages)s was free at the times you both could make: %(slots)s."
    ),
    "no_table": _l("No table was free at the times you both could make: %(slots)s."),
    "company_full": _l("%(partner)s had no room for another meeting."),
    "outranked": _l(
        "The times you both could make went to other meetings, which were wanted more in all."
    ),
    "out_of_time": _l("It was not placed in time, though there was still room at %(slots)s."),
    "unexplained": _l("The schedule had no place for it. Please ask the organizer."),
}
ABOUT_THE_READER: Mapping[str, Any] = {
    "company_absent": _l(
        "Your company is away at every meeting time: in sessions, or at times you called absent."
    ),
    "company_full": _l(
        "Your company had no room for another meeting: as many as it may have, or no free time."
    ),
}
"""The same reason when the reader's own company is the subject."""

WHAT_YOU_CAN_DO: Mapping[str, Any] = {
    "free": _l("It would fit if you could meet at %(slots)s."),
    "add_line": _l("It would fit if one more of your people could meet at %(slots)s."),
    "raise_limit": _l(
        "It would fit if you might have one more meeting; the organizer can allow it."
    ),
}


@dataclass(frozen=True)
class Why:
    """Why there is no time, and what the reader's company can do about it."""

    sentence: str
    hints: Sequence[str] = field(default_factory=tuple)


def why_no_time(company: Company, standings: Iterable[Standing]) -> dict[uuid.UUID, Why]:
    """Of each partner it has agreed with and has no meeting with, by the partner's id."""
    waiting = [one for one in standings if one.is_agreed and one.meeting is None]
    slots = slots_of(company.event) if waiting else []
    if not any(slot.starts_at > clock.now() for slot in slots):
        return {}
    run = run_in_force(company.event)
    if run is None:
        sentence = _("The schedule is not published yet.")
        return {one.partner.id: Why(sentence) for one in waiting}
    reader = _Reader(company, run, slots, partners_cancelled(company))
    return {one.partner.id: reader.why(one) for one in waiting}


@dataclass(frozen=True)
class _Reader:
    """A company that reads what the run in force says of its meetings.

    `had_meetings`: the partners it had a meeting with that was cancelled.
    """

    company: Company
    run: ScheduleRun
    slots: Sequence[Slot]
    had_meetings: Set[uuid.UUID]

    def why(self, standing: Standing) -> Why:
        ids = {str(one.id) for one in (standing.asked, standing.asked_by) if one}
        row = next((one for one in self.run.unplaced if one["request"] in ids), None)
        if row is not None:
            hints = [self._sentence(*one, standing.partner) for one in self._own_remedies(row)]
            return Why(self._reason(row, standing.partner), hints)
        if standing.partner.id in self.had_meetings:
            return Why(
                _("Its meeting was taken out of the schedule. The next one may place it again.")
            )
        return Why(_("You agreed after the schedule was made. The next one takes it in."))

    @property
    def _self(self) -> list[str]:
        return ["participant", str(self.company.id)]

    def _reason(self, row: Mapping[str, Any], partner: Company) -> str:
        own = ABOUT_THE_READER if self._self in row["subjects"] else {}
        sentences = {**REASONS, **own}
        sentence = sentences.get(row["reason"], _l("It did not fit beside the other meetings."))
        return self._sentence(sentence, row["subjects"], partner)

    def _own_remedies(self, row: Mapping[str, Any]) -> Iterator[tuple[Any, Subjects]]:
        """Only what is in the reader's own hands."""
        for remedy in row["remedies"]:
            if remedy["action"] in WHAT_YOU_CAN_DO and self._self in remedy["subjects"]:
                yield WHAT_YOU_CAN_DO[remedy["action"]], remedy["subjects"]

    def _sentence(self, sentence: Any, subjects: Subjects, partner: Company) -> str:
        zone = self.company.event.zone
        keys = {key for _kind, key in subjects}
        named = [slot for slot in self.slots if str(slot.id) in keys]
        days = {slot.starts_at.astimezone(zone).date() for slot in self.slots}
        return str(sentence) % {
            "partner": partner.name.in_(current_language()),
            "slots": times_of(named, zone, is_one_day=len(days) <= 1),
            "languages": listed(
                [language_name(key) for kind, key in subjects if kind == "language"]
            ),
        }
