"""The nodes of a document: a frozen tree of blocks and inlines, each with its place in the source.

`start` is a node's first byte in the UTF-8 of the source; `Document.line` turns it into a line.
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
    """HTML as written; content checks refuse it."""

    html: str
    is_block: bool
    start: int


class Break(NamedTuple):
    """The end of a line; a hard one is kept when the page is shown."""

    is_hard: bool
    start: int


class FigureReference(NamedTuple):
    """What stands between the braces of `{{ so_lieu.x }}`."""

    source: str
    start: int


class Span(NamedTuple):
    """Inlines in one style: strong or em."""

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


class Table(NamedTuple):
    """A table; the first row is its head. Alignments are "", "left", "center" or "right"."""

    alignments: tuple[str, ...]
    children: tuple[Group, ...]
    start: int


class Fence(NamedTuple):
    """A block of code, or of text to be typed as it stands; an indented one has no fence."""

    text: str
    language: str
    is_indented: bool
    start: int


class Rule(NamedTuple):
    """A thematic break."""

    start: int


Inline = Text | Code | RawHtml | Break | FigureReference | Span | Link | Image
Block = Words | Heading | Group | List | Table | Fence | Rule | RawHtml
Node = Inline | Block
INLINES = frozenset((Text, Code, RawHtml, Break, FigureReference, Span, Link, Image))


class StretchKind(StrEnum):
    """What words are: text, code (a span with its marks), a picture's alt text, a bare address."""

    TEXT = "text"
    CODE = "code"
    ALT = "alt"
    ADDRESS = "address"


class Stretch(NamedTuple):
    """Words between two marks: their first byte in the source and the one after the last."""

    start: int
    end: int
    kind: StretchKind


@dataclass(frozen=True)
class Document:
    """A page's body as a tree; `first_line` is the line of its first character in the file.

    `stretches` are all of its words in the order of the source. `too_deep` is the first byte of
    what lies deeper than `parser.MAX_DEPTH`, None as a rule.
    """

    source: str
    blocks: tuple[Block, ...] = ()
    first_line: int = 1
    stretches: tuple[Stretch, ...] = ()
    too_deep: int | None = None

    @cached_property
    def source_bytes(self) -> bytes:
        """Return the UTF-8 to which each `start` refers."""
        return self.source.encode()

    @cached_property
    def _line_starts(self) -> list[int]:
        lines = self.source_bytes.split(b"\n")
        return list(accumulate((len(line) + 1 for line in lines), initial=0))

    def line_at(self, start: int) -> int:
        """Return the line in the file of a byte of the source."""
        return self.first_line + bisect_right(self._line_starts, start) - 1

    def line(self, node: Node) -> int:
        """Return the line in the file on which a node starts."""
        return self.line_at(node.start)

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
        """Return every node in the order of the source, each before what it holds."""
        return self._nodes

    @cached_property
    def _nodes(self) -> tuple[Node, ...]:  # each check asks for them again
        return tuple(walk(self.blocks))


def walk(nodes: tuple[Node, ...]) -> Iterator[Node]:
    """Yield these nodes and all that they hold, in the order of the source."""
    stack: list[Node] = list(reversed(nodes))
    while stack:
        node = stack.pop()
        yield node
        stack.extend(reversed(getattr(node, "children", ())))


def plain(inlines: tuple[Inline, ...], with_figures: bool = True) -> str:
    """Return the words of inlines in one line, references to figures as written or left out."""
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
