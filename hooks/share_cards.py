"""Publishes a share card for every page."""

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files

from engine.derived_files import add_derived_files
from engine.shared_build import build_of
from portal.drawn.cards import card_key, draw_card
from portal.site.sharing import card_content, card_path, shared_page


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> Environment:
    """Add the cards; set `shared_pages` and `cards`, by path within docs/."""
    library = build_of(config).library
    pages = [file.page for file in files.documentation_pages() if file.page]
    shared = {
        page.file.src_uri: shared_page(page.file.src_uri, page.url, page.meta, library)
        for page in pages
    }
    contents = {
        uri: card_content(page, build_of(config).site, library.statistics)
        for uri, page in shared.items()
        if not page.canonical
    }
    cards = {uri: card_path(shared[uri], card_key(content)) for uri, content in contents.items()}
    cards |= {
        uri: cards.get(page.canonical.uri, "") for uri, page in shared.items() if page.canonical
    }
    build_of(config).shared_pages, build_of(config).cards = shared, cards
    by_path = {cards[uri]: content for uri, content in contents.items()}
    add_derived_files(files, config, "cards", by_path, card_key, draw_card)
    return env
