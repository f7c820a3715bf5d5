"""Writes the icons that a page uses into it, once each."""

from pathlib import Path

import material
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.pages import Page

from portal.symbols import icon_reader, inline_icons

ICONS = Path(material.__file__).parent / "templates/.icons"


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Start with no icon read: a template may name new ones while `serve` runs."""
    config.extra["read_symbol"] = icon_reader(ICONS)
    return config


def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    """Add the symbols, or name the icon that Material does not have."""
    try:
        return inline_icons(output, config.extra["read_symbol"])
    except FileNotFoundError as error:
        raise PluginError(f"{page.file.src_uri}: không có biểu tượng {error.filename}") from error
