"""Lists of numbers that stand one after the other in flat arrays, as numpy works on them.

numpy takes as long to load as an index of a small site to be made; only larger sites load it.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.signedinteger[Any]]  # none below 0
Bytes = NDArray[np.uint8]


def starts_of_runs(numbers: Numbers) -> Numbers:
    """Return the places of numbers that differ from the one before."""
    return np.flatnonzero(np.diff(numbers, prepend=-1))


def starts_of_lists(sizes: Numbers) -> Numbers:
    """Return where lists of these sizes start that stand one after the other."""
    return np.cumsum(sizes) - sizes


def places_of(starts: Numbers, sizes: Numbers) -> Numbers:
    """Return the places of all numbers of the lists that start there, list after list."""
    shifts = np.repeat(starts - starts_of_lists(sizes), sizes)
    return shifts + np.arange(len(shifts))


def varint_sizes(numbers: Numbers) -> Numbers:
    """Return how many bytes each number takes in `varints`."""
    sizes = np.ones(len(numbers), np.int64)
    for bits in (7, 14, 21, 28):
        sizes += numbers >> bits > 0
    return sizes


def varints(numbers: Numbers, sizes: Numbers) -> Bytes:
    """Return numbers of these `varint_sizes` as bytes: seven bits in each, the lowest first.

    All but the last byte of a number have the top bit set.
    """
    data = np.empty(sizes.sum(), np.uint8)
    places = starts_of_lists(sizes)
    while len(numbers):
        longer = numbers > 127
        data[places] = numbers & 127 | longer << 7
        numbers, places = numbers[longer] >> 7, places[longer] + 1
    return data


def cut_varints(numbers: Numbers, starts: Numbers) -> list[bytes]:
    """Return the bytes of the lists that start there and stand one after the other."""
    sizes = varint_sizes(numbers)
    data = varints(numbers, sizes).tobytes()
    cuts = [*starts_of_lists(sizes)[starts].tolist(), len(data)]
    return [data[begin:end] for begin, end in pairwise(cuts)]


def varint(number: int) -> bytes:
    """Return one number as `varints` writes it."""
    out = bytearray()
    while number > 127:
        out.append(number & 127 | 128)
        number >>= 7
    out.append(number)
    return bytes(out)
