"""The nodes of a document: a frozen tree of blocks and inlines, each with its offset in the source.

`start` is a node's byte offset in the UTF-8 source; `Document.line` converts it to a line.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from itertools import accumulate
from typing import NamedTuple


class Text(NamedTuple):
    """Words, with entities and escapes resolved."""

    text: str
    start: int


class Code(NamedTuple):
    """A code span."""

    text: str
    start: int


class RawHtml(NamedTuple):
    """HTML as written; the checks report it."""

    html: str
    is_block: bool
    start: int


class Break(NamedTuple):
    """A line break; only a hard one is rendered."""

    is_hard: bool
    start: int


class FigureReference(NamedTuple):
    """The source between the braces of `{{ so_lieu.x }}`."""

    source: str
    start: int


class Span(NamedTuple):
    """Strong or emphasised inlines."""

    tag: str
    children: tuple[Inline, ...]
    start: int


class Link(NamedTuple):
    """A link; `target` is as written."""

    target: str
    title: str
    children: tuple[Inline, ...]
    start: int


class Image(NamedTuple):
    """A picture; a decorative one, written with `{.trang-tri}`, may lack its alt text."""

    target: str
    title: str
    alt: str
    start: int
    is_decorative: bool = False


class Words(NamedTuple):
    """A block of inlines: "p", "dt", "td", "summary", or "" for the text of a tight item."""

    tag: str
    children: tuple[Inline, ...]
    start: int


class Heading(NamedTuple):
    """A heading; `anchor` is its id in the page, `name` its words without figures."""

    level: int
    children: tuple[Inline, ...]
    anchor: str
    name: str
    start: int


class Group(NamedTuple):
    """A block of blocks: li, tr, dl, dd, blockquote or details."""

    tag: str
    children: tuple[Block, ...]
    start: int


class List(NamedTuple):
    """A list; `first` is the number of its first item, None for bullets."""

    first: int | None
    children: tuple[Group, ...]
    start: int


class MarkdownTable(NamedTuple):
    """A table; the first row is its head. Alignments are "", "left", "center" or "right"."""

    alignments: tuple[str, ...]
    children: tuple[Group, ...]
    start: int


class Fence(NamedTuple):
    """A fenced or indented code block, or text to be typed literally."""

    text: str
    language: str
    is_indented: bool
    start: int


class Rule(NamedTuple):
    """A thematic break."""

    start: int


Inline = Text | Code | RawHtml | Break | FigureReference | Span | Link | Image
Block = Words | Heading | Group | List | MarkdownTable | Fence | Rule | RawHtml
Node = Inline | Block
INLINES = frozenset((Text, Code, RawHtml, Break, FigureReference, Span, Link, Image))


class StretchKind(StrEnum):
    """The kind of a stretch: text, code (a span with its marks), alt text, a bare address."""

    TEXT = "text"
    CODE = "code"
    ALT = "alt"
    ADDRESS = "address"


class Stretch(NamedTuple):
    """Words between two marks: byte offsets of start and end in the source."""

    start: int
    end: int
    kind: StretchKind


@dataclass(frozen=True)
class Document:
    """A page's body as a tree; `first_line` is the line of its first character in the file.

    `stretches` are all of its words in source order. `too_deep` is the offset of the first node
    nested deeper than `parser.MAX_DEPTH`, normally None.
    """

    source: str
    blocks: tuple[Block, ...] = ()
    first_line: int = 1
    stretches: tuple[Stretch, ...] = ()
    too_deep: int | None = None

    @cached_property
    def source_bytes(self) -> bytes:
        """Return the UTF-8 source, which each `start` is an offset of."""
        return self.source.encode()

    @cached_property
    def _line_starts(self) -> list[int]:
        lines = self.source_bytes.split(b"\n")
        return list(accumulate((len(line) + 1 for line in lines), initial=0))

    def line_at(self, start: int) -> int:
        """Return the line in the file at a byte offset."""
        return self.first_line + bisect_right(self._line_starts, start) - 1

    def line(self, node: Node) -> int:
        """Return a node's line in the file."""
        return self.line_at(node.start)

    def column(self, node: Node) -> int:
        """Return a node's column, from 0."""
        start = self._line_starts[self.line(node) - self.first_line]
        return len(self.source_bytes[start : node.start].decode())

    @property
    def last_line(self) -> int:
        """Return the last line in the file."""
        return self.first_line + len(self._line_starts) - 2

    def line_text(self, line: int) -> str:
        """Return the source of a line of the file."""
        number = line - self.first_line
        start, end = self._line_starts[number], self._line_starts[number + 1]
        return self.source_bytes[start : end - 1].decode()

    def walk(self) -> tuple[Node, ...]:
        """Return every node in source order, parents before children."""
        return self._nodes

    @cached_property
    def _nodes(self) -> tuple[Node, ...]:  # every check walks the tree
        return tuple(walk(self.blocks))


def walk(nodes: tuple[Node, ...]) -> Iterator[Node]:
    """Yield these nodes and their descendants, in source order."""
    stack: list[Node] = list(reversed(nodes))
    while stack:
        node = stack.pop()
        yield node
        stack.extend(reversed(getattr(node, "children", ())))


def plain(inlines: tuple[Inline, ...], with_figures: bool = True) -> str:
    """Return inlines as one line of plain text, references to figures as written or left out."""
    parts = list[str]()
    for node in inlines:
        if isinstance(node, Text | Code):
            parts.append(node.text)
        elif isinstance(node, Break):
            parts.append(" ")
        elif isinstance(node, Span | Link):
            parts.append(plain(node.children, with_figures))
        elif isinstance(node, Image):
            parts.append(node.alt)
        elif isinstance(node, FigureReference) and with_figures:
            parts.append("{{" + node.source + "}}")
    return "".join(parts)
