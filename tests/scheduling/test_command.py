import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from matchmaking.scheduling import Problem
from matchmaking.scheduling.arguments import INTERRUPTIONS, on_interruption, seconds
from matchmaking.scheduling.formats import problem_to_json
from tests.factories.problems import make_problem, random_problem

COMMAND = [sys.executable, "-m", "matchmaking.scheduling"]


def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*COMMAND, *map(str, arguments)], check=False, capture_output=True, text=True
    )


def write(folder: Path, document: Any, name: str = "problem.json") -> Path:
    file = folder / name
    file.write_text(json.dumps(document))
    return file


def problem_file(folder: Path, problem: Problem | None = None) -> Path:
    return write(folder, problem_to_json(problem or random_problem(1)))


def test_a_solved_problem_is_checked_and_found_good(tmp_path: Path):
    problem, schedule = problem_file(tmp_path), tmp_path / "schedule.json"

    solved = run(
        "solve", problem, "-o", schedule, "--work-limit", "6", "--time-limit", "240", "--progress"
    )
    checked = run("check", problem, schedule)
    document = json.loads(schedule.read_text())

    assert (solved.returncode, solved.stdout) == (0, "")
    assert f"value {document['value']}" in solved.stderr
    assert checked.returncode == 0
    assert f"value {document['value']}\n" in checked.stdout
    assert f"gaps {document['gaps']}\n" in checked.stdout
    assert checked.stdout.endswith(" placed, 0 constraints broken\n")


def test_a_schedule_goes_to_the_screen_when_no_file_is_named(tmp_path: Path):
    problem = problem_file(tmp_path, make_problem())

    document = json.loads(
        run("solve", problem, "--workers", "1", "--seed", "7", "--time-limit", "240").stdout
    )

    assert sorted(document) == [
        "bound",
        "gap",
        "gaps",
        "moved",
        "proved",
        "proved_objectives",
        "schedule",
        "seconds",
        "seed",
        "table_changes",
        "unfairness",
        "unplaced",
        "value",
    ]
    assert (document["value"], document["proved"], document["seed"]) == (5, True, 7)


def test_every_broken_constraint_is_named(tmp_path: Path):
    problem = problem_file(tmp_path, make_problem())
    schedule = write(tmp_path, {"schedule": [[0, 0, 5, -1], [0, 1, 0, -1]]}, "schedule.json")

    checked = run("check", problem, schedule)

    assert checked.returncode == 1
    assert checked.stdout.splitlines()[:2] == [
        "placed_twice meeting:0",
        "no_such_table meeting:0 table:5",
    ]


def test_a_schedule_of_other_meetings_is_named_without_objectives(tmp_path: Path):
    problem = problem_file(tmp_path, make_problem())
    schedule = write(tmp_path, {"schedule": [[7, 0, 0, -1]]}, "schedule.json")

    checked = run("check", problem, schedule)

    assert checked.returncode == 1
    assert checked.stdout.startswith("no_such_meeting meeting:7\nobjectives: none")


@pytest.mark.parametrize("command", ["solve", "check"])
def test_a_malformed_problem_is_refused_with_its_path(tmp_path: Path, command: str):
    document = problem_to_json(random_problem(1))
    document["meetings"][17]["b"] = 93
    problem = write(tmp_path, document)
    arguments = [problem] if command == "solve" else [problem, problem]

    refused = run(command, *arguments)

    assert refused.returncode == 2
    assert refused.stderr == f"{problem}: meetings[17].b: no participant 93\n"


def test_a_file_that_is_cut_off_is_refused(tmp_path: Path):
    problem = tmp_path / "problem.json"
    problem.write_text(json.dumps(problem_to_json(random_problem(1)))[:-20])

    refused = run("solve", problem)

    assert refused.returncode == 2
    assert "is not JSON" in refused.stderr
    assert "Traceback" not in refused.stderr


def test_a_schedule_that_cannot_be_written_is_said_so(tmp_path: Path):
    problem = problem_file(tmp_path, make_problem())

    refused = run("solve", problem, "-o", tmp_path / "no" / "folder.json")

    assert refused.returncode == 2
    assert "cannot be written" in refused.stderr


