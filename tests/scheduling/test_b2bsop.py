import json
import os
import re
import signal
import subprocess
import sys
import time
from itertools import pairwise, product
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matchmaking.scheduling import solve
from matchmaking.scheduling.b2bsop import (
    Half,
    Instance,
    Outcome,
    Status,
    breaks_of,
    broken_rules,
    settle,
)
from matchmaking.scheduling.b2bsop.bound import least_breaks, scarce_tables_bound
from matchmaking.scheduling.b2bsop.matching import possible_slots
from tests.factories.b2bsop import dzn, make_instance, random_instance, write
from tests.factories.problems import random_problem
from tests.ops.installation import wait_until

COMMAND = [sys.executable, "-m", "matchmaking.scheduling", "b2bsop"]


def settled(instance: Instance, *, fairness: int = 2, workers: int = 1) -> Outcome:
    deadline = time.monotonic() + 240
    return settle(instance, fairness=fairness, deadline=deadline, workers=workers)


def fewest_breaks(instance: Instance, *, fairness: int = 2) -> int | None:
    """By trying every schedule there is."""
    return min(
        (
            sum(breaks_of(instance, slots))
            for slots in product(range(instance.slots), repeat=len(instance.pairs))
            if not broken_rules(instance, slots, fairness=fairness)
        ),
        default=None,
    )


def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*COMMAND, *map(str, arguments)], check=False, capture_output=True, text=True
    )


@settings(max_examples=15)
@given(seed=st.integers(0, 10**6), fairness=st.integers(0, 2))
def test_a_small_instance_is_settled_as_by_trying_everything(seed: int, fairness: int):
    instance = random_instance(seed)

    outcome = settled(instance, fairness=fairness)

    best = fewest_breaks(instance, fairness=fairness)
    assert outcome.breaks == best
    assert outcome.bound == best
    if outcome.slots is None:
        assert outcome.status == Status.INFEASIBLE
    else:
        assert outcome.status == Status.OPTIMAL
        assert broken_rules(instance, outcome.slots, fairness=fairness) == []
        assert sum(breaks_of(instance, outcome.slots)) == best


def test_an_instance_is_settled_where_the_scheduler_was_at_work_before():
    solve(random_problem(3, companies=20, meetings=60), time_limit=2)

    assert settled(random_instance(0)).status in (Status.OPTIMAL, Status.INFEASIBLE)


def test_lunch_and_forbidden_slots_are_idle_slots_like_others():
    halves = {0: Half.MORNING, 1: Half.AFTERNOON}
    over_lunch = make_instance([(0, 1), (0, 2)], slots=2, morning_slots=1, halves=halves)
    around = make_instance([(0, 1), (0, 2)], slots=3, forbidden={0: {1}})

    assert settled(over_lunch).breaks == 0
    assert settled(around).breaks == 1


def test_a_run_of_idle_slots_is_one_break_however_long():
    instance = make_instance([(0, 1), (0, 2), (0, 3)], slots=9)

    assert breaks_of(instance, [0, 1, 8]) == [1, 0, 0, 0]
    assert breaks_of(instance, [0, 4, 8]) == [2, 0, 0, 0]


def test_breaks_are_kept_even_where_that_costs_the_schedule():
    instance = make_instance([(0, 1), (0, 2)], slots=3, forbidden={0: {1}})

    assert settled(instance, fairness=1).breaks == 1
    assert settled(instance, fairness=0).status == Status.INFEASIBLE


def test_everybody_may_have_more_breaks_than_the_difference_allowed():
    both_twice = [(0, 1), (0, 1)]

    outcome = settled(make_instance(both_twice, slots=3, fixed={0: 0, 1: 2}), fairness=0)

    assert (outcome.status, outcome.breaks) == (Status.OPTIMAL, 2)


@pytest.mark.parametrize(
    "instance",
    [
        make_instance([(0, 1), (0, 2), (0, 3)], slots=2),
        make_instance([(0, 1), (2, 3)], slots=1, tables=1),
        make_instance([(0, 1)], tables=0),
        make_instance([(0, 1)], slots=0),
        make_instance([(0, 1)], fixed={0: 1}, forbidden={1: {1}}),
        make_instance([(0, 1)], fixed={0: 0}, halves={0: Half.AFTERNOON}, morning_slots=2),
        make_instance([(0, 1), (2, 3)], predecessors={0: {1}, 1: {0}}),
        make_instance([(0, 1)], predecessors={0: {0}}),
    ],
    ids=[
        "more meetings than slots",
        "no table left",
        "no table",
        "no slot",
        "fixed to a forbidden slot",
        "fixed to the wrong half",
        "each before the other",
        "before itself",
    ],
)
def test_what_cannot_be_is_proved_infeasible(instance: Instance):
    assert settled(instance) == Outcome(Status.INFEASIBLE)


def test_nothing_to_place_is_settled_with_nothing_placed():
    outcome = settled(make_instance((), companies=3))

    assert outcome == Outcome(Status.OPTIMAL, breaks=0, bound=0, slots=())


