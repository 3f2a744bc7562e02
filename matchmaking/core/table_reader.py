"""Reads one table from its input, in a process of its own whose memory and time are limited.

A workbook of a few kilobytes can name a cell at the far corner of its sheet, or unpack to more
than it says: then this process ends, and nothing else does. It knows nothing of the application.
Rows go to the output as JSON, with the cells as text; the exit code says what was wrong.
"""

import codecs
import csv
import io
import json
import resource
import sys
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

MOST_MEMORY = 768 * 1024 * 1024
MOST_SECONDS = 20
MOST_CELLS = 500_000
UNREADABLE, TOO_LARGE, NOT_UTF_8 = 3, 4, 5


def main(kind: str, most_rows: int) -> int:
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    content = sys.stdin.buffer.read()
    try:
        rows = _of_csv(content) if kind == "csv" else _of_workbook(content)
        texts = list(_bounded(rows, most_rows))
    except UnicodeDecodeError:
        return NOT_UTF_8
    except (MemoryError, OverflowError):
        return TOO_LARGE
    except (csv.Error, ValueError, IndexError):
        return UNREADABLE
    json.dump(texts, sys.stdout)
    return 0


def _of_workbook(content: bytes) -> Iterable[list[Any]]:
    import python_calamine  # noqa: PLC0415  a CSV file needs none of it

    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        return book.get_sheet_by_index(0).iter_rows()
    except python_calamine.CalamineError as fault:
        raise ValueError from fault


def _of_csv(content: bytes) -> Iterable[list[str]]:
    """Semicolons, tabs or commas between the cells: whichever the first line has most of."""
    is_utf_16 = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    text = content.decode("utf-16" if is_utf_16 else "utf-8-sig")
    head = text.partition("\n")[0]
    return csv.reader(io.StringIO(text), delimiter=max(",;\t", key=head.count))


def _bounded(rows: Iterable[list[Any]], most_rows: int) -> Iterator[list[str]]:
    """Rows as text, without the empty ones after the last."""
    empty, count, cells = 0, 0, 0
    for row in islice(rows, 20 * most_rows):
        cells += len(row)
        count += 1
        if cells > MOST_CELLS:
            raise OverflowError
        texts = [_text(cell) for cell in row]
        if not any(texts):
            empty += 1
            continue
        if count > most_rows + 1:
            raise OverflowError
        yield from ([""] * len(texts) for _ in range(empty))
        empty = 0
        yield texts


def _text(cell: Any) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], int(sys.argv[2])))
