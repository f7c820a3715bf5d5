"""`<details>` and `<summary>` as nodes: the only HTML allowed in content."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from portal.document.tree import Block, Group, RawHtml, Words

_TAG = re.compile(r"(</?(?:details|summary)>)")

# Parses a part of the source, given with its byte offset, into blocks.
ReadPart = Callable[[str, int], tuple[Block, ...]]


class _Piece(NamedTuple):
    """A tag, or text between tags."""

    text: str
    start: int


class _MalformedError(Exception):
    """Tags do not match or are misplaced."""


def with_details(blocks: tuple[Block, ...], read_part: ReadPart) -> tuple[Block, ...]:
    """Return blocks with each pair of details tags replaced by a `Group`.

    Blocks with unmatched tags are returned unchanged; the checks report them.
    """
    if not any(isinstance(block, RawHtml) and "<details>" in block.html for block in blocks):
        return blocks
    try:
        return _nest(_pieces(blocks), read_part)
    except _MalformedError:
        return blocks


def _pieces(blocks: Iterable[Block]) -> Iterator[_Piece | Block]:
    for block in blocks:
        if not isinstance(block, RawHtml):
            yield block
            continue
        start = block.start
        for piece in _TAG.split(block.html):
            if piece.strip():
                yield _Piece(piece, start)
            start += len(piece.encode())


def _nest(pieces: Iterator[_Piece | Block], read_part: ReadPart) -> tuple[Block, ...]:
    open_groups: list[tuple[int, list[Block]]] = [(0, [])]
    for piece in pieces:
        children = open_groups[-1][1]
        if not isinstance(piece, _Piece):
            children.append(piece)
        elif piece.text == "<details>":
            open_groups.append((piece.start, []))
        elif piece.text == "</details>" and len(open_groups) > 1:
            start, closed = open_groups.pop()
            open_groups[-1][1].append(Group("details", tuple(closed), start))
        elif piece.text == "<summary>" and len(open_groups) > 1 and not children:
            children.append(_summary(pieces, read_part))
        elif _TAG.fullmatch(piece.text):
            raise _MalformedError
        else:
            children += read_part(piece.text, piece.start)
    if len(open_groups) > 1:
        raise _MalformedError
    return tuple(open_groups[0][1])


def _summary(pieces: Iterator[_Piece | Block], read_part: ReadPart) -> Words:
    text, closing = next(pieces, None), next(pieces, None)
    if not (isinstance(text, _Piece) and isinstance(closing, _Piece)):
        raise _MalformedError
    match read_part(text.text, text.start):
        case (Words(tag="p", children=children),) if closing.text == "</summary>":
            return Words("summary", children, text.start)
    raise _MalformedError
