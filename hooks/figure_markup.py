"""Logs stale figures, and rejects pages with unresolved references."""

import re

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import get_plugin_logger
from mkdocs.structure.pages import Page

from engine.shared_build import build_of

log = get_plugin_logger("portal")
CODE = re.compile(r"<(code|pre|script)\b.*?</\1>", re.DOTALL)
REFERENCE = re.compile(r"\{\{[^<]{0,60}")


def on_pre_build(config: MkDocsConfig) -> None:
    """Log the stale figures; readers see a note on the page."""
    library = build_of(config).library
    if stale := [figure.indicator.id for figure in library.statistics.stale(library.today)]:
        log.info("%d con số đã cũ, trang tự ghi chú: %s", len(stale), ", ".join(stale))


def on_post_page(output: str, page: Page, **_: object) -> str:
    """Raise for a page with an unresolved reference."""
    _refuse_references(output, f"docs/{page.file.src_uri}")
    return output


def on_post_template(output_content: str, template_name: str, **_: object) -> str:
    """Raise for the same in templates such as 404.html."""
    _refuse_references(output_content, f"theme/{template_name}")
    return output_content


def _refuse_references(html: str, path: str) -> None:
    # Searching backwards skips CSS, full of single braces: a third of the time of `in`.
    if html.rfind("{{") >= 0 and (left := REFERENCE.search(CODE.sub("", html))):
        message = f"{path}: còn '{left[0].strip()}' chưa được thay bằng số liệu"
        raise PluginError(f"{message}\n    Cách sửa: đặt số liệu ngoài thẻ HTML, viết đúng mã")
