import unicodedata

from matchmaking.core.text import clean, fold, name_sort_key, sort_key


def test_search_finds_a_name_without_its_diacritics_however_it_was_composed():
    decomposed = unicodedata.normalize("NFD", "Nguyễn Đức")

    assert fold("Nguyễn Đức") == fold(decomposed) == "nguyen duc"


def test_control_characters_and_runs_of_space_are_cleaned_away():
    assert clean("  Lê\u200b  Thị\tÁnh\x00 ") == "Lê Thị Ánh"


def test_people_are_sorted_by_given_name_first():
    names = ["Nguyễn Văn Bình", "Trần Thị Ánh", "Đỗ Minh An", "Lê Thị Đào", "Phạm Dũng"]
    assert sorted(names, key=name_sort_key) == [
        "Đỗ Minh An", "Trần Thị Ánh", "Nguyễn Văn Bình", "Phạm Dũng", "Lê Thị Đào",
    ]  # fmt: skip


def test_letters_decide_before_tones_as_in_a_vietnamese_dictionary():
    assert sorted(["mã", "má", "mac", "ma", "mạ", "mà", "mả"], key=sort_key) == [
        "ma", "mà", "mả", "mã", "má", "mạ", "mac",
    ]  # fmt: skip
