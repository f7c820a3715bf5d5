"""Gives templates what a page tells machines: Open Graph, canonical address, JSON-LD."""

from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.pages import Page

from portal.sharing import describe


def on_page_context(
    context: dict[str, Any], page: Page, config: MkDocsConfig, **_: object
) -> dict[str, Any]:
    """Add `metadata`; a draft, which only the preview shows, has none."""
    uri = page.file.src_uri
    if uri in config.extra["shared_pages"]:
        shared, card = config.extra["shared_pages"][uri], config.extra["cards"][uri]
        context["metadata"] = describe(shared, config.extra["site"], card)
    return context
