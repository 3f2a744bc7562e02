import io
import subprocess
import zipfile

import pytest
import python_calamine
import xlsxwriter

from matchmaking.core import spreadsheets
from matchmaking.core.spreadsheets import (
    NotAWorkbook,
    Sheet,
    TooManyRows,
    read_rows,
    read_table,
    write_rows,
    write_sheets,
)


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


def test_a_cell_at_the_far_corner_of_a_sheet_takes_nothing_down():
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as workbook:
        sheet = workbook.add_worksheet()
        sheet.write(0, 0, "Tên")
        sheet.write(1_048_575, 16_383, "An")

    with pytest.raises(TooManyRows):
        read_rows(content.getvalue())


@pytest.mark.parametrize("content", [b"a,b\n" + b"," * 2_000_000, b"a\n" * 200_000])
def test_a_list_of_countless_cells_is_refused(content):
    with pytest.raises(TooManyRows):
        read_table(content)


def test_a_zip_file_of_countless_parts_is_refused_by_its_list():
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as file:
        for number in range(spreadsheets.MOST_PARTS + 1):
            file.writestr(str(number), "")

    with pytest.raises(TooManyRows):
        read_rows(archive.getvalue())


def test_rows_that_do_not_fit_their_heads_are_an_error():
    with pytest.raises(subprocess.CalledProcessError):
        write_rows("Sheet", ["Tên", "Mã"], [["An"]])


def test_a_workbook_of_several_sheets_numbers_their_tabs():
    content = write_sheets([Sheet("Tên", ["a"], [["An"]]), Sheet("Tên", ["b"], [["Bình"]])])

    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))

    assert book.sheet_names == ["1 Tên", "2 Tên"]
    assert book.get_sheet_by_index(1).to_python() == [["b"], ["Bình"]]
