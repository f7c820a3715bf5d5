"""Queries on a document: headings, links with their text, sentences, the site's own words.

Texts have the length of the source, with everything else replaced by blanks, so that an offset in a
text is the offset in the source.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, groupby
from typing import NamedTuple

from portal.document.parser import DECORATIVE, FIGURE
from portal.document.tree import (
    Block,
    Document,
    Fence,
    Group,
    Heading,
    Image,
    Link,
    List,
    MarkdownTable,
    Node,
    StretchKind,
    Words,
    plain,
    walk,
)

_QUOTATION = re.compile(r"“[^”]*”|\"[^\"\n]*\"")
_SENTENCE = re.compile(r"[^\s].*?(?:[.!?…:;](?=[\s”\"]|$)[”\"]?|\Z)", re.DOTALL)
_NOT_NEWLINE = re.compile(r"[^\n]")
_SAID = (StretchKind.TEXT, StretchKind.CODE, StretchKind.ALT)


class Reference(NamedTuple):
    """A link or a picture: `target` as written; a picture's `text` is its alt text."""

    text: str
    target: str
    line: int
    title: str = ""
    is_image: bool = False
    is_decorative: bool = False


class Sentence(NamedTuple):
    """One sentence, without Markdown marks."""

    text: str
    line: int


class SourceLine(NamedTuple):
    """A line of a paragraph, item, cell or heading, without its block marks.

    `left` is what is text after parsing, as in `Contents.marks`, with NUL for each mark or escaped
    character; `source` is as written, of the same length; `column` is its offset in the line.
    """

    line: int
    column: int
    left: str
    source: str
    block: Words | Heading
    is_first: bool  # of its block
    is_item: bool  # the first words of a list item


class _TextBlock(NamedTuple):
    """A block of text or code; `start` is its first byte."""

    start: int
    is_quoted: bool
    is_item: bool  # the first block of a list item
    block: Words | Heading | Fence

    @property
    def is_cell(self) -> bool:
        """Return whether it is a table cell."""
        return isinstance(self.block, Words) and self.block.tag == "td"

    @property
    def is_prose(self) -> bool:
        """Return whether it has sentences."""
        return not self.is_cell and not isinstance(self.block, Fence)


class _Piece(NamedTuple):
    """A stretch with its offsets in characters, and the index of its block."""

    start: int
    end: int
    kind: StretchKind
    block: int
    is_escaped: bool  # its first character is escaped by a backslash


