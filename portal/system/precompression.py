"""Compressed copies beside every text file, for the server to choose from.

brotli takes about 10 ms a page at quality 10, so copies are cached by content: an unchanged page
costs one hash. Forked processes compress the others.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import zlib
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path

import brotli

from portal.system.files import write_atomically
from portal.system.local_gzip import compress_locally
from portal.system.workers import unheard_interrupts

TEXT_SUFFIXES = frozenset(
    (".html", ".css", ".js", ".json", ".svg", ".xml", ".txt", ".csv", ".webmanifest", ".ics")
)
COPIES = ".cache/compressed"  # within a project
MIN_BYTES = 300  # below this the headers outweigh the saving
_FORMAT = 2  # changes when the same text and quality give other copies
_FORK_FROM = 40  # files; fewer are compressed faster without starting processes


def compress_site(site: Path, cache: Path, quality: int) -> int:
    """Write `.br` and `.gz` beside each text file of the site; return how many were not cached.

    `quality` is brotli's, 1 to 11. Copies in `cache` that this site does not use are deleted.
    """
    keys = {file: _key(file.read_bytes(), quality) for file in _text_files(site)}
    missing = {key: file for file, key in keys.items() if not (cache / f"{key}.br").is_file()}
    _compress_all(missing, cache, quality)
    for file, key in keys.items():
        for suffix in (".br", ".gz"):
            shutil.copyfile(cache / f"{key}{suffix}", file.with_name(file.name + suffix))
    _prune(cache, set(keys.values()))
    return len(missing)


def compressed_size(file: Path, cache: Path, quality: int) -> int:
    """Return the compressed size of a file in bytes; its copies are cached for `compress_site`.

    At quality 0, where no copies are made, the size is zlib's, about a quarter above brotli's.
    """
    data = file.read_bytes()
    if not quality:
        return len(zlib.compress(data))
    key = _key(data, quality)
    small = cache / f"{key}.br"
    if not small.is_file():
        _compress((key, file), cache, quality)
    return small.stat().st_size


def _text_files(site: Path) -> Iterator[Path]:
    for folder, _, names in os.walk(site):
        files = (Path(folder, name) for name in sorted(names))
        yield from (
            file
            for file in files
            if file.suffix in TEXT_SUFFIXES and file.stat().st_size >= MIN_BYTES
        )


def _key(data: bytes, quality: int) -> str:
    return f"{hashlib.sha256(data).hexdigest()[:32]}-{quality}-{_FORMAT}"


def _compress_all(missing: dict[str, Path], cache: Path, quality: int) -> None:
    work = partial(_compress, cache=cache, quality=quality)
    if len(missing) < _FORK_FROM:
        for item in missing.items():
            work(item)
        return
    with ProcessPoolExecutor(mp_context=get_context("fork")) as pool:
        with unheard_interrupts():
            done = pool.map(work, missing.items(), chunksize=16)
        list(done)


def _compress(item: tuple[str, Path], cache: Path, quality: int) -> None:
    """Write both copies to the cache, brotli last: its presence means that both are complete."""
    key, file = item
    data = file.read_bytes()
    write_atomically(cache / f"{key}.gz", compress_locally(data))
    small = brotli.compress(data, mode=brotli.MODE_TEXT, quality=quality)
    write_atomically(cache / f"{key}.br", small)


def _prune(cache: Path, used: set[str]) -> None:
    for file in cache.glob("*.*"):
        if file.stem not in used:
            file.unlink(missing_ok=True)
