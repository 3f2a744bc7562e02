"""Names for the arrays, and joining lists of unequal lengths without a loop."""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

Ints: TypeAlias = NDArray[np.int64]
Bools: TypeAlias = NDArray[np.bool_]
Floats: TypeAlias = NDArray[np.float64]


def ints(values: Any) -> Ints:
    array: Ints = np.array(values, dtype=np.int64)
    return array


def spans(first: Ints, length: Ints) -> Ints:
    """`first[0], first[0] + 1, …` for `length[0]` numbers, then the same for the next."""
    total = int(length.sum())
    ends = np.cumsum(length)
    numbers: Ints = np.arange(total, dtype=np.int64) + np.repeat(first - (ends - length), length)
    return numbers


def offsets(counts: Ints) -> Ints:
    """Where each list starts when lists of these lengths follow each other, and where all end."""
    return np.concatenate(([0], np.cumsum(counts))).astype(np.int64)
