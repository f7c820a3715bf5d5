"""Writes the search index from the rendered pages, and refuses one that does not fit them."""

from collections.abc import Iterator
from pathlib import Path

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

from engine.shared_build import build_of
from portal.library.library import Library, PageKind
from portal.search.agreement import find_missing, find_unindexed, read_written
from portal.search.help import search_help
from portal.search.index import SearchPage, write_index
from portal.search.page_text import article_of, read_sections
from portal.site.alphabet import by_letter


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> Environment:
    """Give the page "A–Z" its list, and keep the pages for the end of the build."""
    env.globals["alphabet"] = by_letter(build_of(config).library.pages)
    build_of(config).search_pages = [file.page for file in files.documentation_pages() if file.page]
    return env


def on_post_build(config: MkDocsConfig) -> None:
    """Write the index into the staged site; nothing is published when it disagrees with a page.

    Pages are read here, not as each is written: that may happen in another process.
    """
    site, library = Path(config.site_dir), build_of(config).library
    pages = build_of(config).search_pages
    found = list[str]()

    def read() -> Iterator[SearchPage]:
        for page in pages:
            row, missing = _read(page, site, library)
            found.extend(missing)
            yield row

    write_index(site, read(), search_help(library))
    found += find_unindexed(site, [page.url for page in pages])
    if found:
        raise PluginError("Mục lục tìm kiếm không khớp với trang:\n" + "\n".join(found))


def _read(page: Page, site: Path, library: Library) -> tuple[SearchPage, list[str]]:
    """Return what is to be found on a page; one that its template fills is read as written."""
    source, written = library.by_uri.get(page.file.src_uri), read_written(site, page.url)
    html = page.content or article_of((written or b"").decode())
    page.content = ""  # nobody asks for it any more; of many pages it takes as much as the index
    lead = "\n".join(str(page.meta.get(name) or "") for name in ("description", "audience"))
    sections = read_sections(html)
    tags = tuple(map(str, page.meta.get("tags") or ()))
    kind = source.kind if source else PageKind.PAGE
    found = SearchPage(page.url, str(page.title), sections, kind.value, tags, lead.strip())
    return found, find_missing(found, written)
