"""Excel workbooks: reading what people send, writing what they take with them."""

import io
import json
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from matchmaking.core import table_reader, table_writer
from matchmaking.core.errors import DomainError
from matchmaking.core.i18n import _l
from matchmaking.core.text import clean

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_UNPACKED_BYTES = 80 * 1024 * 1024
MOST_PARTS = 1_000
ENTRY = b"PK\x01\x02"
"""Begins each part's entry in a zip file's list."""
MOST_ROWS = 5_000


class NotAWorkbook(DomainError):
    code = "not_a_workbook"
    message = _l("This is not an Excel workbook (.xlsx) we can read.")


class TooManyRows(DomainError):
    code = "too_many_rows"
    message = _l("The sheet has more than %(most)d rows. Split it and send the parts.")


class NotUtf8(DomainError):
    code = "not_utf_8"
    message = _l("The letters of this file cannot be read. Save it as an Excel workbook (.xlsx).")


REFUSALS: dict[int, type[DomainError]] = {
    table_reader.UNREADABLE: NotAWorkbook,
    table_reader.NOT_UTF_8: NotUtf8,
}
"""What the reader's exit code says; whatever else ends it was too much for its limits."""


def read_table(content: bytes) -> list[list[str]]:
    """The cells of a workbook's first sheet, or of a CSV file, as cleaned text."""
    return read_rows(content) if content.startswith(b"PK") else _read("csv", content)


def read_rows(content: bytes) -> list[list[str]]:
    """The cells of the first sheet as cleaned text; empty rows at its end are left out."""
    _check_size(content)
    return _read("workbook", content)


def _read(kind: str, content: bytes) -> list[list[str]]:
    """Read beside this process (`table_reader`), so that no file can take it down."""
    ended = subprocess.run(
        [sys.executable, "-I", table_reader.__file__, kind, str(MOST_ROWS)],
        input=content,
        capture_output=True,
        check=False,
    )
    if ended.returncode:
        raise REFUSALS.get(ended.returncode, TooManyRows)(most=MOST_ROWS)
    rows: list[list[str]] = json.loads(ended.stdout)
    texts = [[clean(cell) for cell in row] for row in rows]
    while texts and not any(texts[-1]):
        texts.pop()
    return texts


def _check_size(content: bytes) -> None:
    """A workbook is a zip file; what a small one says that it unpacks to is asked first."""
    if content.count(ENTRY) > MOST_PARTS:
        raise TooManyRows(most=MOST_ROWS)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise NotAWorkbook from error
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED_BYTES:
        raise TooManyRows(most=MOST_ROWS)


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
    """A workbook; where it has several sheets their tabs are numbered, so that none is named twice.

    Written beside this process (`table_writer`), to which the rows go in a file.
    """
    with tempfile.TemporaryFile() as told:
        for said in _told(sheets):
            told.write(json.dumps(said).encode() + b"\n")
        told.seek(0)
        command = [sys.executable, "-I", table_writer.__file__]
        return subprocess.run(command, stdin=told, stdout=subprocess.PIPE, check=True).stdout


def _told(sheets: Sequence[Sheet]) -> Iterator[object]:
    for number, sheet in enumerate(sheets, start=1):
        title = f"{number} {sheet.title}" if len(sheets) > 1 else sheet.title
        yield {"title": _sheet_name(title), "heads": [str(head) for head in sheet.heads]}
        yield from map(list, sheet.rows)


def _sheet_name(title: str) -> str:
    """At most 31 letters, without those Excel forbids."""
    return "".join(" " if letter in "[]:*?/\\'" else letter for letter in title)[:31].strip() or "1"
