"""Cards, handouts and QR codes by the hundred: taken from the cache, or drawn by all processors."""

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

WORTH_A_POOL = 40  # drawings; starting the processes costs as much as drawing about ten
_NAME = "file"  # of the only file in a cache entry
# All that draws, and all that it uses: a test compares this with what the modules import.
DRAWING_CODE = "drawn/**/* document/*.py language/text.py system/bundled_icons.py".split()
_CODE = (".py", ".typ")
_LIBRARIES = ("fonttools", "pillow", "pyromark", "segno", "typst")

Content = TypeVar("Content")


def drawing_key(*parts: object) -> str:
    """Return the key of a file that is drawn from these parts (see `system.cache.cache_key`)."""
    return cache_key(*parts, _tools_digest())


@cache
def _tools_digest() -> str:
    """Return a hash of what draws: this project's code and templates, the face, the libraries."""
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
    """Return path → file for every path → content, drawn where the cache has none.

    `draw` is a function of a module, so that another process can call it; what it raises is raised
    here. From `pool_from` files on, spawned processes draw them, otherwise this one.

    Raises:
        CacheError: the cache cannot be written to.
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
            yield from pool.map(draw, contents)
