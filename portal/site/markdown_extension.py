"""The tree as an ordinary Markdown extension: MkDocs and ProperDocs call `md.convert` as ever."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from markdown import Markdown
from markdown.extensions import Extension
from markdown.extensions.toc import nest_toc_tokens
from markdown.util import Registry

from portal.document.parser import parse
from portal.document.tree import Document, Heading, RawHtml
from portal.library.statistics import Statistics
from portal.library.terms import TermIndex
from portal.site.page_body import HtmlWriter


class DocumentExtension(Extension):
    """Converts pages by their tree, and shows these figures and explains these terms on them.

    `parsed` returns the tree of a source that was parsed already, or None.
    """

    def __init__(
        self,
        statistics: Statistics,
        terms: TermIndex,
        parsed: Callable[[str], Document | None] = lambda _: None,
    ) -> None:
        super().__init__()
        self._statistics, self._terms, self._parsed = statistics, terms, parsed

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the name is Markdown's
        """Replace the conversion of this instance."""

        def convert(source: str) -> str:
            document = self._parsed(source) or parse(source)
            _tell_contents(md, document)
            writer = HtmlWriter(self._statistics, self._terms, _resolver_of(md))
            return writer.write(document)

        md.convert = convert  # type: ignore[method-assign]


def _tell_contents(md: Any, document: Document) -> None:  # noqa: ANN401 - MkDocs adds to it
    """Tell MkDocs the table of contents, the anchors that links may name, and the title."""
    headings = [node for node in document.walk() if isinstance(node, Heading)]
    tokens: list[Any] = [{"level": h.level, "id": h.anchor, "name": h.name} for h in headings]
    md.toc_tokens = nest_toc_tokens(tokens)
    if anchors := _processor(md.treeprocessors, "extract_anchors"):
        anchors.present_anchor_ids |= {each.anchor for each in headings}
    raw_html = _processor(md.preprocessors, "raw_html")
    if raw_html and any(isinstance(block, RawHtml) for block in document.blocks):
        raw_html.run(document.source.split("\n"))
    title = _processor(md.treeprocessors, "extract_title")
    match document.blocks:
        case (Heading(level=1, name=name), *_) if title:
            title.title = name


def _processor(registry: Registry[Any], name: str) -> Any:  # noqa: ANN401 - of either generator
    """Return the processor that MkDocs or ProperDocs has registered, None without them."""
    names = (f"{generator}_{name}" for generator in ("mkdocs", "properdocs"))
    return next((registry[each] for each in names if each in registry), None)


def _resolver_of(md: Markdown) -> Callable[[str], str]:
    """Return MkDocs' own resolver of links, which also warns of those that lead nowhere."""
    if "relpath" not in md.treeprocessors:
        return str
    resolve: Callable[[str], str] = md.treeprocessors["relpath"].path_to_url  # type: ignore[attr-defined]
    return resolve
