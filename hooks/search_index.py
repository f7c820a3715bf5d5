"""Writes the search index from the rendered pages, and refuses one that does not fit them."""

from collections.abc import Mapping
from pathlib import Path

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files

from portal.alphabet import by_letter
from portal.library import Library, PageKind
from portal.search import SearchPage, write_index
from portal.search_agreement import find_disagreements
from portal.search_help import search_help
from portal.search_text import article_of, read_sections


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> Environment:
    """Give the page "A–Z" its list, and keep the pages for the end of the build."""
    env.globals["alphabet"] = by_letter(config.extra["library"].pages)
    config.extra["search_files"] = [file for file in files.documentation_pages() if file.page]
    return env


def on_post_build(config: MkDocsConfig) -> None:
    """Write the index into the staged site; nothing is published when it disagrees with a page.

    Pages are read here, not as each is written: that may happen in another process.
    """
    site, library = Path(config.site_dir), config.extra["library"]
    pages = [_search_page(file, site, library) for file in config.extra["search_files"]]
    _write(site, write_index(pages, search_help(library)))
    if found := find_disagreements(site, pages):
        raise PluginError("Mục lục tìm kiếm không khớp với trang:\n" + "\n".join(found))


def _write(site: Path, files: Mapping[str, bytes]) -> None:
    for folder in {path.rpartition("/")[0] for path in files}:
        (site / folder).mkdir(parents=True, exist_ok=True)
    for path, content in files.items():
        with open(f"{site}/{path}", "wb") as stream:  # noqa: PTH123 - a Path costs as much as writing
            stream.write(content)


def _search_page(file: File, site: Path, library: Library) -> SearchPage:
    """Return what is to be found on a page; one that its template fills is read as written."""
    page, source = file.page, library.by_uri.get(file.src_uri)
    assert page is not None
    html = page.content or article_of((site / file.dest_uri).read_text(encoding="utf-8"))
    page.content = ""  # nobody asks for it any more; of many pages it takes as much as the index
    sections = read_sections(html, str(page.meta.get("description") or ""))
    tags = tuple(map(str, page.meta.get("tags") or ()))
    kind = source.kind if source else PageKind.PAGE
    return SearchPage(page.url, str(page.title), sections, kind.value, tags)
