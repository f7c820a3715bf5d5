"""Markdown as a `Document`: CommonMark with tables, definition lists and heading attributes.

The parser is pulldown-cmark (through pyromark), used here only.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

import pyromark

from portal.document.details import with_details
from portal.document.steps import with_whole_lists
from portal.document.tree import (
    INLINES,
    Block,
    Break,
    Code,
    Document,
    Fence,
    FigureReference,
    Group,
    Heading,
    Image,
    Inline,
    Link,
    List,
    MarkdownTable,
    RawHtml,
    Rule,
    Span,
    Stretch,
    StretchKind,
    Text,
    Words,
    plain,
)
from portal.language.text import slugify

MAX_DEPTH = 32  # levels of nesting; deeper nodes are dropped, and the checks report them
_OPTIONS = (
    pyromark.Options.ENABLE_TABLES
    | pyromark.Options.ENABLE_DEFINITION_LIST
    | pyromark.Options.ENABLE_HEADING_ATTRIBUTES
)
FIGURE = re.compile(r"\{\{([^{}]*)\}\}")
DECORATIVE = re.compile(r"\{:? ?\.trang-tri ?\}")
_SURROGATE = re.compile("[\ud800-\udfff\0]")
_IS_HARD = {"SoftBreak": False, "HardBreak": True}
_ALIGNMENTS = {"None": "", "Left": "left", "Center": "center", "Right": "right"}
_SPANS = {"Strong": "strong", "Emphasis": "em"}
_WORDS = {"Paragraph": "p", "DefinitionListTitle": "dt", "TableCell": "td"}
_GROUPS = {
    "Item": "li",
    "TableHead": "tr",
    "TableRow": "tr",
    "DefinitionList": "dl",
    "DefinitionListDefinition": "dd",
}


def parse(source: str, first_line: int = 1) -> Document:
    """Return the tree of a Markdown body; `first_line` is the line of its first character."""
    source = _SURROGATE.sub("\ufffd", source)
    reader = _Reader()
    blocks = reader.read(source)
    return Document(source, blocks, first_line, tuple(sorted(reader.stretches)), reader.too_deep)


class _Reader:
    """Parses a source, and the parts of it between HTML tags."""

    def __init__(self) -> None:
        self.stretches = list[Stretch]()
        self.too_deep: int | None = None
        self._anchors = dict[str, int]()  # used anchor → number for its next duplicate

    def read(self, source: str, offset: int = 0) -> tuple[Block, ...]:
        """Return the blocks of a part of the source at byte `offset`."""
        stack: list[tuple[Any, int, list[Any], StretchKind]] = []
        children: list[Any] = []
        text_end, words = -1, StretchKind.TEXT
        events: Iterable[tuple[Any, Any]] = pyromark.events_with_range(source, options=_OPTIONS)
        for event, span in events:
            start = span["start"] + offset
            if type(event) is str:
                children.append(Rule(start) if event == "Rule" else Break(_IS_HARD[event], start))
                continue
            ((kind, value),) = event.items()
            if kind == "Text":
                end = span["end"] + offset
                self.stretches.append(Stretch(start, end, words))
                if start == text_end and children and type(children[-1]) is Text:
                    children[-1] = Text(children[-1].text + value, children[-1].start)
                else:
                    children.append(Text(value, start))
                text_end = end
            elif kind == "Start":
                stack.append((value, start, children, words))
                children, words = [], _words_within(value, words)
            elif kind == "End":
                tag, start, outer, words = stack.pop()
                if len(stack) < MAX_DEPTH:
                    outer.append(self._node(tag, children, start))
                else:
                    self.too_deep = start
                children = outer
            elif kind == "Code":
                in_alt = words is StretchKind.ALT
                kind_of_code = words if in_alt else StretchKind.CODE
                self.stretches.append(Stretch(start, span["end"] + offset, kind_of_code))
                children.append(Code(value, start))
            else:
                children.append(RawHtml(value, kind == "Html", start))
        return self._blocks(children)

    def _node(self, tag: Any, children: list[Any], start: int) -> Block | Inline:  # noqa: ANN401
        """Return the node of an event; its tag is a name or a name with attributes."""
        name: str = tag if type(tag) is str else next(iter(tag))
        value: Any = None if name is tag else tag[name]
        if name in _WORDS:
            return Words(_WORDS[name], _inlines(children), start)
        if name in _SPANS:
            return Span(_SPANS[name], _inlines(children), start)
        if name in _GROUPS:
            return Group(_GROUPS[name], self._blocks(children), start)
        match name:
            case "Link":
                mail = "mailto:" if value["link_type"] == "Email" else ""
                return Link(mail + value["dest_url"], value["title"], _inlines(children), start)
            case "Image":
                return Image(value["dest_url"], value["title"], plain(tuple(children)), start)
            case "Heading":
                return self._heading(value, children, start)
            case "List":
                return List(value, tuple(children), start)
            case "Table":
                alignments = tuple(_ALIGNMENTS[each] for each in value)
                return MarkdownTable(alignments, tuple(children), start)
            case "CodeBlock":
                text = "".join(each.text for each in children)
                is_indented = value == "Indented"
                return Fence(text, "" if is_indented else value["Fenced"], is_indented, start)
            case "HtmlBlock":
                return RawHtml("".join(each[0] for each in children), True, start)
        return Group("blockquote", self._blocks(children), start)

    def _heading(self, value: dict[str, Any], children: list[Any], start: int) -> Heading:
        """Return a heading; its anchor has no figures, since new values must not change it."""
        inlines = _inlines(children)
        name = " ".join(plain(inlines, with_figures=False).split())
        anchor = value["id"] or self._unused_anchor(slugify(name))
        self._anchors.setdefault(anchor, 1)
        return Heading(int(value["level"][1]), inlines, anchor, name, start)

    def _unused_anchor(self, slug: str) -> str:
        """Return the slug, numbered as by Python-Markdown when it is used: "a", "a_1", "a_2"."""
        if slug and slug not in self._anchors:
            return slug
        number = self._anchors.get(slug, 1)
        while f"{slug}_{number}" in self._anchors:
            number += 1
        self._anchors[slug] = number + 1
        return f"{slug}_{number}"

    def _blocks(self, children: list[Any]) -> tuple[Block, ...]:
        """Return the children of a container; bare inlines of a tight item become `Words`."""
        blocks, run = list[Block](), list[Any]()
        for node in children:
            if type(node) in INLINES and not (type(node) is RawHtml and node.is_block):
                run.append(node)
                continue
            if run:
                blocks.append(Words("", _inlines(run), run[0].start))
                run = []
            blocks.append(node)
        if run:
            blocks.append(Words("", _inlines(run), run[0].start))
        return with_whole_lists(with_details(tuple(blocks), self.read))


def _words_within(tag: Any, around: StretchKind) -> StretchKind:  # noqa: ANN401
    """Return the kind of a tag's words, inside words of the given kind."""
    if type(tag) is not dict:
        return around
    if "CodeBlock" in tag:
        return StretchKind.CODE
    if "Image" in tag:
        return StretchKind.ALT
    if "Link" in tag and tag["Link"]["link_type"] in ("Autolink", "Email"):
        return StretchKind.ADDRESS
    return around


def _inlines(children: list[Any]) -> tuple[Inline, ...]:
    """Return inlines with texts split at figures, and decorative pictures marked."""
    if not any(type(node) is Text and "{" in node.text for node in children):
        return tuple(children)
    found = list[Inline]()
    for node in children:
        if type(node) is not Text:
            found.append(node)
            continue
        text, start = node
        mark = DECORATIVE.match(text)
        if mark and found and isinstance(before := found[-1], Image):
            found[-1] = before._replace(is_decorative=True)
            text, start = text[mark.end() :], start + mark.end()
        found += _parted(text, start)
    return tuple(found)


def _parted(text: str, start: int) -> Iterator[Text | FigureReference]:
    """Yield the references and the text before, between and after them.

    Offsets count characters of the text as parsed, without escapes in the source.
    """
    for number, piece in enumerate(FIGURE.split(text)):
        if number % 2:
            yield FigureReference(piece, start)
            start += len(piece.encode()) + 4
        elif piece:
            yield Text(piece, start)
            start += len(piece.encode())
