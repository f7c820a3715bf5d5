"""A guide's tree as template data: sections, blocks, pictures."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from portal.document import tree
from portal.document.sections import SNAGS, Section, sections_of
from portal.drawn.fonts import SUBSTITUTES, drawable_characters
from portal.language.text import to_nfc

Data = dict[str, object]
Part = list[str]  # a run of text: kind, text, and the address of a link

_ARROW = re.compile(r"\s*→\s*")
# "1900 0368", "tháng 2/2026", "mức 2": no line break within a number or before its unit.
_NUMBER_GAP = re.compile(r"(\d|\b(?:tháng|ngày|năm|mức|bước|Điều|số)) (?=\d)", re.IGNORECASE)
_NO_BREAK = "\u00a0"
# Where each screen of a drawing begins and ends (desk/drawings/canvas.py).
_PARTED = re.compile(r'viewBox="0 0 ([\d.]+) [\d.]+" data-parts="([\d. ]+)"')
_HYPHEN = str.maketrans({"\u2011": "-", "\t": " "})


def to_printable(text: str) -> str:
    """Return the text in NFC without unsupported characters, with no-break spaces in numbers.

    Typst's own font has the arrows and ticks that share cards must substitute.
    """
    known = drawable_characters()
    kept = (c for c in to_nfc(text).translate(_HYPHEN) if c in known or ord(c) in SUBSTITUTES)
    return _NUMBER_GAP.sub(rf"\1{_NO_BREAK}", "".join(kept))


@dataclass(frozen=True)
class PaperLinks:
    """References of a guide: `addresses` and SVG `drawings` by target, `figures` by source.

    A telephone number is printed as it is; any other link is plain text on paper.
    """

    addresses: Mapping[str, str] = field(default_factory=dict)
    drawings: Mapping[str, str] = field(default_factory=dict)
    figures: Mapping[str, str] = field(default_factory=dict)


def printed_sections(document: tree.Document, links: PaperLinks) -> list[Data]:
    """Return the sections of a guide; the text before the first heading has the title ""."""
    found = [_SectionText(section, links) for section in sections_of(document.blocks)]
    return [each.data() for each in found if not each.is_empty]


class _SectionText:
    """Converts a section block by block; its pictures are collected separately."""

    def __init__(self, section: Section, links: PaperLinks) -> None:
        self._links = links
        self._kind = section.kind.style if section.kind else ""
        self._title = _plain(self.parts(section.heading.children)) if section.heading else ""
        self._pictures = list[Data]()
        self._blocks = list(self._blocks_of(section.blocks))

    @property
    def is_empty(self) -> bool:
        return not (self._blocks or self._pictures)

    def data(self) -> Data:
        return {
            "title": self._title,
            "kind": self._kind,
            "blocks": self._blocks,
            "pictures": self._pictures,
        }

    def _block(self, node: tree.Block) -> Iterator[Data]:
        match node:
            case tree.Words():
                yield from self._paragraph(node.children)
            case tree.Heading():
                # Screen readers need heading levels without gaps.
                level = 3 if self._title else 2
                yield {"k": "h", "level": level, "c": self.parts(node.children)}
            case tree.List():
                items = [list(self._blocks_of(item.children)) for item in node.children]
                yield {"k": "list", "first": node.first, "items": [each for each in items if each]}
            case tree.MarkdownTable():
                rows = [[self._cell(cell) for cell in row.children] for row in node.children]
                yield {"k": "table", "rows": [[cell["c"] for cell in rows[0]], *rows[1:]]}
            case tree.Fence():
                lines = node.text.rstrip("\n").split("\n")
                yield {"k": "pre", "lines": [to_printable(line) for line in lines]}
            case tree.Group(tag="dl"):
                yield {"k": "terms", "items": list(self._terms(node.children))}
            case tree.Group(tag="details"):
                yield from self._blocks_of(node.children)
            case tree.Group():
                yield {"k": "quote", "c": list(self._blocks_of(node.children))}

    def _blocks_of(self, nodes: Sequence[tree.Block]) -> Iterator[Data]:
        for node in nodes:
            yield from self._block(node)

    def _paragraph(self, nodes: Sequence[tree.Inline]) -> Iterator[Data]:
        parts = self.parts(nodes)
        if self._kind == SNAGS.style:
            parts = _mark_sign(parts)
        if parts:
            yield {"k": "p", "c": parts}

    def _cell(self, cell: tree.Block) -> Data:
        return {"c": self.parts(cell.children) if isinstance(cell, tree.Words) else []}

    def _terms(self, nodes: Sequence[tree.Block]) -> Iterator[list[object]]:
        """Yield each term with its definition."""
        for node in nodes:
            if isinstance(node, tree.Words):
                term: list[object] = [self.parts(node.children), []]
                yield term
            elif isinstance(node, tree.Group):
                blocks = term[1]
                assert isinstance(blocks, list)
                blocks += self._blocks_of(node.children)

    def parts(self, nodes: Sequence[tree.Inline]) -> list[Part]:
        """Return inlines as runs of one style each, stripped."""
        found = list(self._parts(nodes, "text"))
        for before, after in pairwise(found):
            # A line break at a change of style would drop the blank for screen readers.
            if after[1].startswith(" ") and before[0] not in ("br", "code"):
                before[1] = before[1].rstrip(" ") + " "
                after[1] = after[1].lstrip(" ")
        found = [part for part in found if part[1] or part[0] == "br"]
        while found and not found[-1][1].strip() and len(found[-1]) == 2:
            found.pop()
        return found

    def _parts(self, nodes: Sequence[tree.Inline], kind: str) -> Iterator[Part]:
        for node in nodes:
            match node:
                case tree.Text():
                    yield [kind, to_printable(node.text)]
                case tree.Code():
                    yield ["code", to_printable(node.text)]
                case tree.FigureReference():
                    as_written = f"{{{{{node.source}}}}}"
                    yield [kind, to_printable(self._links.figures.get(node.source, as_written))]
                case tree.Break():
                    yield ["br", ""] if node.is_hard else [kind, " "]
                case tree.Span():
                    yield from self._parts(node.children, node.tag)
                case tree.Link():
                    words = _plain(self._parts(node.children, kind))
                    is_number = node.target.startswith("tel:")
                    href = node.target if is_number else self._links.addresses.get(node.target)
                    yield ["a", words, href] if href else [kind, words]
                case tree.Image():
                    self._add_picture(node)

    def _add_picture(self, image: tree.Image) -> None:
        drawing = self._links.drawings.get(image.target)
        if not drawing or image.is_decorative:
            return
        alt, note = to_printable(image.alt) or "Hình minh họa", to_printable(image.title)
        screens = _screens_of(drawing)
        for number, svg in enumerate(screens, 1):
            which = f" (màn hình {number})" if len(screens) > 1 else ""
            self._pictures.append({"svg": svg, "alt": alt + which, "note": note})


def _screens_of(drawing: str) -> list[str]:
    """Return a drawing of several screens as one SVG a screen; any other as it is."""
    parted = _PARTED.search(drawing)
    if not parted:
        return [drawing]
    edges = [float(edge) for edge in parted[2].split()]
    boxes = (
        f'viewBox="0 {top:g} {parted[1]} {bottom - top:g}"'
        for top, bottom in zip(edges[::2], edges[1::2], strict=True)
    )
    return [drawing.replace(parted[0], box) for box in boxes]


def _plain(parts: Iterator[Part] | list[Part]) -> str:
    return "".join(part[1] for part in parts)


def _mark_sign(parts: list[Part]) -> list[Part]:
    """Return "sign → remedy" with the sign in bold."""
    if not parts or parts[0][0] != "text":
        return parts
    sign, arrow, remedy = _ARROW.sub("→", parts[0][1]).partition("→")
    if not arrow:
        return parts
    return [["strong", f"{sign} "], ["text", f"→ {remedy}"], *parts[1:]]
