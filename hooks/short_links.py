"""Writes pages that only lead elsewhere, and gives pages worth sending their share bar."""

from typing import Any

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import event_priority
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

from engine.derived_files import add_derived_files
from portal.drawn.qr import QrPicture, qr_key, qr_svg
from portal.library.library import Library
from portal.library.published_addresses import list_addresses, writable_redirects
from portal.site.feeds import feed_items
from portal.site.metadata import PageMetadata
from portal.site.redirects import redirect_page
from portal.site.shared_links import links_to_share
from portal.site.sharing import describe


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the QR codes; keep their files for paper, and the `news` and `share_links` for pages."""
    library: Library = config.extra["library"]
    site = config.extra["site"]
    config.extra["news"] = feed_items(library, site)
    config.extra["share_links"] = links = links_to_share(library, site, config.extra["news"])
    pictures = {link.qr: QrPicture(link.url, link.spoken_url) for link in links.values()}
    config.extra["qr_files"] = add_derived_files(files, config, "qr", pictures, qr_key, qr_svg)
    return files


@event_priority(-50)  # the cards are known: a redirect shows that of its target
def on_env(env: Environment, config: MkDocsConfig, files: Files) -> Environment:
    """Add the redirects, and the list of addresses for who comes by a wrong one."""
    site, cards, shared = (config.extra[name] for name in ("site", "cards", "shared_pages"))
    targets = {page.url: describe(page, site, cards[uri]) for uri, page in shared.items()}
    for redirect in writable_redirects(config.extra["library"]):
        unknown = PageMetadata(site.name, site.name, site.description, site.url + redirect.new)
        html = redirect_page(redirect, targets.get(redirect.new, unknown))
        files.append(File.generated(config, f"{redirect.old}index.html", content=html))
    env.globals["news"] = config.extra["news"]
    addresses = list_addresses(config.extra["library"])
    files.append(File.generated(config, "addresses.json", content=addresses))
    return env


def on_page_context(
    context: dict[str, Any], page: Page, config: MkDocsConfig, **_: object
) -> dict[str, Any]:
    """Add `share` to every page worth sending."""
    context["share"] = config.extra["share_links"].get(page.file.src_uri)
    return context
