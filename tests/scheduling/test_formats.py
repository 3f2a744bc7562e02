import copy
import json
from pathlib import Path
from typing import Any

import pytest

from matchmaking.scheduling.formats import (
    MalformedFile,
    problem_from_json,
    problem_to_json,
    read_json,
    schedule_from_json,
)
from matchmaking.scheduling.problem import Assignment
from tests.factories.problems import random_problem, with_lost_tables, with_previous


def document() -> dict[str, Any]:
    schedule = (Assignment(2, 1, 0, -1), Assignment(5, 3, 1, 2))
    problem = with_previous(random_problem(3, meetings=20), schedule, now=2)
    return copy.deepcopy(problem_to_json(problem))


def complaint_after(change: str, value: Any) -> str:
    """What is said of a sound file in which the value at one path was replaced."""
    file = document()
    *steps, last = [int(step) if step.isdigit() else step for step in change.split(".")]
    place: Any = file
    for step in steps:
        place = place[step]
    place[last] = value
    with pytest.raises(MalformedFile) as refusal:
        problem_from_json(file)
    return str(refusal.value)


@pytest.mark.parametrize("seed", range(20))
def test_a_problem_written_and_read_again_is_the_same(seed: int):
    problem = random_problem(seed)

    assert problem_from_json(json.loads(json.dumps(problem_to_json(problem)))) == problem


def test_a_repair_written_and_read_again_is_the_same():
    file = document()

    assert problem_to_json(problem_from_json(file)) == file


def test_tables_that_cannot_always_be_used_are_written_and_read():
    problem = with_lost_tables(random_problem(3), 3)

    assert problem_from_json(json.loads(json.dumps(problem_to_json(problem)))) == problem


def test_a_table_too_few_is_refused():
    assert complaint_after("table_available", ["11111111"]) == (
        "table_available: must have 4 entries, has 1"
    )


def test_a_meeting_of_the_past_that_would_not_end_is_refused():
    file = document()
    file["meetings"][2]["d"] = 9

    with pytest.raises(MalformedFile, match=r"previous.schedule\[0\]\[1\]: meeting 2 would end"):
        problem_from_json(file)


def test_unknown_keys_are_ignored():
    file = document()
    file["colour"] = "red"
    file["meetings"][0]["note"] = ["x"]

    assert len(problem_from_json(file).meetings) == 20


@pytest.mark.parametrize(
    ("change", "value", "complaint"),
    [
        ("format", "b2b-2", 'format: must be "b2b-1"'),
        ("slots", "8", "slots: must be a whole number"),
        ("slots", True, "slots: must be a whole number"),
        ("slots", 10**9, "slots: must be at most 1000"),
        ("tables", -1, "tables: must be at least 0"),
        ("blocks", [[0, 3]], "blocks: slot 4 is in no block"),
        ("blocks", [[0, 3], [3, 7]], "blocks: slot 3 is in two blocks"),
        ("blocks", [[0, 8]], "blocks[0][1]: no slot 8"),
        ("blocks", [[5, 2]], "blocks[0]: ends before it starts"),
        ("blocks", [[0]], "blocks[0]: must have 2 entries"),
        ("participants", {}, "participants: must be a list"),
        ("participants.4", None, "participants[4]: must be an object"),
        ("participants.4.side", "X", 'participants[4].side: must be "L" or "F"'),
        (
            "participants.4.available",
            "1" * 7,
            "participants[4].available: must have 8 characters, has 7",
        ),
        (
            "participants.4.available",
            "1111x111",
            "participants[4].available: must have only 0 and 1",
        ),
        (
            "participants.4.max_meetings",
            None,
            "participants[4].max_meetings: must be a whole number",
        ),
        ("participants.4.booth", 4, "participants[4].booth: no table 4"),
        ("interpreters.0.langs", "ko", "interpreters[0].langs: must be a list"),
        ("interpreters.0.langs", [1], "interpreters[0].langs[0]: must be a string"),
        ("meetings.17.b", 93, "meetings[17].b: no participant 93"),
        ("meetings.17.a", -1, "meetings[17].a: no participant -1"),
        ("meetings.17.w", 0, "meetings[17].w: must be at least 1"),
        ("meetings.17.w", 10**13, "meetings[17].w: must be at most 1000000000000"),
        ("meetings.17.w", 1.5, "meetings[17].w: must be a whole number"),
        ("meetings.17.d", 0, "meetings[17].d: must be at least 1"),
        ("meetings.17.lang", 7, "meetings[17].lang: must be a string"),
        ("meetings.17.starts", [8], "meetings[17].starts[0]: no slot 8"),
        ("precedences", [[1, 2], [3, 20]], "precedences[1][1]: no meeting 20"),
        ("precedences", [[3, 3]], "precedences[0]: meeting 3 cannot come before itself"),
        ("previous.now", "soon", "previous.now: must be a whole number"),
        ("previous.schedule", [[0, 0, 0]], "previous.schedule[0]: must have 4 entries"),
        ("previous.schedule", [[0, 9, 0, -1]], "previous.schedule[0][1]: no slot 9"),
        (
            "previous.schedule",
            [[0, 0, 0, 10**25]],
            "previous.schedule[0][3]: must be at most 1000000",
        ),
        (
            "previous.schedule",
            [[0, 1, 0, -1], [0, 2, 0, -1]],
            "previous.schedule[1][0]: meeting 0 is there twice",
        ),
    ],
)
def test_a_malformed_problem_is_refused_with_the_path_of_what_is_wrong(
    change: str, value: Any, complaint: str
):
    assert complaint_after(change, value) == complaint


def test_a_company_cannot_meet_itself():
    company = document()["meetings"][17]["a"]

    assert (
        complaint_after("meetings.17.b", company)
        == f"meetings[17].b: participant {company} cannot meet itself"
    )


@pytest.mark.parametrize("key", ["format", "slots", "blocks", "tables", "meetings", "precedences"])
def test_a_missing_key_is_named(key: str):
    file = document()
    del file[key]

    with pytest.raises(MalformedFile, match=f"^{key}: is missing$"):
        problem_from_json(file)


def test_a_file_that_is_cut_off_is_refused_with_its_place(tmp_path: Path):
    file = tmp_path / "problem.json"
    file.write_text('{"format": "b2b-1",\n "slots": ')

    with pytest.raises(MalformedFile, match=r"is not JSON: .* at line 2 column"):
        read_json(file)


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        (b"\xff\xfe", "is not UTF-8 text: byte 0"),
        (b"[" * 100_000, "nested too deep"),
        (b"9" * 5_000, "a number has too many digits"),
    ],
)
def test_a_file_that_is_no_text_or_no_sane_json_is_refused(
    tmp_path: Path, content: bytes, complaint: str
):
    file = tmp_path / "problem.json"
    file.write_bytes(content)

    with pytest.raises(MalformedFile, match=complaint):
        read_json(file)


def test_a_mark_of_the_byte_order_before_a_file_is_no_part_of_it(tmp_path: Path):
    file = tmp_path / "problem.json"
    file.write_text(json.dumps(document()), encoding="utf-8-sig")

    assert read_json(file) == document()


def test_a_file_that_is_not_there_is_refused(tmp_path: Path):
    with pytest.raises(MalformedFile, match="cannot be read"):
        read_json(tmp_path / "none.json")


def test_a_schedule_of_anything_but_numbers_is_refused():
    with pytest.raises(MalformedFile, match=r"^schedule\[1\]\[2\]: must be a whole number$"):
        schedule_from_json({"schedule": [[0, 0, 0, -1], [1, 0, None, -1]]})
