"""Why a request has no meeting, and what would help, in the reader's words."""

from collections.abc import Mapping, Sequence
from typing import Any

from matchmaking import reference
from matchmaking.core.i18n import _, _l, current_language
from matchmaking.events.models import Event
from matchmaking.meetings.queries.runs import Names

MOST_NAMED = 4

REASONS: Mapping[str, Any] = {
    "company_not_confirmed": _l("One of the two companies is not confirmed."),
    "no_allowed_start": _l("It fits at no time that is left."),
    "company_absent": _l("%(companies)s cannot come at any meeting time."),
    "no_common_free_slot": _l("The two companies have no free time in common."),
    "no_interpreter": _l("No interpreter for %(languages)s is free at %(slots)s."),
    "no_table": _l("No table is free at the times both could make: %(slots)s."),
    "company_full": _l("%(companies)s has no room for another meeting."),
    "outranked": _l("Their common times went to meetings that count for more: %(meetings)s."),
    "precedence": _l("It would have to come before or after %(meetings)s."),
    "out_of_time": _l("There is still room at %(slots)s. Let the scheduler look longer."),
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
    return [
        str(REMEDIES[remedy["action"]]) % _words(event, remedy["subjects"], names)
        for remedy in row["remedies"]
        if remedy["action"] in REMEDIES
    ]


def _words(event: Event, subjects: Sequence[Sequence[str]], names: Names) -> dict[str, str]:
    """The subjects by kind, each list as words: "10:20, 10:40"."""
    of_kind: dict[str, list[str]] = {"participant": [], "slot": [], "language": [], "meeting": []}
    for kind, key in subjects:
        if (word := _word(event, kind, key, names)) and kind in of_kind:
            of_kind[kind].append(word)
    return {
        "companies": _listed(of_kind["participant"]),
        "slots": _listed(of_kind["slot"]),
        "languages": _listed(of_kind["language"]),
        "meetings": _listed(of_kind["meeting"]),
    }


def _word(event: Event, kind: str, key: str, names: Names) -> str:
    language = current_language()
    if kind == "language":
        return reference.language(key).labels.in_(language)
    if kind == "slot" and key in names.slots:
        return names.slots[key].starts_at.astimezone(event.zone).strftime("%H:%M")
    if kind == "participant" and key in names.companies:
        return names.companies[key].name.in_(language)
    if kind == "meeting" and key in names.requests:
        request = names.requests[key]
        pair = (request.from_company, request.to_company)
        return " – ".join(company.name.in_(language) for company in pair)
    return ""


def _listed(words: Sequence[str]) -> str:
    if len(words) <= MOST_NAMED:
        return ", ".join(words)
    shown = ", ".join(words[:MOST_NAMED])
    return _("%(some)s and %(number)s more", some=shown, number=len(words) - MOST_NAMED)
