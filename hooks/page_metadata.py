"""Gives templates a page's metadata: Open Graph, canonical address, JSON-LD."""

from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.pages import Page

from engine.shared_build import build_of
from portal.site.sharing import describe, shared_page


def on_page_context(
    context: dict[str, Any], page: Page, config: MkDocsConfig, **_: object
) -> dict[str, Any]:
    """Add `metadata`, with the card if there is one: a draft has none."""
    uri = page.file.src_uri
    shared = shared_page(uri, page.url, page.meta, build_of(config).library)
    card = build_of(config).cards.get(uri, "")
    context["metadata"] = describe(shared, build_of(config).site, card)
    return context
