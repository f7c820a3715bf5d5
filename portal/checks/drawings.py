"""Checks drawings against their page: labels of screens, and numbers of steps.

Readers look on the phone for the words of both the picture and the step, so these must match.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile
from typing import NamedTuple

from portal.document.tree import Heading, Image, List, Node, Words, plain
from portal.images.drawn_text import DrawnText, drawn_text
from portal.images.svg import UnsafeSvgError, read_svg
from portal.images.usage import resolve_target
from portal.language.text import to_nfc
from portal.library.library import Library, Page
from portal.source.problems import Problem
from portal.system.files import leads_outside

_TOKEN = re.compile(r"[^\W_]+")
_LONG_NUMBER = re.compile(r"\d{3,}")
_NO_STEPS = range(0)
_HIDDEN = "●"  # placeholder for personal input
_REDRAW = "sửa hình trong data/drawings/ rồi chạy make pictures, hoặc bỏ hình khỏi bài"


class _Place(NamedTuple):
    """A picture and the numbers of its steps; empty without steps."""

    image: Image
    numbers: range


def check_drawings(page: Page, library: Library) -> Iterator[Problem]:
    """Yield an error for each screen label or step number of a drawing that the page lacks."""
    if ".svg" not in page.file.body:
        return
    said = _tokens(_words_of(page))
    for image, numbers in _places(page.document.blocks):
        file = library.docs / resolve_target(page.uri, image.target)
        if file.suffix != ".svg" or not file.is_file() or leads_outside(file, library.docs):
            continue
        try:
            drawn = drawn_text(read_svg(file.read_bytes()))
        except (UnsafeSvgError, OSError):  # reported by another check
            continue
        line = page.document.line(image)
        yield from _check_words(drawn, said, image.target, page.path, line)
        yield from _check_steps(drawn, numbers, image.target, page.path, line)


def _check_words(
    drawn: DrawnText, said: Sequence[str], target: str, path: str, line: int
) -> Iterator[Problem]:
    lacking = [label for label in drawn.labels if not _is_said(_tokens(label), said)]
    lacking += [number for number in _numbers(drawn.words) if number not in said]
    if lacking:
        words = ", ".join(f"'{each}'" for each in lacking)
        message = f"hình '{target}' có chữ {words} mà bài không có"
        fix = f"ghi đúng chữ ấy ở bước này; hoặc {_REDRAW}"
        yield Problem(path, line, message, fix)


def _check_steps(
    drawn: DrawnText, numbers: range, target: str, path: str, line: int
) -> Iterator[Problem]:
    strange = ", ".join(str(number) for number in drawn.steps if number not in numbers)
    if strange and numbers:
        message = f"hình '{target}' đánh số bước {strange}, chỉ có đến bước {numbers[-1]}"
        yield Problem(path, line, message, _REDRAW)
    elif strange:
        message = f"hình '{target}' đánh số bước {strange}, ở đây không có bước nào"
        yield Problem(path, line, message, _REDRAW)


def _words_of(page: Page) -> str:
    """Return the visible words of a page without its pictures."""
    blocks = (node for node in page.document.walk() if isinstance(node, Words | Heading))
    texts = (plain(tuple(c for c in b.children if not isinstance(c, Image))) for b in blocks)
    return "\n".join((page.title, str(page.meta.get("summary") or ""), *texts))


def _tokens(text: str) -> list[str]:
    kept = (part for part in to_nfc(text).casefold().split() if _HIDDEN not in part)
    return _TOKEN.findall(" ".join(kept))


def _is_said(label: Sequence[str], said: Sequence[str]) -> bool:
    """Return whether the words of a label occur consecutively."""
    count = len(label)
    return not count or any(
        said[start : start + count] == label
        for start, token in enumerate(said)
        if token == label[0]
    )


def _numbers(texts: Sequence[str]) -> Iterator[str]:
    """Yield numbers to dial or pay: three digits and more."""
    yield from (token for text in texts for token in _tokens(text) if _LONG_NUMBER.fullmatch(token))


def _places(blocks: Sequence[Node], around: range = _NO_STEPS) -> Iterator[_Place]:
    """Yield each picture with the steps around it, or else the nearest under the same heading."""
    numbers = [_numbers_of(block) for block in blocks]
    for place, block in enumerate(blocks):
        if isinstance(block, Image):
            yield _Place(block, around)
        elif children := getattr(block, "children", ()):
            near = numbers[place] or around or _nearest(blocks, numbers, place)
            yield from _places(children, near)


def _numbers_of(block: Node) -> range:
    if isinstance(block, List) and block.first is not None:
        return range(block.first, block.first + len(block.children))
    return _NO_STEPS


def _nearest(blocks: Sequence[Node], numbers: Sequence[range], place: int) -> range:
    """Return the step numbers of the last list before a position, or else the first after it."""
    before = _up_to_heading(range(place - 1, -1, -1), blocks)
    after = _up_to_heading(range(place + 1, len(blocks)), blocks)
    return next((numbers[each] for each in (*before, *after) if numbers[each]), _NO_STEPS)


def _up_to_heading(places: range, blocks: Sequence[Node]) -> Iterator[int]:
    return takewhile(lambda place: not isinstance(blocks[place], Heading), places)
