"""Gives templates what a page tells machines: Open Graph, canonical address, JSON-LD."""

from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.pages import Page

from portal.site.sharing import describe, shared_page


def on_page_context(
    context: dict[str, Any], page: Page, config: MkDocsConfig, **_: object
) -> dict[str, Any]:
    """Add `metadata`, with the card if there is one: a draft has none."""
    uri = page.file.src_uri
    shared = shared_page(uri, page.url, page.meta, config.extra["library"])
    card = config.extra.get("cards", {}).get(uri, "")
    context["metadata"] = describe(shared, config.extra["site"], card)
    return context
