import io
import zipfile

import pytest

from matchmaking.core import spreadsheets
from matchmaking.core.spreadsheets import NotAWorkbook, TooManyRows, read_rows, write_rows


def test_what_is_written_is_read_back_as_cleaned_text():
    content = write_rows(
        "Doanh nghiệp", ["Tên", "Người"], [["  Cơ khí  Đông Sơn ", 2], ["한일전자", ""]]
    )

    assert read_rows(content) == [["Tên", "Người"], ["Cơ khí Đông Sơn", "2"], ["한일전자", ""]]


def test_a_text_that_looks_like_a_formula_or_a_link_stays_a_text():
    content = write_rows("Sheet", ["Tên"], [["=1+1"], ["https://example.vn"]])

    assert read_rows(content) == [["Tên"], ["=1+1"], ["https://example.vn"]]


def test_a_sheet_may_have_any_title():
    assert read_rows(
        write_rows("Gặp gỡ: Hàn Quốc/Nhật Bản [2026] và những người bạn khác", ["a"], [])
    )


@pytest.mark.parametrize("content", [b"", b"name,country", b"PK\x03\x04 broken"])
def test_what_is_no_workbook_is_refused(content):
    with pytest.raises(NotAWorkbook):
        read_rows(content)


def test_a_zip_file_that_is_no_workbook_is_refused():
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("letter.txt", "hello")

    with pytest.raises(NotAWorkbook):
        read_rows(archive.getvalue())


def test_a_sheet_that_is_too_long_is_refused(monkeypatch):
    content = write_rows("Sheet", ["Tên"], [["An"], ["Bình"], ["Chi"]])

    monkeypatch.setattr(spreadsheets, "MOST_ROWS", 2)
    with pytest.raises(TooManyRows):
        read_rows(content)


@pytest.mark.parametrize("limit", ["MOST_UNPACKED_BYTES", "MOST_PARTS"])
def test_a_workbook_is_measured_before_it_is_unpacked(monkeypatch, limit):
    content = write_rows("Sheet", ["Tên"], [["An"]])
    monkeypatch.setattr(spreadsheets, limit, 5)

    with pytest.raises(TooManyRows):
        read_rows(content)
