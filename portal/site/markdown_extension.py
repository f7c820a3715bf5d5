"""Our parser and writer as a Markdown extension that replaces `md.convert`."""

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
    """Converts pages with our parser, with these figures and terms.

    `parsed` returns the tree of a source that is already parsed, or None.
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
        """Replace `convert` of this instance."""

        def convert(source: str) -> str:
            document = self._parsed(source) or parse(source)
            _tell_contents(md, document)
            writer = HtmlWriter(self._statistics, self._terms, _resolver_of(md))
            return writer.write(document)

        md.convert = convert  # type: ignore[method-assign]


def _tell_contents(md: Any, document: Document) -> None:  # noqa: ANN401 - MkDocs adds to it
    """Give MkDocs the table of contents, the anchors for link validation, and the title."""
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
    """Return the tree processor that MkDocs or ProperDocs has registered, None without them."""
    names = (f"{generator}_{name}" for generator in ("mkdocs", "properdocs"))
    return next((registry[each] for each in names if each in registry), None)


def _resolver_of(md: Markdown) -> Callable[[str], str]:
    """Return MkDocs' own link resolver, which also warns of broken links."""
    if "relpath" not in md.treeprocessors:
        return str
    resolve: Callable[[str], str] = md.treeprocessors["relpath"].path_to_url  # type: ignore[attr-defined]
    return resolve
