"""The plain Markdown of guides as HTML, without a tree: in a sixth of Python-Markdown's time.

Headings, paragraphs, flat tight lists, tables, links, pictures, emphasis, code and figures in their
usual forms are all that most pages hold. For these `PlainMarkdown.convert` gives what
Python-Markdown gives with the site's extensions. It gives up at the first character that Markdown
might read in another way: such a page is left to Python-Markdown.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from markdown.extensions.toc import nest_toc_tokens, unique
from markdown.serializers import to_xhtml_string as to_html

from portal.figures import figure_element, find_figure, link_of
from portal.glossary import Term
from portal.sections import ARROW, BOXES, Box
from portal.statistics import Statistics, UnknownFigureError
from portal.symbols import icon
from portal.terms import TermIndex
from portal.text import heading_slug

# Sets of characters: white space other than " " and "\n", and controls; what may be markup.
_ODD = r"\x00-\x09\x0b-\x1f\x7f-\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
_MARKUP = rf"{_ODD}\\`*_~<>|{{}}\[\]"

_WORDS = rf"(?:[^{_MARKUP}!]++|!(?!\[))++"
_TARGET = rf"[^{_ODD} \n\\`*<>|{{}}\[\]()\"'&!]++"
_PLAIN_BOLD = rf"\*\*(?![ \n]){_WORDS}(?<![ \n])\*\*(?!\*)"
_PLAIN_LINK = rf"\[{_WORDS}\]\({_TARGET}\)"
# Emphasis ends at the next "*" or "**": so Markdown's rules for what pairs with what do not matter.
_PIECE = re.compile(
    rf"(?P<words>{_WORDS})"
    rf"|\[(?P<label>(?:{_WORDS}|{_PLAIN_BOLD})++)\]\((?P<target>{_TARGET})\)"
    rf"|!\[(?P<alt>[^{_MARKUP}!\"\n]*+)\]\((?P<source>{_TARGET})"
    rf"(?: \"(?P<title>[^{_MARKUP}!\"'()\n]++)\")?\)"
    rf"|\*\*(?![ \n])(?P<bold>(?:{_WORDS}|{_PLAIN_LINK})++)(?<![ \n])\*\*(?!\*)"
    rf"|\*(?![ \n])(?P<slanted>{_WORDS})(?<![ \n])\*(?!\*)"
    r"|\{\{(?P<figure>[^{}]*)\}\}"
    rf"|`(?! )(?P<code>[^{_ODD}\n\\`<>|{{}}]++)(?<! )`(?!`)"
)
_ONLY_WORDS = re.compile(_WORDS)
_BLANK_LINES = re.compile(r"\n\n+")
_HEADING = re.compile(r"(#{2,6}) +([^#\n&]+)")
_MARKER = re.compile(r"(?:-|\d+\.) +")
_OTHER_BLOCK = re.compile(r"[-+#=:]|\d+\. ")  # at the beginning of a line of text
_RULE = re.compile(r"(?:\| *-+ *){2,}\|")  # below the names of a table's columns
_PICTURE_LINE = "   !["  # below the step that the picture shows
_ENTITY = re.compile(r"&(?! )|(?<! )&")
_HERE = "\x02"  # stands for an address in a figure
_TAG = re.compile(r"<[^>]*>")


class _NotPlainError(Exception):
    """The page holds what only Python-Markdown is sure to understand."""


@dataclass
class PlainPage:
    """A converted page, but for where its links lead: `targets` have their places in `parts`."""

    parts: list[str] = field(default_factory=list)
    targets: list[tuple[int, str]] = field(default_factory=list)
    headings: list[Any] = field(default_factory=list)
    anchors: set[str] = field(default_factory=set)

    def html(self, address_of: Callable[[str], str]) -> str:
        """Return the HTML, with the attribute's value for each target, asked in their order."""
        for place, target in self.targets:
            self.parts[place] = address_of(target)
        return "".join(self.parts).strip().replace("& ", "&amp; ")

    def toc_tokens(self) -> list[Any]:
        """Return the headings, nested as by Python-Markdown's `toc`."""
        return nest_toc_tokens(list(self.headings))


