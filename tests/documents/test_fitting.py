import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matchmaking.documents.fitting import POINTS_PER_MM, Box, fitted
from matchmaking.documents.fonts import text_width

BOX = Box(width=89, height=27, lines=3, largest=42, weight=700, leading=1.2)


def test_short_name_takes_the_largest_size_on_one_line():
    assert (fitted("Đỗ Ly", BOX).size, fitted("Đỗ Ly", BOX).lines) == (42, ("Đỗ Ly",))


def test_long_name_is_broken_between_words_into_lines_of_like_length():
    assert fitted("Nguyễn Phước Bảo Quỳnh Hương Giang", BOX).lines == (
        "Nguyễn Phước Bảo",
        "Quỳnh Hương Giang",
    )


def test_no_line_starts_with_a_dash():
    for width in range(15, 90, 3):
        found = fitted("Gặp gỡ Thanh Hóa – Hàn Quốc 2022", Box(width, 20, lines=3, largest=14))
        assert not any(line.startswith("–") for line in found.lines)


def test_word_without_spaces_is_broken_rather_than_printed_tiny():
    assert len(fitted("W" * 120, BOX).lines) == 3


def test_nothing_takes_no_place():
    assert fitted("", BOX).height == 0


@settings(max_examples=200)
@given(st.text(min_size=1, max_size=120).map(lambda text: " ".join(text.split())).filter(bool))
def test_whatever_is_typed_stands_whole_within_its_box(text):
    found = fitted(text, BOX)

    assert "".join("".join(found.lines).split()) == "".join(text.split())
    assert len(found.lines) <= BOX.lines
    assert found.height <= BOX.height + 0.01
    widest = max(text_width(line, BOX.weight) for line in found.lines) * found.size
    assert widest <= BOX.width * POINTS_PER_MM


@pytest.mark.parametrize(
    ("text", "ems"), [("김민수", 3), ("e\u0301", text_width("é")), ("\u0301", 0)]
)
def test_letters_outside_the_typeface_are_measured_generously(text, ems):
    assert text_width(text) == ems
