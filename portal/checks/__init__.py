"""Every check of the content, run before rendering, all problems at once.

A check is a function `check_…(page: Page, library: Library)` or `check_…(library: Library)` of a
module here that yields `Problem`s; it needs no entry in any list. The former get a library without
pages, so that they depend on no other page. May import everything from `language` to `drawn`; knows
nothing of how pages are rendered.
"""

from __future__ import annotations

import os
import pickle
import pkgutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from importlib import import_module
from types import ModuleType

from portal.checks.links import check_internal_links, internal_links
from portal.images import checks as image_checks
from portal.images import use_checks
from portal.library.library import Library, Page
from portal.source.problems import Problem
from portal.system.forks import WORTH_FORKING, chunk_size, run_shares

PageCheck = Callable[[Page, Library], Iterable[Problem]]
LibraryCheck = Callable[[Library], Iterable[Problem]]


def _modules() -> Iterator[ModuleType]:
    """Yield every module of checks: those of this package, and those of pictures."""
    for found in pkgutil.iter_modules(__path__, f"{__name__}."):
        yield import_module(found.name)
    yield from (image_checks, use_checks)


def _checks_of(*parameters: str) -> Iterator[Callable[..., Iterable[Problem]]]:
    """Yield the functions named check_… that take these types and yield problems."""
    for module in _modules():
        for name, value in vars(module).items():
            is_own = getattr(value, "__module__", "") == module.__name__
            if is_own and name.startswith("check_"):
                types = [each for key, each in value.__annotations__.items() if key != "return"]
                if tuple(types) == parameters:
                    yield value


PAGE_CHECKS: tuple[PageCheck, ...] = tuple(_checks_of("Page", "Library"))
LIBRARY_CHECKS: tuple[LibraryCheck, ...] = tuple(_checks_of("Library"))


def check_library(library: Library) -> list[Problem]:
    """Return the unique problems of the content, sorted by file and line."""
    found = {problem for check in LIBRARY_CHECKS for problem in check(library)}
    return sorted({*library.problems, *found, *_check_pages(library)})


def _check_pages(library: Library) -> Iterator[Problem]:
    """Yield the problems of all pages; many pages are checked in parallel."""

    def check(number: int) -> bytes:
        return pickle.dumps(list(_check_page(library.pages[number], library)))

    count = len(library.pages)
    processes = (os.cpu_count() or 1) if count >= WORTH_FORKING else 1
    for found in run_shares(check, count, processes, chunk_size(count)):
        yield from pickle.loads(found)  # written by our own processes


def check_page(page: Page, library: Library) -> list[Problem]:
    """Return the problems of one page, without those of other pages and of the data."""
    return sorted(set(_check_page(page, library)))


def _check_page(page: Page, library: Library) -> Iterator[Problem]:
    """Yield the problems of a page, given the data and the page's own parse errors."""
    if page.file.is_cut:  # its fields would be read as text
        return
    data = library.without_pages
    if own := tuple(each for each in library.problems if each.path == page.path):
        data = replace(data, problems=(*data.problems, *own))
    for check in PAGE_CHECKS:
        yield from check(page, data)
    yield from check_internal_links(internal_links(page), library)
