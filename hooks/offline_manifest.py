"""Writes the service worker, the files it caches whole, and the sizes of pages."""

from functools import partial
from pathlib import Path

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import event_priority
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

from engine.shared_build import build_of
from portal.library.published_addresses import writable_redirects
from portal.site.offline import (
    BuiltSite,
    page_sizes,
    picture_bytes,
    service_worker,
    tell_page_size,
    write_offline_files,
)
from portal.site.scripts import plain_script
from portal.system.precompression import COPIES, compressed_size


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> Environment:
    """Collect the paths of pages."""
    build_of(config).page_files = [file.dest_uri for file in files.documentation_pages()]
    return env


@event_priority(-95)  # after the security policy, when the page's size is final
def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    """Insert a guide's download size."""
    source = build_of(config).library.by_uri.get(page.file.src_uri)
    return tell_page_size(output, source, build_of(config).pictures) if source else output


@event_priority(-50)  # every page is written; copies are compressed after this
def on_post_build(config: MkDocsConfig) -> None:
    """Write the offline files, sw.js and offline-pages.json; a preview has no offline copy."""
    build = build_of(config)
    if build.settings["preview"]:
        return
    library, folder = build.library, Path(config.site_dir)
    urls = tuple(path.removesuffix("index.html") for path in build.page_files)
    copies = Path(config.config_file_path).parent / COPIES
    measure = partial(compressed_size, cache=copies, quality=int(build.settings["brotli_quality"]))
    site = BuiltSite(folder, urls, build.versioned_folder, measure)
    shell = write_offline_files(site, [topic.id for topic in library.topics])
    assets = Path(config.theme.custom_dir or "theme", "assets")
    modules = (assets / name for name in ("js/kept-pages.js", "js/bundles.js", "sw.js"))
    source = plain_script(*(file.read_text(encoding="utf-8") for file in modules))
    worker = service_worker(source, shell, writable_redirects(library))
    (folder / "sw.js").write_text(worker, encoding="utf-8")
    sizes = page_sizes(folder, build.page_files, picture_bytes(library, build.pictures))
    (folder / "offline-pages.json").write_text(sizes, encoding="utf-8")
