"""Makes each guide a page to print, and each topic a booklet of them."""

from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

from engine.derived_files import add_derived_files
from portal.handout_pdf import draw_booklet, draw_guide, handout_key
from portal.library import Library, PageKind
from portal.sharing import booklet_path, booklet_sources, handout_path, handout_sources


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the PDF files."""
    library: Library = config.extra["library"]
    singles = handout_sources(library, config.extra["site"])
    # A writer waits for the page in hand, not for the whole topic on paper.
    booklets = {} if "live_problems" in config.extra else booklet_sources(library, singles)
    config.extra["booklets"] = frozenset(booklets)
    add_derived_files(files, config, "handouts", singles, handout_key, draw_guide)
    add_derived_files(files, config, "handouts", booklets, handout_key, draw_booklet)
    return files


def on_page_context(
    context: dict[str, Any], page: Page, config: MkDocsConfig, **_: object
) -> dict[str, Any]:
    """Add `handout` to a guide and `booklet` to the page of a topic that has one."""
    source, topic = context["source"], context["topic"]
    if source and source.kind is PageKind.GUIDE:
        context["handout"] = handout_path(source)
    elif topic and booklet_path(topic) in config.extra["booklets"]:
        context["booklet"] = booklet_path(topic)
    return context
