"""Gives every page a card: the picture that Zalo shows for its link."""

from pathlib import Path

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files

from portal.cache import Cache, CacheError
from portal.cards import card_key, draw_card
from portal.derived_files import derive_files
from portal.library import Library
from portal.sharing import card_content, card_path, shared_page


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> Environment:
    """Add the cards; keep `shared_pages` and the paths of their `cards` by source."""
    library: Library = config.extra["library"]
    pages = [file.page for file in files.documentation_pages() if file.page]
    shared = {
        page.file.src_uri: shared_page(page.file.src_uri, page.url, page.meta, library)
        for page in pages
    }
    contents = {
        uri: card_content(page, config.extra["site"], library.statistics)
        for uri, page in shared.items()
    }
    cards = {uri: card_path(shared[uri], card_key(content)) for uri, content in contents.items()}
    config.extra |= {"shared_pages": shared, "cards": cards}
    cache = Cache(Path(config.config_file_path).parent / ".cache/cards")
    by_path = {cards[uri]: content for uri, content in contents.items()}
    try:
        derived = derive_files(cache, by_path, card_key, draw_card)
    except CacheError as error:
        raise PluginError(str(error)) from error
    for path, file in derived.items():
        files.append(File.generated(config, path, abs_src_path=str(file)))
    return env
