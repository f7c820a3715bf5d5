"""The cache of drawn files (cards, handouts, QR codes); missing ones are drawn in parallel."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import TypeVar

from portal.drawn.fonts import font_digest
from portal.system.cache import Cache, cache_key, log
from portal.system.progress import Progress
from portal.system.workers import unheard_interrupts

WORTH_A_POOL = 40  # drawings; starting a pool costs as much as about ten
_NAME = "file"  # the one file in a cache entry
# The code that draws, with its dependencies: a test compares this with the imports.
DRAWING_CODE = "drawn/**/* document/*.py language/text.py system/bundled_icons.py".split()
_CODE = (".py", ".typ")
_LIBRARIES = ("fonttools", "pillow", "pyromark", "segno", "typst")

Content = TypeVar("Content")


def drawing_key(*parts: object) -> str:
    """Return the cache key of a file drawn from these inputs (see `system.cache.cache_key`)."""
    return cache_key(*parts, _tools_digest())


@cache
def _tools_digest() -> str:
    """Return a hash of code, templates, fonts and library versions."""
    folder = Path(__file__).parent.parent
    files = sorted(
        file for each in DRAWING_CODE for file in folder.glob(each) if file.suffix in _CODE
    )
    versions = [version(name) for name in _LIBRARIES]
    return cache_key(font_digest(), versions, *(file.read_bytes() for file in files))


def derive_files(
    cache: Cache,
    contents: Mapping[str, Content],
    key_of: Callable[[Content], str],
    draw: Callable[[Content], bytes],
    pool_from: int = WORTH_A_POOL,
) -> dict[str, Path]:
    """Return path → file for every path → content; files missing in the cache are drawn.

    `draw` must be importable, for other processes; its exceptions are raised here. From `pool_from`
    files on, a pool of spawned processes draws them, otherwise this process.

    Raises:
        CacheError: the cache is not writable.
    """
    keys = {path: key_of(content) for path, content in contents.items()}
    found = {path: files[_NAME] for path, key in keys.items() if (files := cache.find(key))}
    missing = {path: content for path, content in contents.items() if path not in found}
    progress = Progress(f"tệp vẽ ({cache.folder.name})", log.info)
    drawn = _draw_all(draw, list(missing.values()), pool_from)
    for count, (path, data) in enumerate(zip(missing, drawn, strict=True), 1):
        found[path] = cache.store(keys[path], {_NAME: data})[_NAME]
        progress.report(count, len(missing))
    cache.remember()
    return found


def _draw_all(
    draw: Callable[[Content], bytes], contents: list[Content], pool_from: int
) -> Iterator[bytes]:
    if len(contents) < pool_from:
        yield from map(draw, contents)
    elif contents:
        # Not "fork": the server of `mkdocs serve` runs threads.
        context = multiprocessing.get_context("spawn")
        processes = min(os.cpu_count() or 1, len(contents))
        with ProcessPoolExecutor(processes, mp_context=context) as pool:
            with unheard_interrupts():
                drawn = pool.map(draw, contents)
            yield from drawn
