"""Type as large as it fits: sizes and line breaks chosen by measuring, so nothing is cut."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from matchmaking.documents.fonts import text_width

POINTS_PER_MM = 72 / 25.4
SAFETY = 0.97
"""Kerning and fallback fonts may differ a little from the sum of the letters."""
SMALLEST_STEP = 0.25
HARD_TO_READ = 0.45
"""Below this share of the largest size a long word may be broken to print it larger."""

_PIECE = re.compile(r"\S+(?:\s+[–·&/-](?=\s))*\s*")
"""A word; a dash or dot stays at the end of the line before it."""
_LETTER = re.compile(r"\S[\u0300-\u036f\u200d\ufe0f]*\s*")


@dataclass(frozen=True)
class Box:
    """Where a text goes: millimetres, the most lines, and points at most."""

    width: float
    height: float
    lines: int
    largest: float
    weight: int = 400
    leading: float = 1.3
    slack: float = 1.15
    """How much longer than needed a line may be: 1 makes lines alike, more fills the first."""


@dataclass(frozen=True)
class Fitted:
    """A text ready to set: its size in points and its lines."""

    size: float
    lines: tuple[str, ...]
    leading: float

    @property
    def height(self) -> float:
        """In millimetres."""
        return self.size * self.leading * len(self.lines) / POINTS_PER_MM


def fitted(text: str, box: Box) -> Fitted:
    """The largest size at which all of the text stands in the box, and its line breaks."""
    if not text:
        return Fitted(0, (), box.leading)
    by_words = _best(_PIECE.findall(text), box)
    if by_words.size >= box.largest * HARD_TO_READ:
        return by_words
    by_letters = _best(_LETTER.findall(text), box)
    return by_letters if by_letters.size > by_words.size * 1.2 else by_words


def _best(pieces: Sequence[str], box: Box) -> Fitted:
    """Fewer lines win where they are as large."""
    tries = [_in_lines(pieces, count, box) for count in range(1, box.lines + 1)]
    return max(tries, key=lambda found: (found.size, -len(found.lines)))


def _in_lines(pieces: Sequence[str], count: int, box: Box) -> Fitted:
    widths = [text_width(piece, box.weight) for piece in pieces]
    narrowest = _narrowest(widths, count)
    texts = _texts(pieces, _runs(widths, narrowest))
    widest = max(text_width(text, box.weight) for text in texts)
    by_width = box.width * POINTS_PER_MM * SAFETY / widest
    by_height = box.height * POINTS_PER_MM / (len(texts) * box.leading)
    size = _rounded(min(by_width, by_height, box.largest))
    widest_allowed = box.width * POINTS_PER_MM * SAFETY / size
    lines = _runs(widths, max(narrowest, min(narrowest * box.slack, widest_allowed)))
    return Fitted(size, _texts(pieces, lines), box.leading)


def _texts(pieces: Sequence[str], lines: Sequence[tuple[int, int]]) -> tuple[str, ...]:
    return tuple("".join(pieces[start:end]).strip() for start, end in lines)


def _rounded(size: float) -> float:
    """Down to a step, so that a batch uses few sizes; tiny ones stay as they are."""
    return size // SMALLEST_STEP * SMALLEST_STEP if size > 4 else size


def _narrowest(widths: Sequence[float], count: int) -> float:
    """The least width in which the pieces stand in `count` lines."""
    low, high = max(widths), sum(widths)
    while high - low > 0.01:
        middle = (low + high) / 2
        if len(_runs(widths, middle)) <= count:
            high = middle
        else:
            low = middle
    return high


def _runs(widths: Sequence[float], limit: float) -> list[tuple[int, int]]:
    starts, filled = [0], 0.0
    for index, width in enumerate(widths):
        if index > starts[-1] and filled + width > limit:
            starts.append(index)
            filled = 0.0
        filled += width
    return list(pairwise([*starts, len(widths)]))
