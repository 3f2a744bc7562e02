"""Why a request has no meeting, and what would help, in the reader's words."""

from collections.abc import Mapping, Sequence
from typing import Any

from matchmaking.core.i18n import _l, current_language, ngettext
from matchmaking.events.models import Event
from matchmaking.meetings.pages.wording import from_to, language_name, listed, times_of
from matchmaking.meetings.queries.runs import Names

REASONS: Mapping[str, Any] = {
    "company_not_confirmed": _l("One of the two companies is not confirmed."),
    "no_allowed_start": _l("It fits at no time that is left."),
    "company_absent": _l("%(companies)s cannot come at any meeting time."),
    "no_common_free_slot": _l("The two companies have no free time in common."),
    "no_interpreter": _l("No interpreter for %(languages)s is free at %(slots)s."),
    "no_table": _l("No table is free at the times both could make: %(slots)s."),
    "company_full": _l("%(companies)s: no room for another meeting."),
    "outranked": _l("Their common times went to meetings that count for more: %(meetings)s."),
    "precedence": _l("It would have to come before or after %(meetings)s."),
    "out_of_time": _l("There is still room at %(slots)s. Run the scheduler, or place it by hand."),
    "unexplained": _l(
        "The run had no time left to look for the reason. The schedule board says what is so now."
    ),
}
IN_SHORT: Mapping[str, Any] = {
    "company_not_confirmed": _l("a company is not confirmed"),
    "no_allowed_start": _l("no time is left at which it fits"),
    "company_absent": _l("a company cannot come at any meeting time"),
    "no_common_free_slot": _l("no free time in common"),
    "no_interpreter": _l("no free interpreter at their common times"),
    "no_table": _l("no free table at their common times"),
    "company_full": _l("a company has no room for another meeting"),
    "outranked": _l("their times went to meetings that count for more"),
    "precedence": _l("another meeting must come before or after"),
    "out_of_time": _l("the scheduler had too little time"),
    "unexplained": _l("the run had no time left to look for the reason"),
}
REMEDIES: Mapping[str, Any] = {
    "free": _l("if %(companies)s could meet at %(slots)s"),
    "add_line": _l("if %(companies)s sent one more person at %(slots)s"),
    "raise_limit": _l("if %(companies)s might have one more meeting"),
    "add_table": _l("with one more table at %(slots)s"),
    "add_interpreter": _l("with one more interpreter for %(languages)s at %(slots)s"),
    "drop": _l("if %(meetings)s were given up"),
    "allow_start": _l("if it might begin at %(slots)s"),
}


def reason_sentence(event: Event, row: Mapping[str, Any], names: Names) -> str:
    """The reason a run gave for leaving a request out."""
    sentence = REASONS.get(row["reason"], _l("It does not fit beside the other meetings."))
    return str(sentence) % _words(event, row["subjects"], names)


def reason_in_short(code: str) -> str:
    """What a reason is called when many requests share it."""
    return str(IN_SHORT.get(code, _l("they do not fit beside the other meetings")))


def remedy_sentences(event: Event, row: Mapping[str, Any], names: Names) -> list[str]:
    """Each smallest change that alone would give the request a meeting."""
    return _changes(event, row["remedies"], names)


def together_sentences(event: Event, row: Mapping[str, Any], names: Names) -> list[str]:
    """The fewest changes that would give it a meeting together, where none alone would."""
    return _changes(event, row["together"], names)


def relief_sentence(event: Event, row: Mapping[str, Any], names: Names) -> str:
    """What one more table or interpreter would do for all requests that were left out."""
    slots = [names.slots[key] for kind, key in row["subjects"] if kind == "slot"]
    start, end = from_to(slots, event.zone, is_one_day=names.is_one_day)
    count = len(row["requests"])
    if row["action"] == "add_table":
        return ngettext(
            "One more table from %(start)s to %(end)s would place %(num)s more request.",
            "One more table from %(start)s to %(end)s would place %(num)s more requests.",
            count,
            start=start,
            end=end,
        )
    return ngettext(
        "One more interpreter for %(languages)s from %(start)s to %(end)s would place "
        "%(num)s more request.",
        "One more interpreter for %(languages)s from %(start)s to %(end)s would place "
        "%(num)s more requests.",
        count,
        start=start,
        end=end,
        languages=_words(event, row["subjects"], names)["languages"],
    )


def _changes(event: Event, remedies: Sequence[Mapping[str, Any]], names: Names) -> list[str]:
    return [
        str(REMEDIES[remedy["action"]]) % _words(event, remedy["subjects"], names)
        for remedy in remedies
        if remedy["action"] in REMEDIES
    ]


def _words(event: Event, subjects: Sequence[Sequence[str]], names: Names) -> dict[str, str]:
    """The subjects by kind, each list as words: "10:20, 10:40"."""
    of_kind: dict[str, list[str]] = {"participant": [], "language": [], "meeting": []}
    slots = [names.slots[key] for kind, key in subjects if kind == "slot" and key in names.slots]
    for kind, key in subjects:
        if kind in of_kind and (word := _word(kind, key, names)):
            of_kind[kind].append(word)
    return {
        "companies": listed(of_kind["participant"]),
        "slots": times_of(slots, event.zone, is_one_day=names.is_one_day),
        "languages": listed(of_kind["language"]),
        "meetings": listed(of_kind["meeting"]),
    }


def _word(kind: str, key: str, names: Names) -> str:
    language = current_language()
    if kind == "language":
        return language_name(key)
    if kind == "participant" and key in names.companies:
        return names.companies[key].name.in_(language)
    if kind == "meeting" and key in names.requests:
        request = names.requests[key]
        pair = (request.from_company, request.to_company)
        return " – ".join(company.name.in_(language) for company in pair)
    return ""
