"""Every check of the content, run before anything is rendered; all problems at once.

A check is a function of one page and the library, or of the library alone, that yields `Problem`s.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from portal.checks.addresses import check_addresses
from portal.checks.advice_text import check_advice_text
from portal.checks.data_references import check_data_references, check_wishes
from portal.checks.encoding import check_invisible, check_normal_form, check_tone_style
from portal.checks.fields import check_front_matter
from portal.checks.figures import check_figures
from portal.checks.file_names import check_file_name
from portal.checks.headings import check_headings, check_sections
from portal.checks.lettering import check_face, check_lettering
from portal.checks.links import check_link_texts, check_links
from portal.checks.markup import check_markup
from portal.checks.number_sources import check_answers, check_number_sources
from portal.checks.presence import check_presence
from portal.checks.readability import (
    check_abbreviations,
    check_old_claims,
    check_shares,
    check_steps,
)
from portal.checks.review import check_review_date
from portal.checks.stray_files import check_stray_files
from portal.checks.uniqueness import check_unique_fields
from portal.checks.wording import check_sentences, check_wording
from portal.images.checks import check_images
from portal.library import Library, Page
from portal.problems import Problem

PageCheck = Callable[[Page, Library], Iterable[Problem]]
LibraryCheck = Callable[[Library], Iterable[Problem]]

PAGE_CHECKS: tuple[PageCheck, ...] = (
    check_file_name,
    check_front_matter,
    check_normal_form,
    check_tone_style,
    check_invisible,
    check_figures,
    check_markup,
    check_links,
    check_link_texts,
    check_headings,
    check_sections,
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
    check_unique_fields,
    check_addresses,
    check_data_references,
    check_wishes,
    check_answers,
    check_images,
    check_face,
)


def check_library(library: Library) -> list[Problem]:
    """Return every problem of the content, sorted by file and line, each once."""
    return sorted({*library.problems, *_problems_of(library)})


def _problems_of(library: Library) -> Iterator[Problem]:
    for page in library.pages:
        for check in PAGE_CHECKS:
            yield from check(page, library)
    for check_all in LIBRARY_CHECKS:
        yield from check_all(library)
