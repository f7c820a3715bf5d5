"""Renders a document as HTML: boxes, figures, explained terms, resolved links."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple
from urllib.parse import quote

from portal.document import tree
from portal.document.arrangement import arrange
from portal.document.sections import SNAGS, STEPS, URGENT, Section, sections_of
from portal.language.text import format_day
from portal.library.figures import find_figure, link_of
from portal.library.glossary import Term
from portal.library.statistics import Figure, Statistics, UnknownFigureError
from portal.library.terms import TermIndex
from portal.site.symbols import icon

ARROW = " → "
# Markers at which a guide's template inserts the audience and the actions.
ABOUT, TOOLS = (f'<div class="place-{name}"></div>' for name in ("about", "tools"))
_WHOLE_WORD = 14  # letters that fit a table column; a longer word may be broken
MORE = "noi-them"  # the anchor of the blocks moved below the steps
_NO_STATISTICS, _NO_TERMS = Statistics(), TermIndex(())
# Characters of an address that are not percent-encoded, as in CommonMark's examples.
_SAFE = "!#$%&'()*+,-./:;=?@_~"
_UNSAFE = re.compile(r"[^\w!#$%&'()*+,\-./:;=?@~]|[^\x00-\x7f]")


def escape(text: str) -> str:
    """Return text escaped for element content."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def escape_attribute(text: str) -> str:
    """Return text escaped for a double-quoted attribute."""
    return escape(text).replace('"', "&quot;")


class GuideParts(NamedTuple):
    """The parts of a guide's body: urgent actions, up to the steps, and after them."""

    first: str
    steps: str
    rest: str


def parts_of_guide(body: str) -> GuideParts:
    """Split the output of `HtmlWriter.write` at the template's markers."""
    first, marker, rest = body.partition(ABOUT)
    if not marker:
        first, rest = "", body
    steps, _, rest = rest.partition(TOOLS)
    return GuideParts(first, steps, rest)


