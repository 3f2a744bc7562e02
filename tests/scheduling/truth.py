"""Whether remedies and reasons are true, judged only by what `violations` says."""

from collections.abc import Callable
from dataclasses import replace

from matchmaking.scheduling import (
    Assignment,
    Interpreter,
    Participant,
    Problem,
    Remedy,
    Unplaced,
    Violation,
    violations,
)


def remedied(problem: Problem, remedy: Remedy) -> Problem:
    """The problem after this change; a dropped meeting may start nowhere."""
    who = remedy.subjects[0].key
    slots = [int(subject.key) for subject in remedy.subjects if subject.kind == "slot"]
    if remedy.action == "add_table":
        there = "".join("1" if slot in slots else "0" for slot in range(problem.slots))
        usable = problem.table_available or ("1" * problem.slots,) * problem.tables
        return replace(problem, tables=problem.tables + 1, table_available=(*usable, there))
    if remedy.action == "add_interpreter":
        there = "".join("1" if slot in slots else "0" for slot in range(problem.slots))
        another = Interpreter((str(who),), there)
        return replace(problem, interpreters=(*problem.interpreters, another))
    if remedy.action in ("allow_start", "drop"):
        meetings = list(problem.meetings)
        starts = tuple(slots) if remedy.action == "allow_start" else ()
        meetings[int(who)] = replace(meetings[int(who)], starts=starts)
        return replace(problem, meetings=tuple(meetings))
    companies = list(problem.participants)
    companies[int(who)] = changed_company(companies[int(who)], remedy.action, slots)
    return replace(problem, participants=tuple(companies))


def changed_company(company: Participant, action: str, slots: list[int]) -> Participant:
    if action == "free":
        marks = enumerate(company.available)
        there = "".join("1" if slot in slots else mark for slot, mark in marks)
        return replace(company, available=there)
    if action == "add_line":
        return replace(company, parallel=company.parallel + 1)
    assert action == "raise_limit"
    return replace(company, max_meetings=company.max_meetings + 1)


def can_be_added(problem: Problem, rows: tuple[Assignment, ...], number: int) -> bool:
    """Whether one more row, at any start, table and interpreter, breaks nothing."""
    people = [-1, *range(len(problem.interpreters))]
    return any(
        not violations(problem, (*rows, Assignment(number, start, table, person)))
        for start in range(problem.slots)
        for table in range(problem.tables)
        for person in people
    )


def is_true(problem: Problem, rows: tuple[Assignment, ...], unplaced: Unplaced) -> bool:
    """The reason, judged only by what `violations` says when the meeting is added somewhere."""
    subjects = {kind: [one.key for one in unplaced.subjects if one.kind == kind] for kind in KINDS}
    tries = every_try(problem, rows, unplaced.meeting)
    if unplaced.reason in ("no_allowed_start", "out_of_time"):
        reached = {start for start, broken in tries if not kinds_of(broken) & OFF_LIMITS}
        fitting = {start for start, broken in tries if not broken}
        wanted = set(subjects["slot"])
        return wanted == fitting if unplaced.reason == "out_of_time" else not reached
    there = [(start, broken) for start, broken in tries if not kinds_of(broken) & OFF_LIMITS]
    return TRUTHS[unplaced.reason](there, subjects)


KINDS = ("participant", "slot", "meeting", "language", "table")
OFF_LIMITS = {"outside_the_slots", "crosses_a_break", "start_not_allowed", "starts_in_the_past"}
NO_INTERPRETER_RULES = {
    "interpreter_missing",
    "interpreter_lacks_language",
    "interpreter_unavailable",
    "interpreter_double_booked",
}
NO_TABLE_RULES = {"no_such_table", "wrong_table", "table_unavailable", "table_double_booked"}
Tries = list[tuple[int, list[Violation]]]
Subjects = dict[str, list[int | str]]


def every_try(problem: Problem, rows: tuple[Assignment, ...], number: int) -> Tries:
    """For each start, table and interpreter: what is broken if the meeting is added there."""
    language = problem.meetings[number].language
    people = [-1] if language is None else [-1, *range(len(problem.interpreters))]
    return [
        (start, violations(problem, (*rows, Assignment(number, start, table, person))))
        for start in range(problem.slots)
        for table in range(-1, problem.tables)
        for person in people
    ]


def kinds_of(broken: list[Violation]) -> set[str]:
    return {violation.rule for violation in broken}


def about(broken: list[Violation], rules: set[str], kind: str) -> set[int | str]:
    return {
        subject.key
        for violation in broken
        if violation.rule in rules
        for subject in violation.subjects
        if subject.kind == kind
    }


def everywhere(tries: Tries, subjects: Subjects, rules: set[str]) -> bool:
    """At each of the slots named, whatever table and interpreter are tried."""
    return bool(subjects["slot"]) and all(
        kinds_of(broken) & rules for start, broken in tries if start in subjects["slot"]
    )


def is_absent(tries: Tries, subjects: Subjects) -> bool:
    return all(
        one in about(broken, {"company_unavailable"}, "participant")
        for one in subjects["participant"]
        for _, broken in tries
    )


def never_both_there(tries: Tries, subjects: Subjects) -> bool:
    return len(subjects["participant"]) == 2 and all(
        "company_unavailable" in kinds_of(broken) for _, broken in tries
    )


def is_full(tries: Tries, subjects: Subjects) -> bool:
    rules = {"company_over_limit", "company_unavailable", "company_double_booked"}
    return bool(subjects["participant"]) and all(
        one in about(broken, rules, "participant")
        for one in subjects["participant"]
        for _, broken in tries
    )


def is_outranked(tries: Tries, subjects: Subjects) -> bool:
    both_there = [broken for _, broken in tries if "company_unavailable" not in kinds_of(broken)]
    holders = [about(broken, {"company_double_booked"}, "meeting") for broken in both_there]
    return all(holders) and set(subjects["meeting"]) <= set().union(*holders)


def is_out_of_order(tries: Tries, subjects: Subjects) -> bool:
    rules = {"company_unavailable", "company_double_booked"}
    open_then = [broken for _, broken in tries if not kinds_of(broken) & rules]
    partners = set(subjects["meeting"])
    return all(about(one, {"precedence_broken"}, "meeting") & partners for one in open_then)


TRUTHS: dict[str, Callable[[Tries, Subjects], bool]] = {
    "company_absent": is_absent,
    "no_common_free_slot": never_both_there,
    "no_interpreter": lambda tries, named: everywhere(tries, named, NO_INTERPRETER_RULES),
    "no_table": lambda tries, named: everywhere(tries, named, NO_TABLE_RULES),
    "company_full": is_full,
    "outranked": is_outranked,
    "precedence": is_out_of_order,
}
