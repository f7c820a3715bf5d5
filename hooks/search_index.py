"""Writes the search index from the rendered pages, and verifies it."""

from collections.abc import Iterator
from pathlib import Path

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

from engine.shared_build import build_of
from portal.library.library import Library, url_of
from portal.library.page_kinds import BRIEF, PAGE
from portal.search.agreement import find_missing, find_unindexed, read_written
from portal.search.help import search_help
from portal.search.index import IndexedSection, SearchPage, write_index
from portal.search.page_text import article_of, indexed_sections
from portal.site.alphabet import pages_by_letter


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> Environment:
    """Give the page "A–Z" its list, and collect the pages for the end of the build."""
    env.globals["alphabet"] = pages_by_letter(build_of(config).library.pages)
    made = build_of(config).library.generated_pages
    unfound = {uri for uri, page in made.items() if not page.is_found}
    pages = [file.page for file in files.documentation_pages() if file.page]
    build_of(config).search_pages = [page for page in pages if page.file.src_uri not in unfound]
    return env


def on_post_build(config: MkDocsConfig) -> None:
    """Write the index into the staged site; a mismatch with a page stops the build.

    Pages are read here, since another process may have written them.
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
    left_out = [url_of(page.uri) for page in library.generated_pages.values() if not page.is_found]
    found += find_unindexed(site, [*(page.url for page in pages), *left_out])
    if found:
        raise PluginError("Mục lục tìm kiếm không khớp với trang:\n" + "\n".join(found))


def _read(page: Page, site: Path, library: Library) -> tuple[SearchPage, list[str]]:
    """Return a page's index entry; the HTML of a generated page is read from its file."""
    source, written = library.by_uri.get(page.file.src_uri), read_written(site, page.url)
    html = page.content or article_of((written or b"").decode())
    page.content = ""  # unused from here on; frees as much memory as the index takes
    lead, audience = (str(page.meta.get(name) or "") for name in ("description", "audience"))
    tags = tuple(map(str, page.meta.get("tags") or ()))
    made = library.generated_pages.get(page.file.src_uri)
    is_brief = bool(made and made.is_brief)
    sections = (IndexedSection("", "", ""),) if is_brief else indexed_sections(html, audience)
    kind = source.kind if source else BRIEF if is_brief else PAGE
    found = SearchPage(page.url, str(page.title), sections, kind, tags, lead)
    return found, find_missing(found, written)
