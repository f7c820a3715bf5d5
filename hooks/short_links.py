"""Writes pages that only lead elsewhere, and gives guides and stories their share bar."""

from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

from portal.library import Library, PageKind
from portal.qr import qr_svg
from portal.redirects import redirect_page, writable_redirects
from portal.sharing import share_link


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add redirects and QR codes."""
    library: Library = config.extra["library"]
    titles = {page.url: page.title for page in library.pages}
    for redirect in writable_redirects(library):
        title = titles.get(redirect.new, config.site_name)
        html = redirect_page(redirect, config.extra["site"].url, title)
        files.append(File.generated(config, f"{redirect.old}index.html", content=html))
    for page in (*library.guides, *library.stories):
        link = share_link(page, config.extra["site"])
        files.append(File.generated(config, link.qr, content=qr_svg(link.url, page.title)))
    return files


def on_page_context(
    context: dict[str, Any], page: Page, config: MkDocsConfig, **_: object
) -> dict[str, Any]:
    """Add `share` to guides and stories."""
    source = context["source"]
    if source and source.kind is not PageKind.PAGE:
        context["share"] = share_link(source, config.extra["site"])
    return context
