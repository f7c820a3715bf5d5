"""Advice for guides that need more than one sheet of paper."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from pathlib import Path

from portal.document.sections import sections_of
from portal.document.tree import Block, Code, Fence, Text, walk
from portal.drawn.drawing_cache import derive_files
from portal.drawn.paper.compiler import draw_sheet, sheet_key
from portal.drawn.paper.sources import handouts_of
from portal.images.usage import shown_images
from portal.library.library import Library, Page
from portal.library.published_addresses import handout_path
from portal.library.site_identity import Site
from portal.source.problems import Problem, Severity
from portal.system.cache import Cache

SIDES = 2
# Letters of a body that always fits, and the equivalent of a picture: of 102 guides the five with a
# third side had 2,300 and more.
_SURE_TO_FIT, _PICTURE = 2000, 300
_PAGE_COUNT = re.compile(rb"/Type/Pages/Count (\d+)")


def check_length(library: Library, cache: Path, wanted: Collection[str] | None) -> list[Problem]:
    """Return advice for each guide whose handout has more than `SIDES` sides.

    Guides that may be too long are drawn and cached in `cache`; `wanted` restricts the check to
    these paths.
    """
    pages = {
        handout_path(page): page
        for page in library.guides
        if (wanted is None or page.path in wanted) and _may_be_long(page)
    }
    site = Site("Kỹ năng số", "", "https://kynangso.example.vn/")
    handouts = handouts_of(library, site, shown_images(library))
    sheets = {path: handouts[path] for path in pages if path in handouts}
    drawn = derive_files(Cache(cache), sheets, sheet_key, draw_sheet, pool_from=1)
    return [
        problem
        for path, file in drawn.items()
        for problem in _check_count(pages[path], count_pages(file.read_bytes()))
    ]


def _may_be_long(page: Page) -> bool:
    return len(page.file.body) + _PICTURE * len(page.contents.images) > _SURE_TO_FIT


def _check_count(page: Page, count: int) -> Iterator[Problem]:
    if count > SIDES:
        longest = max(sections_of(page.document.blocks), key=lambda each: _length(each.blocks))
        line = page.document.line(longest.heading or longest.blocks[0])
        part = f"phần '{longest.heading.name}'" if longest.heading else "phần mở đầu"
        message = f"tờ in dài {count} mặt, một tờ giấy có {SIDES}; dài nhất là {part}"
        fix = f"rút gọn {part}, hoặc tách thành hai bài"
        yield Problem(page.path, line, message, fix, Severity.ADVICE)


def _length(blocks: tuple[Block, ...]) -> int:
    """Return the number of letters in blocks."""
    texts = (node.text for node in walk(blocks) if isinstance(node, Text | Code | Fence))
    return sum(map(len, texts))


def count_pages(pdf: bytes) -> int:
    """Return the number of pages of a PDF by Typst."""
    match = _PAGE_COUNT.search(pdf)
    assert match, "Typst names the count of pages"
    return int(match[1])
