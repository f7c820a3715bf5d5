"""The order in which a page shows a guide: what to do first, details after the steps.

A reader sees the first thing to do in the first screen of a small telephone, or step 1 within 1.2
screens (`portal.audit.first_screen` measures it). What is written above the steps and has no room
there, such as a table of fees, follows them under one heading.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from portal.document.sections import NEEDS, STEPS, TIME, URGENT, Section
from portal.document.tree import Block, List, Table, Words, plain

ROOM = 15  # lines of text above step 1, without title and summary
_LINE = 38  # characters of a line at 360 px
_ROW = 1.6  # lines that the edges of a row or of a paragraph cost


class Arrangement(NamedTuple):
    """The sections of a guide, in the order of need.

    `first` is to be done at once; `opening` and `strip` (what is needed, how long it takes) stand
    above `steps`; `more` are blocks from above the steps that have no room there.
    """

    first: tuple[Section, ...]
    opening: tuple[Block, ...]
    strip: tuple[Section, ...]
    steps: tuple[Section, ...]
    more: tuple[Block, ...]
    rest: tuple[Section, ...]


def arrange(sections: Sequence[Section]) -> Arrangement:
    """Return the sections of a guide in the order of need."""
    above = [each for each in sections if each.heading is None]
    opening = above[0].blocks if above else ()
    named = [each for each in sections if each.heading]
    first = _of(named, URGENT)
    strip = [*_of(named, NEEDS), *_of(named, TIME)]
    steps = _of(named, STEPS)
    rest = tuple(each for each in named if each not in (*first, *strip, *steps))
    if not steps:
        return Arrangement(first, opening, tuple(strip), (), (), rest)
    room = ROOM - sum(_lines(each.blocks) for each in _of(named, NEEDS))
    more = list[Block]()
    for place, each in enumerate(strip):
        if each.kind is TIME:
            kept, left = _part(each.blocks, room, least=1)
            strip[place] = each._replace(blocks=kept)
            room -= _lines(kept)
            more += left
    opening, left = _part(opening, room)
    return Arrangement(first, opening, tuple(strip), steps, (*left, *more), rest)


def _of(sections: Iterable[Section], kind: object) -> tuple[Section, ...]:
    return tuple(each for each in sections if each.kind is kind)


def _part(
    blocks: tuple[Block, ...], room: float, least: int = 0
) -> tuple[tuple[Block, ...], tuple[Block, ...]]:
    """Return the blocks for which there is room, at least so many, and those after them.

    A paragraph that ends in a colon is not parted from what it introduces.
    """
    fitting = 0
    for end in range(1, len(blocks) + 1):
        if end < len(blocks) and _introduces(blocks[end - 1]):
            continue
        if end > least and _lines(blocks[:end]) > room:
            break
        fitting = end
    return blocks[:fitting], blocks[fitting:]


def _introduces(block: Block) -> bool:
    return isinstance(block, Words) and plain(block.children).rstrip().endswith(":")


def _lines(blocks: Iterable[Block]) -> float:
    """Return about how many lines of a small telephone blocks take."""
    return sum(map(_height, blocks))


def _height(block: Block) -> float:
    match block:
        case Words():
            return _wrapped(plain(block.children), _LINE) + _ROW / 2
        case List():
            return sum(_lines(item.children) for item in block.children)
        case Table():
            return sum(_row_height(row.children) for row in block.children)
    children = getattr(block, "children", ())
    return _lines(children) if children else 1


def _row_height(cells: Sequence[Block]) -> float:
    width = _LINE // max(1, len(cells)) - 2
    texts = [plain(cell.children) for cell in cells if isinstance(cell, Words)]
    return max((_wrapped(text, width) for text in texts), default=0) + _ROW


def _wrapped(text: str, width: int) -> int:
    return -(-len(text) // max(1, width))
