"""gzip in which an edit changes only the bytes near it, as `gzip --rsyncable` makes it.

Publishing then sends that part of a large file alone. It costs 1 to 3 % in size.
"""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator

import numpy as np

_FROM = 65_536  # bytes; a smaller file is sent whole
_WINDOW = 16  # bytes that decide whether a piece ends after them
_SHORTEST = 8192  # bytes of a piece
_BITS = 12  # a piece ends after one window in 2 to the power of this
_FACTOR = 0x9E3779B97F4A7C15
_WITH_HEADER = 31  # zlib's window bits for the format of gzip


def compress_locally(data: bytes) -> bytes:
    """Return the data in gzip format, without a date."""
    if len(data) < _FROM:
        return gzip.compress(data, mtime=0)
    compressor = zlib.compressobj(9, zlib.DEFLATED, _WITH_HEADER)
    pieces, start = list[bytes](), 0
    for end in _ends(data):
        pieces += compressor.compress(data[start:end]), compressor.flush(zlib.Z_SYNC_FLUSH)
        start = end
    return b"".join((*pieces, compressor.compress(data[start:]), compressor.flush()))


def _ends(data: bytes) -> Iterator[int]:
    """Yield where pieces end: after bytes of a certain hash, so that an edit moves no later end."""
    values = np.frombuffer(data, np.uint8).astype(np.uint64)
    hashes = np.zeros(len(values) - _WINDOW + 1, np.uint64)
    for offset in range(_WINDOW):
        hashes = hashes * np.uint64(_FACTOR) + values[offset : offset + len(hashes)]
    last = 0
    for end in (np.flatnonzero(hashes >> np.uint64(64 - _BITS) == 0) + _WINDOW).tolist():
        if end - last >= _SHORTEST:
            yield end
            last = end
