"""Writes pages that only lead elsewhere, and gives guides and stories their share bar."""

from pathlib import Path
from typing import Any

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import event_priority
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

from portal.cache import Cache, CacheError
from portal.derived_files import derive_files
from portal.library import Library, PageKind
from portal.metadata import PageMetadata
from portal.qr import QrPicture, qr_key, qr_svg
from portal.redirects import redirect_page, writable_redirects
from portal.sharing import describe, share_link


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the QR codes."""
    for path, file in _qr_codes(config.extra["library"], config).items():
        files.append(File.generated(config, path, abs_src_path=str(file)))
    return files


@event_priority(-50)  # the cards are known: a redirect shows that of its target
def on_env(env: Environment, config: MkDocsConfig, files: Files) -> Environment:
    """Add the redirects."""
    site, cards, shared = (config.extra[name] for name in ("site", "cards", "shared_pages"))
    targets = {page.url: describe(page, site, cards[uri]) for uri, page in shared.items()}
    for redirect in writable_redirects(config.extra["library"]):
        unknown = PageMetadata(site.name, site.name, site.description, site.url + redirect.new)
        html = redirect_page(redirect, targets.get(redirect.new, unknown))
        files.append(File.generated(config, f"{redirect.old}index.html", content=html))
    return env


def _qr_codes(library: Library, config: MkDocsConfig) -> dict[str, Path]:
    pictures = dict[str, QrPicture]()
    for page in (*library.guides, *library.stories):
        link = share_link(page, config.extra["site"])
        pictures[link.qr] = QrPicture(link.url, page.title)
    cache = Cache(Path(config.config_file_path).parent / ".cache/qr")
    try:
        return derive_files(cache, pictures, qr_key, qr_svg)
    except CacheError as error:
        raise PluginError(str(error)) from error


def on_page_context(
    context: dict[str, Any], page: Page, config: MkDocsConfig, **_: object
) -> dict[str, Any]:
    """Add `share` to guides and stories."""
    source = context["source"]
    if source and source.kind is not PageKind.PAGE:
        context["share"] = share_link(source, config.extra["site"])
    return context
