"""The geometry of small pictures of numbers; the macros bars, columns, heat_map and line_chart draw them."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

LEVELS = 4


@dataclass(frozen=True)
class Bar:
    """One amount: `share` is its length in percent. `kind` is neutral, warning or error."""

    label: str
    value: int
    share: float
    of: int | None = None
    href: str = ""
    kind: str = "neutral"


@dataclass(frozen=True)
class Column:
    """One amount at one moment, in a picture 100 high; every few carry their label.

    `mark` is the height of the amount that was `expected`, where one was.
    """

    label: str
    value: int
    top: float
    height: float
    ticked: bool
    expected: int | None = None
    mark: float = 0


@dataclass(frozen=True)
class Cell:
    """One place of a grid; `level` runs from 0 (nothing) to 4 (the fullest)."""

    value: int
    level: int
    href: str = ""


@dataclass(frozen=True)
class HeatRow:
    label: str
    cells: Sequence[Cell]


@dataclass(frozen=True)
class HeatMap:
    columns: Sequence[str]
    rows: Sequence[HeatRow]


def bar(
    label: str, value: int, *, of: int | None = None, href: str = "", kind: str = "neutral"
) -> Bar:
    """An amount, measured against a whole of its own if it has one."""
    return Bar(label, value, _share(value, of or value), of, href, kind)


def bars(amounts: Sequence[Bar]) -> list[Bar]:
    """The same amounts, measured against the longest instead of each against its own whole."""
    longest = max((one.value for one in amounts), default=0)
    return [
        Bar(one.label, one.value, _share(one.value, longest), one.of, one.href, one.kind)
        for one in amounts
    ]


def columns(
    amounts: Sequence[tuple[str, int]], *, ticks: int = 6, expected: Sequence[int] = ()
) -> list[Column]:
    """Amounts in order of time; about `ticks` of them carry their label, none cut off at the end.

    `expected` are the amounts these are measured against, one each, or none.
    """
    highest = max([*(value for _label, value in amounts), *expected], default=0)
    every = max(1, -(-len(amounts) // ticks))
    drawn = []
    for index, (label, value) in enumerate(amounts):
        height = _share(value, highest)
        ticked = index % every == 0 and index + every / 2 <= len(amounts)
        wanted = expected[index] if expected else None
        top, mark = round(100 - height, 2), _share(wanted or 0, highest)
        drawn.append(Column(label, value, top, height, ticked, wanted, mark))
    return drawn


def heat_map(
    heads: Sequence[str],
    rows: Sequence[tuple[str, Sequence[tuple[int, str]]]],
    *,
    most: int | None = None,
) -> HeatMap:
    """A grid of (value, address) pairs, shaded against `most` or against the fullest cell."""
    fullest = most or max((value for _label, row in rows for value, _href in row), default=0)
    return HeatMap(
        heads,
        [
            HeatRow(label, [Cell(value, _level(value, fullest), href) for value, href in row])
            for label, row in rows
        ],
    )


def _level(value: int, fullest: int) -> int:
    """Nothing at all is the only level 0, so that one of a hundred is still seen."""
    return min(LEVELS, -(-LEVELS * value // fullest)) if value > 0 and fullest > 0 else 0


def _share(value: int, whole: int) -> float:
    return round(100 * min(value, whole) / whole, 2) if whole > 0 else 0.0


@dataclass(frozen=True)
class Line:
    """Amounts over time in a picture 300 wide and 100 high; `points` as SVG writes them."""

    label: str
    points: str
    last: int


def lines(
    steps: Sequence[Sequence[float]], named: Sequence[tuple[str, int]], *, until: float = 0
) -> list[Line]:
    """One stepped line for each (label, column of the steps); column 0 is the time in seconds.

    All share one scale, from the lowest amount to the highest.
    """
    if not steps:
        return []
    amounts = [step[column] for step in steps for _label, column in named]
    low, high = min(amounts), max(amounts)
    end = max(until, steps[-1][0]) or 1

    def point(seconds: float, amount: float) -> str:
        height = 96 - 92 * (amount - low) / (high - low) if high > low else 50
        return f"{round(300 * seconds / end, 1)},{round(height, 1)}"

    return [
        Line(label, " ".join(_steps(steps, column, end, point)), int(steps[-1][column]))
        for label, column in named
    ]


def _steps(
    steps: Sequence[Sequence[float]],
    column: int,
    end: float,
    point: Callable[[float, float], str],
) -> Iterator[str]:
    """An amount holds until the next step."""
    before = steps[0][column]
    for step in steps:
        yield point(step[0], before)
        yield point(step[0], step[column])
        before = step[column]
    yield point(end, before)
