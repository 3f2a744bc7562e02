import pytest

from matchmaking.web.typesetting import typeset


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("Gặp gỡ Thanh Hóa - Hàn Quốc", ["Gặp gỡ", "Thanh Hóa –", "Hàn Quốc"]),
        ("Meet Thanh Hoa – South Korea", ["Meet", "Thanh Hoa –", "South Korea"]),
        ("Nhịp cầu Phát triển Việt Nam", ["Nhịp", "cầu", "Phát", "triển", "Việt Nam"]),
        ("Hàn Quốcs", ["Hàn", "Quốcs"]),
    ],
)
def test_names_of_places_and_their_dashes_stay_on_one_line(name, lines):
    assert [line.replace("\u00a0", " ") for line in typeset(name).split(" ")] == lines
