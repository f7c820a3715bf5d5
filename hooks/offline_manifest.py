"""Writes the service worker with the list of what it keeps, and the sizes of pages."""

from pathlib import Path

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import event_priority
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

from engine.shared_build import build_of
from portal.library.published_addresses import writable_redirects
from portal.site.offline import page_sizes, picture_bytes, service_worker, shell_of, tell_page_size
from portal.site.scripts import plain_script


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> Environment:
    """Note where pages are written."""
    build_of(config).page_files = [file.dest_uri for file in files.documentation_pages()]
    return env


@event_priority(-95)  # the policy is in: nothing makes the page longer after this
def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    """Tell readers of a guide what saving it takes."""
    source = build_of(config).library.by_uri.get(page.file.src_uri)
    return tell_page_size(output, source, build_of(config).pictures) if source else output


@event_priority(-50)  # every page is written; copies are compressed after this
def on_post_build(config: MkDocsConfig) -> None:
    """Write sw.js and offline-pages.json to the root; a preview shall keep nothing."""
    if build_of(config).settings["preview"]:
        return
    library = build_of(config).library
    site = Path(config.site_dir)
    shell = shell_of(
        site, [topic.id for topic in library.topics], build_of(config).versioned_folder
    )
    assets = Path(config.theme.custom_dir or "theme", "assets")
    shared, own = (
        (assets / name).read_text(encoding="utf-8") for name in ("js/kept-pages.js", "sw.js")
    )
    (site / "sw.js").write_text(
        service_worker(plain_script(shared) + own, site, shell, writable_redirects(library)),
        encoding="utf-8",
    )
    files = build_of(config).page_files
    sizes = page_sizes(site, files, picture_bytes(library, build_of(config).pictures))
    (site / "offline-pages.json").write_text(sizes, encoding="utf-8")
