"""Writes redirect pages and copies of files under their old names; gives pages their share bar."""

from typing import Any

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import event_priority
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

from engine.derived_files import add_derived_files
from engine.shared_build import build_of
from portal.drawn.qr import QrPicture, qr_key, qr_svg
from portal.library.published_addresses import copied_files, list_addresses, writable_redirects
from portal.site.feeds import feed_items
from portal.site.metadata import PageMetadata
from portal.site.redirects import redirect_page
from portal.site.shared_links import links_to_share
from portal.site.sharing import describe


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the QR codes; set `news` and `share_links`."""
    build = build_of(config)
    build.news = feed_items(build.library, build.site)
    build.share_links = links = links_to_share(build.library, build.site, build.news)
    pictures = {link.qr: QrPicture(link.url, link.spoken_url) for link in links.values()}
    add_derived_files(files, config, "qr", pictures, qr_key, qr_svg)
    return files


@event_priority(-50)  # after the cards and feeds: a redirect has its target's card
def on_env(env: Environment, config: MkDocsConfig, files: Files) -> Environment:
    """Add the redirects, the copies, and the list of addresses for the error page."""
    build = build_of(config)
    site, shared = build.site, build.shared_pages.items()
    targets = {page.url: describe(page, site, build.cards[uri]) for uri, page in shared}
    for redirect in writable_redirects(build.library):
        unknown = PageMetadata(site.name, site.name, site.description, site.url + redirect.new)
        html = redirect_page(redirect, targets.get(redirect.new, unknown))
        files.append(File.generated(config, f"{redirect.old}index.html", content=html))
    for old, new in copied_files(build.library).items():
        if file := files.get_file_from_path(new):  # a preview has no booklets
            files.append(File.generated(config, old, content=file.content_bytes))
    env.globals["news"] = build.news
    addresses = list_addresses(build.library)
    files.append(File.generated(config, "addresses.json", content=addresses))
    return env


def on_page_context(
    context: dict[str, Any], page: Page, config: MkDocsConfig, **_: object
) -> dict[str, Any]:
    """Add `share` to every page with a share link."""
    context["share"] = build_of(config).share_links.get(page.file.src_uri)
    return context