@dataclass(frozen=True)
class Contents:
    """The contents of a document; every query is cached."""

    document: Document

    def line_at(self, offset: int) -> int:
        """Return the line in the file at an offset of the source."""
        return self.document.first_line + self.document.source.count("\n", 0, offset)

    @cached_property
    def headings(self) -> tuple[Heading, ...]:
        """Return the headings in order; `name` is the text of each."""
        return tuple(node for node in self.document.walk() if isinstance(node, Heading))

    @cached_property
    def references(self) -> tuple[Reference, ...]:
        """Return links and pictures in order; a picture within a link comes after it."""
        found = list[Reference]()
        for node in self.document.walk():
            if isinstance(node, Image):
                line = self.document.line(node)
                found.append(
                    Reference(node.alt, node.target, line, node.title, True, node.is_decorative)
                )
            elif isinstance(node, Link):
                text = plain(node.children).strip()
                line = self.document.line(node)
                found.append(Reference(text, node.target, line, node.title))
        return tuple(found)

    @cached_property
    def links(self) -> tuple[Reference, ...]:
        """Return the references that are links."""
        return tuple(each for each in self.references if not each.is_image)

    @cached_property
    def images(self) -> tuple[Reference, ...]:
        """Return the pictures, in order."""
        return tuple(each for each in self.references if each.is_image)

    @cached_property
    def text(self) -> str:
        """Return the source with everything but words blanked: no code, alt text or address."""
        return self._kept(piece for piece in self._pieces if piece.kind is StretchKind.TEXT)

    @cached_property
    def marks(self) -> str:
        """Return `text` without escaped characters: a mark in it was not parsed as one."""
        pieces = (piece for piece in self._pieces if piece.kind is StretchKind.TEXT)
        return self._kept(
            piece._replace(start=piece.start + 1) if piece.is_escaped else piece for piece in pieces
        )

    @cached_property
    def mark_lines(self) -> list[str]:
        """Return the lines of `marks`."""
        return self.marks.split("\n")

    @cached_property
    def said(self) -> str:
        """Return the source with everything blank but what readers see or hear."""
        kept = self._kept(piece for piece in self._pieces if piece.kind in _SAID)
        return FIGURE.sub(_spaces, kept)

    @cached_property
    def own_words(self) -> str:
        """Return the site's own words: `text` without quotations and figures."""
        quoted = {number for number, block in enumerate(self._blocks) if block.is_quoted}
        own = self._kept(
            piece
            for piece in self._pieces
            if piece.kind is StretchKind.TEXT and piece.block not in quoted
        )
        return FIGURE.sub(_spaces, _QUOTATION.sub(_spaces, own))

    def is_quoted(self, offset: int) -> bool:
        """Return whether an offset of the source is within a quotation."""
        if any(start <= offset < end for start, end in self._quotations):
            return True
        at = bisect_right(self._pieces, offset, key=lambda piece: piece.start) - 1
        return at >= 0 and self._blocks[self._pieces[at].block].is_quoted

    @cached_property
    def _quotations(self) -> list[tuple[int, int]]:
        return [match.span() for match in _QUOTATION.finditer(self.text)]

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """Return the site's own sentences, without tables and quotations."""
        return tuple(self._read_sentences())

    def _read_sentences(self) -> Iterator[Sentence]:
        for number, pieces in self._by_block.items():
            if not self._blocks[number].is_prose or self._blocks[number].is_quoted:
                continue
            parts = list(self._joined(pieces))
            text = "".join(part for _, part in parts)
            ends = list(accumulate(len(part) for _, part in parts))
            for match in _SENTENCE.finditer(text):
                words = " ".join(match[0].split())
                at = parts[bisect_right(ends, match.start())][0]
                yield Sentence(words, self.line_at(at))

    def _joined(self, pieces: Collection[_Piece]) -> Iterator[tuple[int, str]]:
        """Yield (offset, own words) of the pieces of a block, with a blank between lines."""
        end: int | None = None
        for piece in pieces:
            if end is not None and "\n" in self.document.source[end : piece.start]:
                yield piece.start, " "
            is_text = piece.kind is StretchKind.TEXT
            yield piece.start, self.own_words[piece.start : piece.end] if is_text else " "
            end = piece.end

    def own_words_of(self, block: Words | Heading) -> str:
        """Return the site's own words in a block, its marks left out, blanks as they are."""
        number = bisect_right(self._blocks, block.start, key=lambda each: each.start) - 1
        return "".join(part for _, part in self._joined(self._by_block.get(number, ())))

    @cached_property
    def _by_block(self) -> dict[int, list[_Piece]]:
        groups = groupby(self._pieces, lambda piece: piece.block)
        return {number: list(pieces) for number, pieces in groups}

    def rows_of(self, blocks: Iterable[Node]) -> Iterator[SourceLine]:
        """Yield the rows of all words in some blocks, in order."""
        for node in walk(tuple(blocks)):
            if isinstance(node, Words | Heading):
                yield from self._rows_by_block.get(node.start, ())

    @cached_property
    def _rows_by_block(self) -> dict[int, list[SourceLine]]:
        groups = groupby(self.rows, lambda row: row.block.start)
        return {start: list(rows) for start, rows in groups}

    @cached_property
    def rows(self) -> tuple[SourceLine, ...]:
        """Return the lines of all words outside code, in order; a row of a table is one for a cell.

        The line in which only marks stand is left out.
        """
        return tuple(self._read_rows())

    def _read_rows(self) -> Iterator[SourceLine]:
        lines = list(zip(self.document.source.split("\n"), self.mark_lines, strict=True))
        starts = list(accumulate((len(source) + 1 for source, _ in lines), initial=0))
        for number, pieces in self._by_block.items():
            block = self._blocks[number]
            if isinstance(block.block, Fence):
                continue
            first = self.document.line(block.block) - self.document.first_line
            first_column = self.document.column(block.block)
            end = pieces[-1].end
            for at in range(first, bisect_right(starts, pieces[-1].start)):
                source, left = lines[at]
                margin = source.lstrip(" \t>" if block.is_quoted else " \t")
                column = first_column if at == first else len(source) - len(margin)
                stop = end - starts[at] if block.is_cell else len(source)
                yield SourceLine(
                    at + self.document.first_line,
                    column,
                    _with_nul(left[column:stop], source[column:stop]),
                    source[column:stop],
                    block.block,
                    at == first,
                    block.is_item and at == first,
                )

    @cached_property
    def _blocks(self) -> list[_TextBlock]:
        return sorted(_text_blocks(self.document.blocks), key=lambda block: block.start)

    @cached_property
    def _pieces(self) -> list[_Piece]:
        source, starts = self.document.source_bytes, [block.start for block in self._blocks]
        found, character, end = list[_Piece](), 0, 0
        for stretch in self.document.stretches:
            number = bisect_right(starts, stretch.start) - 1
            if stretch.start < end or number < 0:  # nested too deep
                continue
            mark = source[end : stretch.start].decode()
            start = character + len(mark)
            words = source[stretch.start : stretch.end].decode()
            character = start + len(words)
            if mark.endswith(")") and (decorative := DECORATIVE.match(words)):
                start += decorative.end()
            found.append(_Piece(start, character, stretch.kind, number, mark.endswith("\\")))
            end = stretch.end
        return found

    def _kept(self, pieces: Iterator[_Piece]) -> str:
        source, parts, end = self.document.source, list[str](), 0
        for piece in pieces:
            parts += (_blank(source[end : piece.start]), source[piece.start : piece.end])
            end = piece.end
        return "".join((*parts, _blank(source[end:])))


def _text_blocks(
    blocks: tuple[Block, ...], is_quoted: bool = False, is_item: bool = False
) -> Iterator[_TextBlock]:
    for number, block in enumerate(blocks):
        if isinstance(block, Words | Heading | Fence):
            yield _TextBlock(block.start, is_quoted, is_item and not number, block)
        elif isinstance(block, Group | List | MarkdownTable):
            tag = block.tag if isinstance(block, Group) else ""
            quoted = is_quoted or tag == "blockquote"
            yield from _text_blocks(block.children, quoted, tag == "li")


def _with_nul(left: str, source: str) -> str:
    if left == source:  # as most rows
        return left
    pairs = zip(left, source, strict=True)
    return "".join("\0" if kept == " " and not was.isspace() else kept for kept, was in pairs)


def _blank(text: str) -> str:
    return _NOT_NEWLINE.sub(" ", text)


def _spaces(match: re.Match[str]) -> str:
    return _blank(match[0])