def test_every_rule_that_a_schedule_breaks_is_named():
    instance = make_instance(
        [(0, 1), (0, 2), (3, 4), (3, 5)],
        slots=4,
        tables=1,
        morning_slots=2,
        halves={0: Half.AFTERNOON, 2: Half.MORNING},
        forbidden={2: {0}},
        fixed={1: 3},
        predecessors={2: {3}},
    )

    assert broken_rules(instance, [0, 0, 2, 4], fairness=0) == [
        "meeting 1: not in the afternoon",
        "meeting 2: not in the slot it is fixed to",
        "meeting 2: slot 1 is forbidden to company 3",
        "meeting 3: not in the morning",
        "meeting 3: not after meeting 4",
        "meeting 4: there is no slot 5",
        "company 1: 2 meetings in slot 1",
        "slot 1: 2 meetings at 1 tables",
        "breaks: from 0 to 1 a company",
    ]
    assert broken_rules(instance, [0], fairness=0) == ["4 meetings must be held, 1 are"]


@given(st.lists(st.integers(1, 2**6 - 1), max_size=5))
def test_a_slot_stays_possible_exactly_if_some_choice_of_different_slots_uses_it(
    domains: list[int],
):
    choices = [
        choice
        for choice in product(range(6), repeat=len(domains))
        if len(set(choice)) == len(choice)
        and all(domain >> slot & 1 for domain, slot in zip(domains, choice, strict=True))
    ]
    used = [sum({1 << choice[m] for choice in choices}) for m in range(len(domains))]

    assert possible_slots(domains, 6) == (used if choices else None)


@given(st.lists(st.integers(1, 2**6 - 1), min_size=1, max_size=5))
def test_the_bound_of_a_company_is_never_above_what_it_can_reach(domains: list[int]):
    reachable = [
        sum(b - a > 1 for a, b in pairwise(day))
        for choice in product(range(6), repeat=len(domains))
        if all(domain >> slot & 1 for domain, slot in zip(domains, choice, strict=True))
        and len(day := sorted(set(choice))) == len(domains)
    ]

    assert not reachable or least_breaks(domains, 6) <= min(reachable)


def test_scarce_tables_cost_breaks_that_no_company_needs_alone():
    instance = make_instance([(0, 1), (0, 1), (2, 3)], slots=3, tables=1)
    in_any_slot, in_the_middle = 0b111, 0b010

    bound = scarce_tables_bound(instance, [in_any_slot, in_any_slot, in_the_middle])

    assert least_breaks([in_any_slot, in_any_slot], 3) == 0
    assert bound == 2


GOOD = dzn(make_instance([(0, 1), (1, 2)]))


def test_the_command_prints_one_line_of_json_in_the_numbers_of_the_file(tmp_path: Path):
    instance = make_instance([(0, 1), (0, 2)], slots=3, fixed={0: 2})

    answer = run(write(tmp_path, dzn(instance)))

    document = json.loads(answer.stdout)
    assert (answer.returncode, answer.stderr) == (0, "")
    assert list(document) == ["instance", "status", "breaks", "bound", "seconds", "schedule"]
    assert document["instance"] == "fair.original"
    assert (document["status"], document["breaks"], document["bound"]) == ("optimal", 0, 0)
    assert document["schedule"] == [[1, 3], [2, 2]]


def test_the_command_says_that_an_instance_is_infeasible(tmp_path: Path):
    document = json.loads(run(write(tmp_path, dzn(make_instance([(0, 1)], tables=0)))).stdout)

    assert (document["status"], document["breaks"], document["bound"]) == ("infeasible", None, None)
    assert document["schedule"] == []


@pytest.mark.parametrize("text", ["", "nBusiness = ", "\0", "{}", '{"slots": 4}'])
def test_the_command_refuses_a_malformed_file_in_one_line(text: str, tmp_path: Path):
    file = write(tmp_path, text)

    answer = run(file)

    assert (answer.returncode, answer.stdout) == (2, "")
    assert answer.stderr.startswith(f"{file}: ")
    assert answer.stderr.count("\n") == 1


def test_the_command_refuses_a_file_that_is_not_there(tmp_path: Path):
    answer = run(tmp_path / "none.dzn")

    assert (answer.returncode, answer.stdout) == (2, "")
    assert answer.stderr.endswith("none.dzn: cannot be read: No such file or directory\n")


def too_hard() -> Instance:
    """Everybody meets everybody, with no slot to spare: colouring the edges of a complete graph."""
    companies = 90
    pairs = [(a, b) for a in range(companies) for b in range(a)]
    return make_instance(pairs, slots=companies - 1, tables=companies // 2)


def test_without_time_the_answer_is_that_nothing_is_known(tmp_path: Path):
    document = json.loads(run(write(tmp_path, GOOD), "--time-limit", "0").stdout)

    assert (document["status"], document["breaks"], document["schedule"]) == ("unknown", None, [])


def is_caught(interruption: int, pid: int) -> bool:
    caught = re.search(r"SigCgt:\s+(\w+)", Path(f"/proc/{pid}/status").read_text())
    return bool(caught and int(caught[1], 16) >> (interruption - 1) & 1)


@pytest.mark.parametrize("interruption", [signal.SIGINT, signal.SIGTERM])
def test_interrupted_the_command_prints_what_it_knows(interruption: int, tmp_path: Path):
    """A terminal interrupts the workers, too; they say nothing of it."""
    file = write(tmp_path, dzn(too_hard()))
    process = subprocess.Popen(
        [*COMMAND, str(file)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    wait_until(lambda: is_caught(signal.SIGTERM, process.pid))

    os.killpg(process.pid, interruption)
    output, complaints = process.communicate(timeout=240)

    assert (process.returncode, complaints) == (0, "")
    assert json.loads(output)["status"] in {"unknown", "feasible", "optimal"}
