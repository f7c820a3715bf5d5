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
from typing import NamedTuple

from portal.checks.links import InternalLink
from portal.forks import chunk_size, run_shares
from portal.library import Library, Page
from portal.page_cache import PageCache, UndigestibleError, digest, environment_key
from portal.problems import Problem, Severity

_WORTH_FORKING = 64  # pages
_KEY_LENGTH = 32


class Findings(NamedTuple):
    """The problems of one page, and its links, of which only the other pages tell whether they lead
    anywhere.
    """

    problems: Sequence[Problem]
    links: Sequence[InternalLink]


Check = Callable[[Page], Findings]


def recall_findings(
    library: Library, check: Check, folder: Path, notice: Callable[[str], None]
) -> list[Findings]:
    """Return what `check` finds on each page of the library; `folder` keeps it between builds.

    `library` is the data that `check` reads; `notice` is told when the folder was of no use.
    """
    cache = _open(folder, environment_key(), notice)
    data_digest = _data_digest(library)
    known = {page.uri: cache.entries.get(page.uri) for page in library.pages}
    missing = [page for page in library.pages if not _holds(known[page.uri], page, data_digest)]
    found = _check_all(missing, check, data_digest)
    for uri, data in found.items():
        cache.put(uri, data if data_digest else None)
    cache.keep_only(known)
    cache.save()
    return [_from_bytes(data) for data in (known | found).values() if data]


@lru_cache(maxsize=2)  # `serve` checks again and again
def _open(folder: Path, key: str, notice: Callable[[str], None]) -> PageCache:
    return PageCache(folder, key, notice)


def _data_digest(library: Library) -> str:
    """Return the digest of all that the library holds but pages, "" when there is none."""
    try:
        return digest(library.without_pages)
    except UndigestibleError:
        return ""


def _holds(known: bytes | None, page: Page, data: str) -> bool:
    """Return whether an entry is of this page as it is and of these data."""
    return bool(known and data and known.startswith(_key(page, data)))


def _key(page: Page, data: str) -> bytes:
    return digest(page.cache_identity, page.path, data).encode()


def _check_all(pages: Sequence[Page], check: Check, data: str) -> dict[str, bytes]:
    def work(number: int) -> bytes:
        page = pages[number]
        return _key(page, data) + _to_json(check(page))

    processes = (os.cpu_count() or 1) if len(pages) >= _WORTH_FORKING else 1
    answers = run_shares(work, len(pages), processes, chunk_size(len(pages)))
    return {page.uri: data for page, data in zip(pages, answers, strict=True)}


def _to_json(findings: Findings) -> bytes:
    problems = [astuple(problem) for problem in findings.problems]
    return json.dumps([problems, findings.links]).encode()


def _from_bytes(data: bytes) -> Findings:
    problems, links = json.loads(data[_KEY_LENGTH:])
    return Findings(
        [
            Problem(path, line, message, fix, Severity(severity))
            for path, line, message, fix, severity in problems
        ],
        [InternalLink(*fields) for fields in links],
    )
