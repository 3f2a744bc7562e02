"""Badges side by side on A4, with marks to cut along."""

from io import BytesIO
from typing import TYPE_CHECKING

from matchmaking.documents.fitting import POINTS_PER_MM
from matchmaking.documents.pdf import saved

if TYPE_CHECKING:
    from pikepdf import Rectangle

A4 = (210.0, 297.0)
ARM = 2.0
"""Half a cut mark's length, millimetres."""


def on_a4(badges: bytes, width: float, height: float) -> bytes:
    """As many badges of this size (millimetres) on each sheet as fit; reading order is kept."""
    from pikepdf import Pdf  # noqa: PLC0415  slow to load

    columns, rows = int(A4[0] // width), int(A4[1] // height)
    left, bottom = (A4[0] - columns * width) / 2, (A4[1] - rows * height) / 2
    corners = [
        (left + column * width, bottom + row * height)
        for row in reversed(range(rows))
        for column in range(columns)
    ]
    marks = _marks(
        [left + n * width for n in range(columns + 1)],
        [bottom + n * height for n in range(rows + 1)],
    )
    with Pdf.open(BytesIO(badges)) as singles, Pdf.new() as sheets:
        sheets.docinfo["/Title"] = singles.docinfo.get("/Title", "")
        sheets.Root.Lang = singles.Root.Lang
        pages = list(singles.pages)
        for start in range(0, len(pages), len(corners)):
            sheet = sheets.add_blank_page(page_size=(_points(A4[0]), _points(A4[1])))
            for page, (x, y) in zip(pages[start:], corners, strict=False):
                form = sheets.copy_foreign(page.as_form_xobject())
                sheet.add_overlay(form, _place(x, y, width, height))
            sheet.contents_add(marks)
        return saved(sheets)


def _place(x: float, y: float, width: float, height: float) -> "Rectangle":
    from pikepdf import Rectangle  # noqa: PLC0415  slow to load

    return Rectangle(_points(x), _points(y), _points(x + width), _points(y + height))


def _points(millimetres: float) -> float:
    return millimetres * POINTS_PER_MM


def _marks(xs: list[float], ys: list[float]) -> bytes:
    """A hairline cross where badges' corners meet: four A6 leave no margin for marks outside."""
    lines = [
        line
        for x in xs
        for y in ys
        for line in ((x - ARM, y, x + ARM, y), (x, y - ARM, x, y + ARM))
    ]
    drawn = ("{:.2f} {:.2f} m {:.2f} {:.2f} l S".format(*map(_points, line)) for line in lines)
    return ("q 0.25 w 0.45 G " + " ".join(drawn) + " Q").encode()