class PlainMarkdown:
    """Converts plain pages, and shows these figures and explains these terms on them."""

    def __init__(self, statistics: Statistics, terms: TermIndex) -> None:
        self._statistics, self._terms = statistics, terms

    def convert(self, source: str) -> PlainPage | None:
        """Return the page, or None if it is not plain."""
        if not source.strip() or _has_margins(source) or ("&" in source and _ENTITY.search(source)):
            return None
        blocks = _BLANK_LINES.split(source.strip("\n"))
        try:
            return _Writer(self._statistics, self._terms).write(blocks)
        except _NotPlainError:
            return None


def _has_margins(source: str) -> bool:
    """Return whether a blank begins or ends a line; before a picture it says nothing."""
    lines = f"\n{source}\n"
    return " \n" in lines or lines.count("\n ") != lines.count(f"\n{_PICTURE_LINE}")


class _Writer:
    """Writes one page."""

    def __init__(self, statistics: Statistics, terms: TermIndex) -> None:
        self._statistics, self._terms = statistics, terms
        self._explained = dict[str, Term]()
        self._page = PlainPage()
        self._write = self._page.parts.append
        self._box: Box | None = None

    def write(self, blocks: list[str]) -> PlainPage:
        """Return the page of these blocks."""
        follows_list = False
        for block in blocks:
            is_list = _MARKER.match(block) is not None
            if is_list and follows_list:  # both are one loose list
                raise _NotPlainError
            if is_list:
                self._write_list(block)
            elif heading := _HEADING.fullmatch(block):
                self._write_heading(len(heading[1]), heading[2])
            elif block.startswith("|"):
                self._write_table(block.split("\n"))
            else:
                self._write_paragraph(block)
            follows_list = is_list
        self._close_box()
        self._write(self._terms.explanations(self._explained.values()))
        return self._page

    # Blocks

    def _write_heading(self, level: int, text: str) -> None:
        if level == 2:
            self._close_box()
        place = len(self._page.parts)
        self._write("")
        self._write_pieces(text)
        name = " ".join(_TAG.sub("", "".join(self._page.parts[place:])).split())
        anchor = unique(heading_slug(name, "-"), self._page.anchors)
        self._page.headings.append({"level": level, "id": anchor, "name": name})
        self._page.parts[place] = self._opening(level, anchor)
        self._write(f"</h{level}>\n")

    def _opening(self, level: int, anchor: str) -> str:
        heading = f'<h{level} id="{anchor}">'
        box = BOXES.get(anchor) if level == 2 else None
        if box is None:
            return heading
        self._box = box
        opening = f'<section aria-labelledby="{anchor}" class="box box-{box.name}">'
        return f"{opening}{heading}{icon(box.icon)}"

    def _close_box(self) -> None:
        if self._box:
            self._write("</section>")
            self._box = None

    def _write_paragraph(self, text: str) -> None:
        if text.startswith(" ") or any(map(_OTHER_BLOCK.match, text.split("\n"))):
            raise _NotPlainError
        self._write("<p>")
        self._write_pieces(text, words=self._explain)
        self._write("</p>\n")

    def _write_list(self, block: str) -> None:
        tag = "ul" if block.startswith("-") else "ol"
        self._write(f"<{tag}>\n")
        for item in _items(block):
            self._write("<li>")
            sign = self._sign_of(item)
            if sign:
                self._write(f'<strong class="sign">{sign}</strong>')
            self._write_pieces(item, len(sign), words=self._explain)
            self._write("</li>\n")
        self._write(f"</{tag}>\n")

    def _sign_of(self, item: str) -> str:
        """Return what goes before "→" where things go wrong, as `portal.sections` marks it."""
        if self._box is not BOXES["hay-vuong"]:
            return ""
        sign, arrow, _ = item.partition(ARROW)
        return sign if arrow and _ONLY_WORDS.fullmatch(sign) else ""

    def _write_table(self, lines: list[str]) -> None:
        if len(lines) < 3 or not _RULE.fullmatch(lines[1]):
            raise _NotPlainError
        columns = lines[1].count("|") - 1
        self._write("<table>\n<thead>\n")
        self._write_row("th", lines[0], columns)
        self._write("</thead>\n<tbody>\n")
        for line in lines[2:]:
            self._write_row("td", line, columns)
        self._write("</tbody>\n</table>\n")

    def _write_row(self, tag: str, line: str, columns: int) -> None:
        cells = line[1:-1].split("|")
        if not (line.startswith("|") and line.endswith("|") and len(cells) == columns):
            raise _NotPlainError
        self._write("<tr>\n")
        for cell in cells:
            self._write(f"<{tag}>")
            self._write_pieces(cell.strip(" "))
            self._write(f"</{tag}>\n")
        self._write("</tr>\n")

    # Inline

    def _explain(self, words: str) -> str:
        return self._terms.mark(words, self._explained)

    def _write_pieces(
        self, text: str, start: int = 0, words: Callable[[str], str] = lambda words: words
    ) -> None:
        if _ONLY_WORDS.fullmatch(text, start):
            self._write(words(text[start:]))
            return
        for piece in _PIECE.finditer(text, start):
            if piece.start() != start:
                break
            self._write_piece(piece, words)
            start = piece.end()
        if start != len(text):
            raise _NotPlainError

    def _write_piece(self, piece: re.Match[str], words: Callable[[str], str]) -> None:
        match piece.lastgroup:
            case "words":
                self._write(words(piece[0]))
            case "target":
                self._write('<a href="')
                self._write_target(piece["target"])
                self._write('">')
                self._write_pieces(piece["label"])
                self._write("</a>")
            case "bold":
                self._write("<strong>")
                self._write_pieces(piece["bold"])
                self._write("</strong>")
            case "slanted":
                self._write(f"<em>{words(piece['slanted'])}</em>")
            case "figure" if words == self._explain:  # in running text
                self._write_figure(piece["figure"])
            case "figure":
                raise _NotPlainError
            case "code":
                self._write(f"<code>{piece['code']}</code>")
            case _:
                title = f' title="{piece["title"].strip()}"' if piece["title"] else ""
                self._write(f'<img alt="{piece["alt"]}" src="')
                self._write_target(piece["source"])
                self._write(f'"{title} />')

    def _write_figure(self, source: str) -> None:
        try:
            figure, reference = find_figure(source, self._statistics)
        except UnknownFigureError:
            raise _NotPlainError from None
        element = figure_element(figure, reference.number_only)
        if not _ONLY_WORDS.fullmatch(text := "".join(element.itertext())) or "&" in text:
            raise _NotPlainError
        note = element.find("a")
        assert note is not None
        note.set("href", _HERE)
        self._terms.mark_tree(element, self._explained)
        before, _, after = to_html(element).partition(_HERE)
        self._write(before)
        self._write_target(link_of(figure))
        self._write(after)

    def _write_target(self, target: str) -> None:
        self._page.targets.append((len(self._page.parts), target))
        self._write("")


def _items(block: str) -> Iterator[str]:
    """Yield the text of each item of a tight list, with the pictures below it."""
    lines = iter(block.split("\n"))
    item = next(lines)
    for line in lines:
        if line.startswith(_PICTURE_LINE):
            item += f"\n{line}"
        else:
            yield _without_marker(item)
            item = line
    yield _without_marker(item)


def _without_marker(item: str) -> str:
    marker = _MARKER.match(item)
    if marker is None or _OTHER_BLOCK.match(item, marker.end()):
        raise _NotPlainError
    return item[marker.end() :]
