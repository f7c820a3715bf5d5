"""The order in which a page shows a guide: what to do first, details after the steps.

A reader sees the first thing to do in the first screen of a small telephone, or step 1 within 1.2
screens (`desk.audit.first_screen` measures it). Blocks above the steps that do not fit there, such
as a table of fees, follow them under one heading.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import takewhile
from typing import NamedTuple

from portal.document.sections import NEEDS, STEPS, TIME, URGENT, Section
from portal.document.tree import Block, Heading, List, MarkdownTable, Text, Words, plain

ROOM = 11.5  # lines of text above step 1, without title and summary
_LINE = 38  # characters in a line at 360 px
_SENTENCE_END = re.compile(r"(?<=\w[.!?]) (?=[A-ZÀ-Ỹ])")
_ROW = 1.6  # height of the margins of a row or paragraph, in lines

Blocks = tuple[Block, ...]


class Arrangement(NamedTuple):
    """The sections of a guide, in the order of need.

    `first` is to be done at once; `opening` and `strip` (what is needed, how long it takes) come
    before `steps`; `more` are the blocks from above the steps that do not fit there.
    """

    first: tuple[Section, ...]
    opening: Blocks
    strip: tuple[Section, ...]
    steps: tuple[Section, ...]
    more: Blocks
    rest: tuple[Section, ...]


def arrange(sections: Sequence[Section]) -> Arrangement:
    """Return the sections of a guide in the order of need."""
    opening = next((each.blocks for each in sections if each.heading is None), ())
    first, needs, times, steps = (_of(sections, kind) for kind in (URGENT, NEEDS, TIME, STEPS))
    moved = (*first, *needs, *times, *steps)
    rest = tuple(each for each in sections if each.heading and each not in moved)
    if not steps:
        return Arrangement(first, opening, (*needs, *times), (), (), rest)
    room = ROOM - sum(_lines(each.blocks) for each in needs)
    room -= _lines(takewhile(_is_introduction, steps[0].blocks))
    durations = [_cut(each.blocks) for each in times]
    room -= sum(_lines(kept) for kept, _ in durations)
    kept, more = _part(opening, room)
    room -= _lines(kept)
    shown = list[Section]()
    for each, (duration, details) in zip(times, durations, strict=True):
        room += _lines(duration)
        fitting, left = _part(each.blocks, room)
        if not fitting:
            fitting, left = duration, details
        room -= _lines(fitting)
        shown.append(each._replace(blocks=fitting))
        more += left
    return Arrangement(first, kept, (*needs, *shown), steps, more, rest)


def _of(sections: Iterable[Section], kind: object) -> tuple[Section, ...]:
    return tuple(each for each in sections if each.kind is kind)


def _part(blocks: Blocks, room: float) -> tuple[Blocks, Blocks]:
    """Return the leading blocks that fit, and the rest.

    A paragraph that ends in a colon is not split from the block that it introduces.
    """
    fitting = 0
    for end, block in enumerate(blocks, start=1):
        if _lines(blocks[:end]) > room:
            break
        if end == len(blocks) or not _introduces(block):
            fitting = end
    return blocks[:fitting], blocks[fitting:]


def _cut(blocks: Blocks) -> tuple[Blocks, Blocks]:
    """Return the first sentence, or else the first block, of a section, and the rest."""
    match blocks:
        case (Words(tag="p", children=children) as words, *others):
            for place, child in enumerate(children):
                end = _SENTENCE_END.search(child.text) if isinstance(child, Text) else None
                if end and isinstance(child, Text):
                    head = (*children[:place], child._replace(text=child.text[: end.start()]))
                    tail = (child._replace(text=child.text[end.end() :]), *children[place + 1 :])
                    left = words._replace(children=tail)
                    return (words._replace(children=head),), (left, *others)
    return blocks[:1], blocks[1:]


def _is_introduction(block: Block) -> bool:
    return not isinstance(block, List)


def _introduces(block: Block) -> bool:
    return isinstance(block, Words) and plain(block.children).rstrip().endswith(":")


def _lines(blocks: Iterable[Block]) -> float:
    """Return the estimated height of blocks on a small phone, in lines."""
    return sum(map(_height, blocks))


def _height(block: Block) -> float:
    match block:
        case Words() | Heading():
            return _wrapped(plain(block.children), _LINE) + _ROW / 2
        case List():
            return sum(_lines(item.children) for item in block.children)
        case MarkdownTable():
            return sum(_row_height(row.children) for row in block.children)
    children = getattr(block, "children", ())
    return _lines(children) if children else 1


def _row_height(cells: Sequence[Block]) -> float:
    width = _LINE // max(1, len(cells)) - 2
    texts = [plain(cell.children) for cell in cells if isinstance(cell, Words)]
    return max((_wrapped(text, width) for text in texts), default=0) + _ROW


def _wrapped(text: str, width: int) -> int:
    return -(-len(text) // max(1, width))
