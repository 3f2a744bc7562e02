"""Excel workbooks: reading what people send, writing what they take with them."""

import codecs
import csv
import io
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import python_calamine
import xlsxwriter

from matchmaking.core.errors import DomainError
from matchmaking.core.i18n import _l
from matchmaking.core.text import clean

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_UNPACKED_BYTES = 80 * 1024 * 1024
MOST_PARTS = 1_000
MOST_ROWS = 5_000
WIDEST = 60


class NotAWorkbook(DomainError):
    code = "not_a_workbook"
    message = _l("This is not an Excel workbook (.xlsx) we can read.")


class TooManyRows(DomainError):
    code = "too_many_rows"
    message = _l("The sheet has more than %(most)d rows. Split it and send the parts.")


class NotUtf8(DomainError):
    code = "not_utf_8"
    message = _l("The letters of this file cannot be read. Save it as an Excel workbook (.xlsx).")


def read_table(content: bytes) -> list[list[str]]:
    """The cells of a workbook's first sheet, or of a CSV file, as cleaned text."""
    if content.startswith(b"PK"):
        return read_rows(content)
    texts = [[clean(cell) for cell in row] for row in _csv_rows(content)]
    while texts and not any(texts[-1]):
        texts.pop()
    if len(texts) > MOST_ROWS + 1:
        raise TooManyRows(most=MOST_ROWS)
    return texts


def _csv_rows(content: bytes) -> list[list[str]]:
    """Semicolons, tabs or commas between the cells: whichever the first line has most of."""
    is_utf_16 = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        text = content.decode("utf-16" if is_utf_16 else "utf-8-sig")
        head = text.partition("\n")[0]
        return list(csv.reader(io.StringIO(text), delimiter=max(",;\t", key=head.count)))
    except UnicodeDecodeError as error:
        raise NotUtf8 from error
    except csv.Error as error:
        raise NotAWorkbook from error


def read_rows(content: bytes) -> list[list[str]]:
    """The cells of the first sheet as cleaned text; empty rows at its end are left out."""
    _check_size(content)
    try:
        workbook = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        rows = workbook.get_sheet_by_index(0).to_python()
    except (python_calamine.CalamineError, IndexError) as error:
        raise NotAWorkbook from error
    texts = [[_text(cell) for cell in row] for row in rows]
    while texts and not any(texts[-1]):
        texts.pop()
    if len(texts) > MOST_ROWS + 1:
        raise TooManyRows(most=MOST_ROWS)
    return texts


def _check_size(content: bytes) -> None:
    """A workbook is a zip file; a small one can unpack to more than the machine holds."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
    except zipfile.BadZipFile as error:
        raise NotAWorkbook from error
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED_BYTES:
        raise TooManyRows(most=MOST_ROWS)


def _text(cell: Any) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return clean(str(cell))


@dataclass(frozen=True)
class Sheet:
    """One table of a workbook. `title` becomes its tab."""

    title: str
    heads: Sequence[str]
    rows: Iterable[Sequence[Any]]


def write_rows(title: str, heads: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """A workbook of one sheet, its head frozen and filterable. Texts stay texts, never formulas."""
    return write_sheets([Sheet(title, heads, rows)])


def write_sheets(sheets: Sequence[Sheet]) -> bytes:
    """A workbook; where it has several sheets their tabs are numbered, so that none is named twice."""
    written = io.BytesIO()
    safe = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(written, safe) as workbook:
        for number, sheet in enumerate(sheets, start=1):
            title = f"{number} {sheet.title}" if len(sheets) > 1 else sheet.title
            _write(workbook, _sheet_name(title), sheet)
    return written.getvalue()


def _write(workbook: Any, name: str, table: Sheet) -> None:
    sheet = workbook.add_worksheet(name)
    head = workbook.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
    sheet.write_row(0, 0, table.heads, head)
    widths = [len(line) for line in table.heads]
    last = 0
    for last, row in enumerate(table.rows, start=1):
        sheet.write_row(last, 0, row)
        widths = [max(width, len(str(cell))) for width, cell in zip(widths, row, strict=True)]
    for column, width in enumerate(widths):
        sheet.set_column(column, column, min(width + 2, WIDEST))
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, last, len(table.heads) - 1)


def _sheet_name(title: str) -> str:
    """At most 31 letters, without those Excel forbids."""
    return "".join(" " if letter in "[]:*?/\\'" else letter for letter in title)[:31].strip() or "1"
