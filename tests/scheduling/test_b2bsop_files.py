from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matchmaking.scheduling.b2bsop import read_instance
from matchmaking.scheduling.formats import MalformedFile
from tests.factories.b2bsop import dzn, make_instance, random_instance, write


@settings(max_examples=50)
@given(seed=st.integers(0, 10**6))
def test_what_is_written_as_a_file_is_read_back(
    seed: int, tmp_path_factory: pytest.TempPathFactory
):
    instance = random_instance(seed)
    file = write(tmp_path_factory.mktemp("b2bsop"), dzn(instance))

    read = read_instance(file)

    assert read.pairs == instance.pairs
    assert read.halves == instance.halves
    assert read.forbidden == instance.forbidden
    assert read.fixed == instance.fixed
    assert read.predecessors == instance.predecessors
    assert (read.name, read.tables, read.slots) == (
        "fair.original",
        instance.tables,
        instance.slots,
    )


@settings(max_examples=50)
@given(length=st.integers(0, 10**4))
def test_a_file_that_is_cut_off_is_refused(length: int, tmp_path_factory: pytest.TempPathFactory):
    text = dzn(make_instance([(0, 1), (1, 2)], forbidden={1: {2}})).rstrip()
    file = write(tmp_path_factory.mktemp("b2bsop"), text[: length % len(text)])

    with pytest.raises(MalformedFile):
        read_instance(file)


GOOD = dzn(make_instance([(0, 1), (1, 2)]))


@pytest.mark.parametrize(
    ("good", "bad", "complaint"),
    [
        ("nTables = 9;", "", "nTables: is missing"),
        ("nTables = 9;", "nTables = {9};", "nTables: must be a whole number"),
        ("nTables = 9;", "nTables = -9;", "nTables: must be at least 0"),
        ("nTables = 9;", "nTables = 9", 'line 4: ";" was expected, "nTotalSlots" is there'),
        ("nTables = 9;", "nTables = ?;", "line 3: '?' has no meaning here"),
        ("nTables = 9;", "nMeetings = 9;", "line 3: nMeetings is given twice"),
        ("nTables = 9;", f"nTables = {'9' * 99};", "line 3: a number has too many digits"),
        ("nTables = 9;", "nTables = /* 9;", "line 3: '/' has no meaning here"),
        ("nTotalSlots = 4", "nTotalSlots = 1000000", "nTotalSlots: must be at most 500"),
        ("nMorningSlots = 4", "nMorningSlots = 5", "nMorningSlots: must be at most 4"),
        ("nMeetings = 2", "nMeetings = 3", "requested: must have 3 entries, has 2"),
        ("|1, 2,3", "|1, 9,3", "requested[1,2]: must be at most 3"),
        ("|1, 2,3", "|1, 2,4", "requested[1,3]: must be at most 3"),
        ("|1, 2,3", "|1, 1,3", "requested[1]: company 1 cannot meet itself"),
        ("|1, 2,3", "|1, 2", "requested[1]: must be a row of two companies and 1, 2 or 3"),
        ("[0, 0]", "[0, 5]", "fixed[2]: must be at most 4"),
        ("[0, 0]", "0", "fixed: must be an array"),
        ("[{0},", "[{0..9},", "forbidden[1]: must be at most 4"),
        ("[{0},", "[{0..999999},", "line 14: 0..999999 is too wide a range"),
        ("[{},", "[{3},", "precedences[1]: must be at most 2"),
        ("[1, 2, 1]", "[1, 2, 2]", "nMeetingsBusiness[3]: differs from the meetings in requested"),
        ("[{1,2},", "[{1,3},", "meetingsxBusiness[1]: differs from the meetings in requested"),
    ],
)
def test_a_malformed_file_is_refused_in_one_line(
    good: str, bad: str, complaint: str, tmp_path: Path
):
    assert good in GOOD
    file = write(tmp_path, GOOD.replace(good, bad, 1))

    with pytest.raises(MalformedFile) as refusal:
        read_instance(file)

    assert str(refusal.value) == complaint
