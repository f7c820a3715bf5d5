"""Every check of the content, run before anything is rendered; all problems at once.

A check is a function of one page and the library, or of the library alone, that yields `Problem`s.
Those in `PAGE_CHECKS` are given a library without pages: they judge a page by itself. May import
what content consists of and what is drawn of it; knows nothing of how pages are rendered.
"""

from __future__ import annotations

import os
import pickle
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from portal.checks.addresses import check_addresses, check_published
from portal.checks.advice_text import check_advice_text
from portal.checks.blocks import check_blocks
from portal.checks.broken_marks import check_broken_marks
from portal.checks.consent import check_people
from portal.checks.copied_links import check_copied_links
from portal.checks.encoding import check_invisible, check_normal_form, check_tone_style
from portal.checks.evenings import check_evenings
from portal.checks.fields import check_front_matter
from portal.checks.figures import check_figure_places, check_figures
from portal.checks.file_names import check_file_name
from portal.checks.headings import check_headings, check_sections
from portal.checks.left_marks import check_left_marks
from portal.checks.legacy_encodings import check_legacy_encodings
from portal.checks.lettering import check_face, check_lettering
from portal.checks.links import (
    check_internal_links,
    check_link_schemes,
    check_link_texts,
    internal_links,
)
from portal.checks.markup import check_markup
from portal.checks.merge_conflicts import check_merge_conflicts
from portal.checks.number_sources import check_answers, check_number_sources
from portal.checks.phone_codes import check_phone_codes
from portal.checks.presence import check_body, check_presence
from portal.checks.quotations import check_quotations
from portal.checks.readability import (
    check_abbreviations,
    check_old_claims,
    check_shares,
    check_steps,
)
from portal.checks.review import check_review_date
from portal.checks.settings import check_environment, check_home_figures, check_home_pages
from portal.checks.stray_files import check_stray_files
from portal.checks.structure import check_structure
from portal.checks.uniqueness import check_unique_fields
from portal.checks.wishes import check_wishes
from portal.checks.wording import check_sentences, check_wording
from portal.images.checks import check_images
from portal.images.use_checks import check_forms
from portal.library.library import Library, Page
from portal.source.problems import Problem
from portal.system.forks import WORTH_FORKING, chunk_size, run_shares

PageCheck = Callable[[Page, Library], Iterable[Problem]]
LibraryCheck = Callable[[Library], Iterable[Problem]]

PAGE_CHECKS: tuple[PageCheck, ...] = (
    check_file_name,
    check_front_matter,
    check_body,
    check_normal_form,
    check_tone_style,
    check_invisible,
    check_legacy_encodings,
    check_figures,
    check_figure_places,
    check_markup,
    check_link_schemes,
    check_link_texts,
    check_copied_links,
    check_broken_marks,
    check_left_marks,
    check_phone_codes,
    check_blocks,
    check_forms,
    check_headings,
    check_sections,
    check_structure,
    check_people,
    check_quotations,
    check_wording,
    check_sentences,
    check_review_date,
    check_advice_text,
    check_lettering,
    check_number_sources,
    check_steps,
    check_abbreviations,
    check_shares,
    check_old_claims,
)
LIBRARY_CHECKS: tuple[LibraryCheck, ...] = (
    check_presence,
    check_stray_files,
    check_merge_conflicts,
    check_unique_fields,
    check_addresses,
    check_published,
    check_wishes,
    check_answers,
    check_evenings,
    check_images,
    check_face,
    check_home_pages,
    check_home_figures,
    check_environment,
)


def check_library(library: Library) -> list[Problem]:
    """Return every problem of the content, sorted by file and line, each once."""
    found = {problem for check in LIBRARY_CHECKS for problem in check(library)}
    return sorted({*library.problems, *found, *_check_pages(library)})


def _check_pages(library: Library) -> Iterator[Problem]:
    """Yield what is found on each page; many pages are shared among processes."""

    def check(number: int) -> bytes:
        return pickle.dumps(list(_check_page(library.pages[number], library)))

    count = len(library.pages)
    processes = (os.cpu_count() or 1) if count >= WORTH_FORKING else 1
    for found in run_shares(check, count, processes, chunk_size(count)):
        yield from pickle.loads(found)  # of this program's own


def check_page(page: Page, library: Library) -> list[Problem]:
    """Return every problem of one page that does not lie in another one or in the data."""
    return sorted(set(_check_page(page, library)))


def _check_page(page: Page, library: Library) -> Iterator[Problem]:
    """Yield what is found on a page from the page, how it could be read, and the data."""
    data = library.without_pages
    if own := tuple(each for each in library.problems if each.path == page.path):
        data = replace(data, problems=(*data.problems, *own))
    for check in PAGE_CHECKS:
        yield from check(page, data)
    yield from check_internal_links(internal_links(page), library)
