"""Writes pages that only lead elsewhere, and gives guides and stories their share bar."""

from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

from portal.cache import Cache, CacheError
from portal.derived_files import derive_files
from portal.library import Library, PageKind
from portal.qr import QrPicture, qr_key, qr_svg
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
    for path, file in _qr_codes(library, config).items():
        files.append(File.generated(config, path, abs_src_path=str(file)))
    return files


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
