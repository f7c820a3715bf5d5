"""Shows editors each card as in Zalo, at /_share-check/, only under `serve`."""

from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page

from engine.shared_build import build_of
from portal.site.sharing import describe, gaps_of

PREVIEW = "_share-check.md"
FRONT_MATTER = "---\ntitle: Xem trước khi chia sẻ\ntemplate: share-check.html\n---\n"


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the page."""
    inclusion = InclusionLevel.DRAFT
    files.append(File.generated(config, PREVIEW, content=FRONT_MATTER, inclusion=inclusion))
    return files


def on_page_context(
    context: dict[str, Any], page: Page, config: MkDocsConfig, **_: object
) -> dict[str, Any]:
    """Add `previews`: each page's metadata, the path of its card, and what is missing."""
    if page.file.src_uri == PREVIEW:
        site, cards = build_of(config).site, build_of(config).cards
        context["previews"] = [
            (describe(shared, site, cards[uri]), cards[uri], list(gaps_of(shared)))
            for uri, shared in build_of(config).shared_pages.items()
        ]
    return context
