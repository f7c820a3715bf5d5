"""Inlines the icons that a page uses."""

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.pages import Page

from engine.shared_build import build_of
from portal.site.symbols import icon_reader, inline_icons
from portal.system.bundled_icons import icon_folder


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Start with an empty icon cache, since files may change while `serve` runs."""
    build_of(config).read_symbol = icon_reader(icon_folder())
    return config


def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    """Inline the icons of a page."""
    return _draw(output, page.file.src_uri, config)


def on_post_template(output_content: str, template_name: str, config: MkDocsConfig) -> str:
    """Inline the icons of 404.html; other templates are not pages."""
    is_page = template_name == "404.html"
    return _draw(output_content, template_name, config) if is_page else output_content


def _draw(html: str, name: str, config: MkDocsConfig) -> str:
    try:
        return inline_icons(html, build_of(config).read_symbol)
    except FileNotFoundError as error:
        raise PluginError(f"{name}: không có biểu tượng {error.filename}") from error
