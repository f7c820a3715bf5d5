"""Checks all content before MkDocs renders anything."""

from html import escape

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import get_plugin_logger
from mkdocs.structure.pages import Page

from engine.shared_build import build_of
from portal.checks import check_library
from portal.checks.raw_html import check_rendered
from portal.source.problems import advice, as_text, errors

log = get_plugin_logger("portal")


def on_pre_build(config: MkDocsConfig) -> None:
    """Stop with every error at once; show advice without counting it as a warning."""
    if build_of(config).live_problems:  # `serve` shows problems in the page
        return
    problems = check_library(build_of(config).library)
    if hints := advice(problems):
        log.info("%d gợi ý cho người viết, xem bằng: make check", len(hints))
    if found := errors(problems):
        raise PluginError(f"{len(found)} lỗi trong nội dung\n\n{as_text(found)}\n")


def on_page_content(html: str, page: Page, config: MkDocsConfig, **_: object) -> str:
    """Raise for unsafe rendered HTML that the checks of the source have missed."""
    written = build_of(config).library.by_uri.get(page.file.src_uri)
    problem = written and check_rendered(html, written)
    if not problem:
        return html
    if not build_of(config).live_problems:
        raise PluginError(str(problem))
    log.warning("%s", problem)
    return f"<pre>{escape(str(problem))}</pre>"