@pytest.mark.parametrize(
    ("argument", "value", "complaint"),
    [
        ("--time-limit", "nan", "'nan' is not a number of seconds, 0 or more"),
        ("--seed", "-1", "'-1' is not a whole number, 0 or more"),
    ],
)
def test_what_is_no_number_of_something_is_refused(
    tmp_path: Path, argument: str, value: str, complaint: str
):
    refused = run("solve", problem_file(tmp_path), argument, value)

    assert refused.returncode == 2
    assert refused.stderr.endswith(f"argument {argument}: {complaint}\n")


def test_a_time_limit_of_ages_is_one_that_can_be_waited_for():
    assert seconds("1e300") == 1e8


def test_a_screen_that_takes_nothing_is_said_so(tmp_path: Path):
    with Path("/dev/full").open("w") as full:
        refused = subprocess.run(
            [*COMMAND, "solve", str(problem_file(tmp_path, make_problem()))],
            check=False,
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
        )

    assert refused.returncode == 2
    assert refused.stderr == "python -m matchmaking.scheduling: No space left on device\n"


def test_an_interruption_while_the_program_is_loaded_ends_it_without_a_word(tmp_path: Path):
    """It comes with a module that is always loaded before there is anything to save."""
    (tmp_path / "sitecustomize.py").write_text(EARLY)
    ended = subprocess.run(
        [*COMMAND, "solve", str(problem_file(tmp_path))],
        check=False,
        capture_output=True,
        text=True,
        env=os.environ | {"PYTHONPATH": f"{tmp_path}{os.pathsep}{Path.cwd()}"},
    )

    assert ended.returncode == -signal.SIGINT
    assert (ended.stdout, ended.stderr) == ("", "")


EARLY = """
import signal, sys

class Interrupting:
    def find_spec(self, name, path=None, target=None):
        if name == "matchmaking.scheduling.problem":
            signal.raise_signal(signal.SIGINT)

sys.meta_path.insert(0, Interrupting())
"""


def test_an_interruption_while_one_is_answered_is_let_pass():
    """Else the second would wait for a lock that the first one holds, for ever."""
    answered = []

    def answer() -> None:
        answered.append("once")
        for interruption in INTERRUPTIONS:
            signal.raise_signal(interruption)

    before = {interruption: signal.getsignal(interruption) for interruption in INTERRUPTIONS}
    on_interruption(answer)
    signal.raise_signal(signal.SIGINT)
    for interruption, handler in before.items():
        signal.signal(interruption, handler)

    assert answered == ["once"]


@pytest.mark.parametrize("interruption", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_search_writes_the_best_schedule_it_has(
    tmp_path: Path, interruption: signal.Signals
):
    large = random_problem(2, companies=60, meetings=900, slots=12, tables=20)
    problem = problem_file(tmp_path, large)
    arguments = ["solve", str(problem), "--time-limit", "600", "--progress"]

    process = subprocess.Popen(
        [*COMMAND, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert process.stderr is not None
    process.stderr.readline()
    process.send_signal(interruption)
    output, _ = process.communicate(timeout=240)

    assert process.returncode == 0
    assert json.loads(output)["value"] > 0


@pytest.mark.parametrize("folder", [".", "nowhere"])
def test_a_directory_without_a_problem_is_refused(tmp_path: Path, folder: str):
    refused = run("bench", tmp_path / folder)

    assert refused.returncode == 2
    assert refused.stderr == f"{tmp_path / folder}: there is no problem (*.json) in it\n"


def test_a_directory_is_solved_as_a_table(tmp_path: Path):
    problem_file(tmp_path, make_problem())

    table = run("bench", tmp_path, "--time-limit", "240")
    header, row = table.stdout.splitlines()

    assert table.returncode == 0
    assert header.split() == [
        "instance", "value", "bound", "gap", "proved", "unfairness", "gaps", "changes",
        "seconds", "peak", "MB",
    ]  # fmt: skip
    assert row.split()[:8] == ["problem", "5", "5", "0.000%", "yes", "0", "0", "0"]
