"""Checks all content before MkDocs renders or deletes anything."""

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import get_plugin_logger
from mkdocs.structure.pages import Page

from portal.checks import check_library
from portal.checks.markup import find_unsafe_html
from portal.problems import advice, as_text, errors

log = get_plugin_logger("portal")


def on_pre_build(config: MkDocsConfig) -> None:
    """Stop with every error at once; show advice without counting it as a warning."""
    if "live_problems" in config.extra:  # `serve` shows them in the page
        return
    problems = check_library(config.extra["library"])
    if hints := advice(problems):
        log.info("%d gợi ý cho người viết, xem bằng: make check", len(hints))
    if found := errors(problems):
        raise PluginError(f"{len(found)} lỗi trong nội dung\n\n{as_text(found)}\n")


def on_page_content(html: str, page: Page, **_: object) -> str:
    """Refuse rendered content that could run, should a check of the source have missed it."""
    unsafe = None if page.file.generated_by else find_unsafe_html(html)
    if unsafe:
        raise PluginError(f"docs/{page.file.src_uri}: nội dung có mã chạy được: {unsafe}")
    return html
