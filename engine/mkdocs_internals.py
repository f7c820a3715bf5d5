"""Every place where the engine reaches into MkDocs 1.6.1; no other module names its private parts.

MkDocs renders one page after the other with two functions, `_populate_page` (Markdown to HTML) and
`_build_page` (template, file). Both are replaced by ones that ask the session of the build first,
and do what they always did when there is none. So `mkdocs build` and `mkdocs serve` stay the
commands, and a build without the hook is MkDocs as released.

A new MkDocs may have moved these parts: then `install` returns False and nothing is patched.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import markdown
import mkdocs
from jinja2 import Environment
from mkdocs.commands import build as build_module
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure import pages as page_module
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import get_toc

if TYPE_CHECKING:
    from engine.session import BuildSession

SUPPORTED = "1.6.1"

populate_page: Callable[..., None] = build_module._populate_page
build_page: Callable[..., None] = build_module._build_page
render_page: Callable[..., None] = Page.render


def install() -> bool:
    """Patch MkDocs, once; return False, without a change, for a version that is not known."""
    if mkdocs.__version__ != SUPPORTED:
        return False
    build_module._populate_page = _populate_page
    build_module._build_page = _build_page
    Page.render = _render  # type: ignore[method-assign,assignment] # what the module is for
    return True


def session_of(config: MkDocsConfig) -> BuildSession | None:
    """Return the session that the hook opened for this build, if any."""
    session: BuildSession | None = config.extra.get("build_session")
    return session


def _populate_page(page: Page, config: MkDocsConfig, files: Files, dirty: bool = False) -> None:
    session = session_of(config)
    if session is None or dirty or not session.populate(page, files):
        populate_page(page, config, files, dirty)


def _build_page(
    page: Page,
    config: MkDocsConfig,
    doc_files: Sequence[File],
    nav: Navigation,
    env: Environment,
    dirty: bool = False,
    excluded: bool = False,
) -> None:
    session = session_of(config)
    if session is None or dirty or excluded or not session.build(page, doc_files, nav, env):
        build_page(page, config, doc_files, nav, env, dirty, excluded)


def _render(page: Page, config: MkDocsConfig, files: Files) -> None:
    session = session_of(config)
    if session is None or page.markdown is None:
        render_page(page, config, files)
    else:
        session.renderer.render(page, files)


class PageRenderer:
    """Does what `Page.render` does, with one Markdown instance for all pages of a build.

    Making the instance costs a sixth of a page's rendering.
    """

    def __init__(self, config: MkDocsConfig) -> None:
        self._config = config
        self._markdown = markdown.Markdown(
            extensions=config["markdown_extensions"], extension_configs=config["mdx_configs"] or {}
        )

    def render(self, page: Page, files: Files) -> None:
        """Set content, toc, title and anchors of the page from its Markdown."""
        assert page.markdown is not None
        md = self._markdown.reset()
        # Registered anew under the same names: so they keep the places they have in MkDocs.
        raw_html = page_module._RawHTMLPreprocessor()
        anchors = page_module._ExtractAnchorsTreeprocessor(page.file, files, self._config)
        links = page_module._RelativePathTreeprocessor(page.file, files, self._config)
        title = page_module._ExtractTitleTreeprocessor()
        for processor in (raw_html, anchors, links, title):
            processor._register(md)
        page.content = md.convert(page.markdown)
        page.toc = get_toc(getattr(md, "toc_tokens", []))
        page._title_from_render = title.title
        page.present_anchor_ids = anchors.present_anchor_ids | raw_html.present_anchor_ids
        if page_module.log.getEffectiveLevel() > logging.DEBUG:
            page.links_to_anchors = links.links_to_anchors
