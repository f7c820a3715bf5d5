"""What the checks of each page found, kept with a digest of all that they read.

A check of one page is given the data of the library but no other page, so that its findings hold
until the page, the data, the day or the code changes. What is missing is found by all processors.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Sequence
from dataclasses import astuple
from functools import lru_cache
from pathlib import Path

from portal.forks import can_fork, run_forked
from portal.library import Library, Page
from portal.page_cache import PageCache, UndigestibleError, digest, environment_key
from portal.problems import Problem, Severity

Check = Callable[[Page], Sequence[Problem]]
_WORTH_FORKING = 64  # pages


def recall_problems(
    library: Library, check: Check, folder: Path, notice: Callable[[str], None]
) -> list[Problem]:
    """Return what `check` finds on all pages of the library; `folder` keeps it between builds.

    `library` is the data that `check` reads; `notice` is told when the folder was of no use.
    """
    cache = _open(folder, environment_key(), notice)
    data_digest = _data_digest(library)
    keys = {page.uri: _key(page, data_digest) for page in library.pages}
    found, missing = dict[str, bytes](), list[Page]()
    for page in library.pages:
        data = cache.entries.get(page.uri, b"")
        if keys[page.uri] and data[:32] == keys[page.uri].encode():
            found[page.uri] = data[32:]
        else:
            missing.append(page)
    found |= _check_all(missing, check)
    for page in missing:
        cache.put(page.uri, keys[page.uri].encode() + found[page.uri] if keys[page.uri] else None)
    cache.keep_only(keys)
    cache.save()
    return [problem for data in found.values() for problem in _from_json(data)]


@lru_cache(maxsize=2)  # `serve` checks again and again
def _open(folder: Path, key: str, notice: Callable[[str], None]) -> PageCache:
    return PageCache(folder, key, notice)


def _data_digest(library: Library) -> str:
    """Return the digest of all that the library holds but pages, "" when there is none."""
    try:
        return digest(library.without_pages)
    except UndigestibleError:
        return ""


def _key(page: Page, data: str) -> str:
    return digest(page.cache_identity, page.path, data) if data else ""


def _check_all(pages: Sequence[Page], check: Check) -> dict[str, bytes]:
    def work(number: int) -> bytes:
        return _to_json(check(pages[number]))

    processes = os.cpu_count() or 1
    found = dict[str, bytes]()
    if len(pages) >= _WORTH_FORKING and processes > 1 and can_fork():
        results = run_forked(work, len(pages), processes)
        found = {pages[number].uri: data for number, data in results}
    for number, page in enumerate(pages):
        if page.uri not in found:
            found[page.uri] = work(number)
    return found


def _to_json(problems: Sequence[Problem]) -> bytes:
    return json.dumps([astuple(problem) for problem in problems]).encode()


def _from_json(data: bytes) -> list[Problem]:
    return [
        Problem(path, line, message, fix, Severity(severity))
        for path, line, message, fix, severity in json.loads(data)
    ]
