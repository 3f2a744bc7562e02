"""Writes one workbook to its output, in a process of its own: others are served meanwhile.

It knows nothing of the application. Each line of its input is JSON: an object begins a sheet,
`{"title": ..., "heads": [...]}`, and a list is its next row. Texts stay texts, never formulas.
"""

import io
import json
import sys
from typing import Any

WIDEST = 60
SAFE = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}


class Tab:
    """A sheet whose head is frozen and filterable, and whose columns are as wide as their texts."""

    def __init__(self, workbook: Any, title: str, heads: list[str]) -> None:
        style = {"bold": True, "text_wrap": True, "valign": "top", "bottom": 1}
        self.sheet = workbook.add_worksheet(title)
        self.sheet.write_row(0, 0, heads, workbook.add_format(style))
        self.widths = [len(line) for line in heads]
        self.last = 0

    def add(self, row: list[Any]) -> None:
        self.last += 1
        self.sheet.write_row(self.last, 0, row)
        widths = zip(self.widths, row, strict=True)
        self.widths = [max(width, len(str(cell))) for width, cell in widths]

    def finish(self) -> None:
        for column, width in enumerate(self.widths):
            self.sheet.set_column(column, column, min(width + 2, WIDEST))
        self.sheet.freeze_panes(1, 1)
        self.sheet.autofilter(0, 0, self.last, len(self.widths) - 1)


def main() -> None:
    import xlsxwriter  # noqa: PLC0415  many megabytes, of this process alone

    written = io.BytesIO()
    tabs: list[Tab] = []
    with xlsxwriter.Workbook(written, SAFE) as workbook:
        for said in map(json.loads, sys.stdin.buffer):
            if isinstance(said, dict):
                tabs.append(Tab(workbook, **said))
            else:
                tabs[-1].add(said)
        for tab in tabs:
            tab.finish()
    sys.stdout.buffer.write(written.getvalue())


if __name__ == "__main__":
    main()
