"""Cards, handouts and QR codes by the hundred: taken from the cache, or drawn by all processors."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import TypeVar

from portal.cache import Cache, log
from portal.progress import Progress

_WORTH_A_POOL = 40  # drawings; starting the processes costs as much as drawing about ten
_NAME = "file"  # of the only file in a cache entry

Content = TypeVar("Content")


def derive_files(
    cache: Cache,
    contents: Mapping[str, Content],
    key_of: Callable[[Content], str],
    draw: Callable[[Content], bytes],
) -> dict[str, Path]:
    """Return path → file for every path → content, drawn where the cache has none.

    `draw` is a function of a module, so that another process can call it; what it raises is raised
    here.

    Raises:
        CacheError: the cache cannot be written to.
    """
    keys = {path: key_of(content) for path, content in contents.items()}
    found = {path: files[_NAME] for path, key in keys.items() if (files := cache.find(key))}
    missing = {path: content for path, content in contents.items() if path not in found}
    progress = Progress(f"tệp vẽ ({cache.folder.name})", log.info)
    drawn = _draw_all(draw, list(missing.values()))
    for count, (path, data) in enumerate(zip(missing, drawn, strict=True), 1):
        found[path] = cache.store(keys[path], {_NAME: data})[_NAME]
        progress.report(count, len(missing))
    cache.remember()
    return found


def _draw_all(draw: Callable[[Content], bytes], contents: list[Content]) -> Iterator[bytes]:
    if len(contents) < _WORTH_A_POOL:
        yield from map(draw, contents)
        return
    # Not "fork": the server of `mkdocs serve` runs threads.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(os.cpu_count(), mp_context=context) as pool:
        yield from pool.map(draw, contents, chunksize=8)