class HtmlWriter:
    """Renders documents with these figures and terms; `address_of` resolves link targets."""

    def __init__(
        self,
        statistics: Statistics = _NO_STATISTICS,
        terms: TermIndex = _NO_TERMS,
        address_of: Callable[[str], str] = str,
    ) -> None:
        self._statistics, self._terms, self._address_of = statistics, terms, address_of
        self._explained = dict[str, Term]()
        self._parts = list[str]()
        self._write = self._parts.append

    def write(self, document: tree.Document) -> str:
        """Return the HTML of a page's body, with its terms explained at the end."""
        self._parts.clear()
        self._explained.clear()
        sections = tuple(sections_of(document.blocks))
        if any(section.kind in (URGENT, STEPS) for section in sections):
            self._guide(sections)
        else:
            self._sections(sections)
        self._write(self._terms.explanations(self._explained.values()))
        return "".join(self._parts).strip()

    # Sections

    def _guide(self, sections: Sequence[Section]) -> None:
        order = arrange(sections)
        self._sections(order.first)
        self._write(ABOUT)
        self._blocks(order.opening)
        if order.strip:
            self._write('<div class="strip">')
            self._sections(order.strip)
            if order.more:
                link = f'<a href="#{MORE}">Nói thêm</a>'
                self._write(f'<p class="more-link">Còn nữa, xem {link}.</p>')
            self._write("</div>")
        self._sections(order.steps)
        self._write(TOOLS)
        if order.more:
            opening = '<section aria-labelledby="{0}" class="box box-more"><h2 id="{0}">{1}</h2>'
            self._write(opening.format(MORE, "Nói thêm"))
            self._blocks(order.more)
            self._write("</section>")
        self._sections(order.rest)

    def _sections(self, sections: Sequence[Section]) -> None:
        for section in sections:
            self._section(section)

    def _section(self, section: Section) -> None:
        kind, heading, blocks = section
        if kind and heading:
            self._write(f'<section aria-labelledby="{kind.anchor}" class="box box-{kind.style}">')
        if heading:
            self._heading(heading, icon(kind.icon) if kind else "")
        if kind is STEPS:
            self._steps(blocks)
        else:
            self._blocks(_with_signs(blocks) if kind is SNAGS else blocks)
        if kind:
            self._write("</section>")

    def _steps(self, blocks: Sequence[tree.Block]) -> None:
        """Render blocks with ids on numbered items, for links to a step."""
        lists = 0
        for block in blocks:
            if isinstance(block, tree.List) and block.first is not None:
                lists += 1
                self._list(block, "buoc-" if lists == 1 else f"buoc-{lists}-")
            else:
                self._block(block)

    # Blocks

    def _blocks(self, blocks: Sequence[tree.Block]) -> None:
        for block in blocks:
            self._block(block)

    def _block(self, node: tree.Block) -> None:
        match node:
            case tree.Words():
                self._words(node)
            case tree.Heading():
                self._heading(node)
            case tree.List():
                self._list(node)
            case tree.MarkdownTable():
                self._table(node)
            case tree.Fence():
                language = node.language.split(maxsplit=1)[:1]
                named = f' class="language-{escape_attribute(language[0])}"' if language else ""
                self._write(f"<pre><code{named}>{escape(node.text)}</code></pre>\n")
            case tree.Group():
                self._write(f"<{node.tag}>\n")
                self._blocks(node.children)
                self._write(f"</{node.tag}>\n")
            case tree.Rule():
                self._write("<hr />\n")
            case tree.RawHtml():
                self._write(node.html)

    def _words(self, node: tree.Words) -> None:
        if node.tag:
            self._write(f"<{node.tag}>")
        self._inlines(node.children, explain=True)
        if node.tag:
            self._write(f"</{node.tag}>\n")

    def _heading(self, node: tree.Heading, sign: str = "") -> None:
        self._write(f'<h{node.level} id="{escape_attribute(node.anchor)}">{sign}')
        self._inlines(node.children)
        self._write(f"</h{node.level}>\n")

    def _list(self, node: tree.List, anchor: str = "") -> None:
        tag = "ul" if node.first is None else "ol"
        start = "" if node.first in (None, 1) else f' start="{node.first}"'
        self._write(f"<{tag}{start}>\n")
        for number, item in enumerate(node.children, node.first or 1):
            is_loose = any(
                isinstance(each, tree.Words) and each.tag == "p" for each in item.children
            )
            self._write(f'<li id="{anchor}{number}">' if anchor else "<li>")
            self._write("\n" if is_loose else "")
            self._blocks(item.children)
            self._write("</li>\n")
        self._write(f"</{tag}>\n")

    def _table(self, node: tree.MarkdownTable) -> None:
        styles = [f' style="text-align: {each};"' if each else "" for each in node.alignments]
        head, *rows = node.children
        self._write("<table>\n<thead>\n")
        self._row("th", head, styles)
        self._write("</thead>\n")
        if rows:
            self._write("<tbody>\n")
            for row in rows:
                self._row("td", row, styles)
            self._write("</tbody>\n")
        self._write("</table>\n")

    def _row(self, tag: str, row: tree.Group, styles: list[str]) -> None:
        self._write("<tr>\n")
        for cell, style in zip(row.children, styles, strict=False):
            children = getattr(cell, "children", ())
            longest = max(map(len, tree.plain(children).split()), default=0)
            named = ' class="long"' if longest > _WHOLE_WORD else ""
            self._write(f"<{tag}{named}{style}>")
            self._inlines(children)
            self._write(f"</{tag}>\n")
        self._write("</tr>\n")

    # Inlines; `explain` says whether terms may be explained there

    def _inlines(self, children: Sequence[tree.Inline], *, explain: bool = False) -> None:
        for node in children:
            self._inline(node, explain)

    def _inline(self, node: tree.Inline, explain: bool) -> None:
        match node:
            case tree.Text():
                self._text(node.text, explain)
            case tree.Break():
                self._write("<br />\n" if node.is_hard else "\n")
            case tree.Span():
                self._write(f"<{node.tag}>")
                self._inlines(node.children, explain=explain and node.tag != "strong")
                self._write(f"</{node.tag}>")
            case tree.Link():
                self._write(f'<a href="{self._address(node.target)}"{_title(node.title)}>')
                self._inlines(node.children)
                self._write("</a>")
            case tree.Image():
                alt, source = escape_attribute(node.alt), self._address(node.target)
                named = ' class="trang-tri"' if node.is_decorative else ""
                self._write(f'<img alt="{alt}"{named} src="{source}"{_title(node.title)} />')
            case tree.Code():
                self._write(f"<code>{escape(node.text)}</code>")
            case tree.FigureReference():
                self._reference(node.source, explain)
            case tree.RawHtml():
                self._write(node.html)

    def _text(self, text: str, explain: bool) -> None:
        text = escape(text)
        self._write(self._terms.mark(text, self._explained) if explain else text)

    def _address(self, target: str) -> str:
        address = self._address_of(target)
        if _UNSAFE.search(address):
            address = quote(address, safe=_SAFE)
        return escape_attribute(address)

    def _reference(self, source: str, explain: bool) -> None:
        """Render a figure; an unresolved reference stays text, which a later check reports."""
        try:
            figure, reference = find_figure(source, self._statistics)
        except UnknownFigureError:
            self._write("{{" + escape(source) + "}}")
            return
        self._write(f'<span class="figure"><data value="{figure.machine_value}">')
        self._text(figure.number, explain)
        self._write("</data> ")
        self._write(_note(figure, reference.number_only, self._address(link_of(figure))))
        # A figure may become stale after the build: the browser shows the warning then.
        hidden = "" if figure.is_old else ' hidden="hidden"'
        self._write(
            f'<span data-stale-after="{figure.stale_after.isoformat()}">'
            f'<span class="stale-note"{hidden}> Số liệu đã cũ.</span></span></span>'
        )


def _title(title: str) -> str:
    return f' title="{escape_attribute(title)}"' if title else ""


def _note(figure: Figure, number_only: bool, address: str) -> str:
    """Return the link to a figure's row, with date and scope as text or as title."""
    opening = f'<a class="figure-note" href="{address}"'
    note = escape_attribute(figure.note)
    if number_only:
        return f'{opening} aria-label="Số liệu {note}" title="{note}">ⓘ</a>'
    day = figure.observation.as_of
    time = f'<time datetime="{day.isoformat()}">{format_day(day)}</time>'
    return f"{opening}>({note.replace(format_day(day), time, 1)})</a>"


def _with_signs(blocks: Sequence[tree.Block]) -> tuple[tree.Block, ...]:
    """Return lists with the sign of each "sign → remedy" item in an element of its own."""
    return tuple(
        block._replace(children=tuple(map(_with_sign, block.children)))
        if isinstance(block, tree.List)
        else block
        for block in blocks
    )


def _with_sign(item: tree.Group) -> tree.Group:
    match item.children:
        case (tree.Words(children=(tree.Text(text, start), *rest)) as words, *others) if (
            ARROW in text
        ):
            sign, arrow, remedy = text.partition(ARROW)
            mark = tree.RawHtml(f'<strong class="sign">{escape(sign)}</strong>', False, start)
            marked = words._replace(children=(mark, tree.Text(arrow + remedy, start), *rest))
            return item._replace(children=(marked, *others))
    return item
