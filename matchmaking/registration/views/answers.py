"""Answers that are no page."""

from collections.abc import Iterable, Sequence

from flask import Response

from matchmaking.core.spreadsheets import WORKBOOK, write_rows


def workbook(
    title: str, heads: Sequence[str], rows: Iterable[Sequence[str]], *, name: str
) -> Response:
    """An Excel workbook to keep, as the file `name`."""
    response = Response(write_rows(title, heads, rows), mimetype=WORKBOOK)
    response.headers["Content-Disposition"] = f"attachment; filename={name}.xlsx"
    return response
