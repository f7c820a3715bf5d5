"""Writes the search index from the rendered pages, and refuses one that does not fit them."""

from pathlib import Path

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.pages import Page

from portal.alphabet import by_letter
from portal.library import Library, PageKind
from portal.search import SearchPage, write_index
from portal.search_agreement import find_disagreements
from portal.search_help import search_help
from portal.search_text import article_of, read_sections


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Start this build without any page."""
    config.extra["search_pages"] = list[SearchPage]()
    return config


def on_env(env: Environment, config: MkDocsConfig, **_: object) -> Environment:
    """Give the page "A–Z" its list."""
    env.globals["alphabet"] = by_letter(config.extra["library"].pages)
    return env


def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    """Keep what is to be found on a page, as it is shown."""
    library: Library = config.extra["library"]
    source = library.by_uri.get(page.file.src_uri)
    html = page.content or article_of(output)
    sections = read_sections(html, str(page.meta.get("description") or ""))
    tags = tuple(map(str, page.meta.get("tags") or ()))
    kind = source.kind if source else PageKind.PAGE
    config.extra["search_pages"].append(
        SearchPage(page.url, str(page.title), sections, kind.value, tags)
    )
    return output


def on_post_build(config: MkDocsConfig) -> None:
    """Write the index into the staged site; nothing is published when it disagrees with a page."""
    site = Path(config.site_dir)
    pages: list[SearchPage] = config.extra["search_pages"]
    for path, content in write_index(pages, search_help(config.extra["library"])).items():
        file = site / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    if found := find_disagreements(site, pages):
        raise PluginError("Mục lục tìm kiếm không khớp với trang:\n" + "\n".join(found))
