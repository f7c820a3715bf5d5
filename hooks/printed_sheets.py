"""Makes handouts, booklets of topics, sheets of evenings, posters, and the form for stories."""

from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

from engine.derived_files import add_derived_files
from engine.shared_build import build_of
from portal.drawn.paper.compiler import DrawingError, Sheet, draw_sheet, sheet_key
from portal.drawn.paper.sources import (
    booklets_of,
    evening_sheets_of,
    handouts_of,
    posters_of,
    story_form_of,
)
from portal.library.library import PageKind
from portal.library.published_addresses import booklet_path, handout_path, story_form_path


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the PDF files; always drawn by spawned processes, see `portal.drawn.paper.compiler`."""
    library = build_of(config).library
    site, qr_files = build_of(config).site, build_of(config).qr_files
    pictures = {uri: each.middle.file for uri, each in build_of(config).pictures.items()}
    handouts = handouts_of(library, site, pictures, qr_files)
    # A writer waits for the page in hand, not for the whole topic on paper.
    is_live = build_of(config).live_problems
    booklets = {} if is_live else booklets_of(library, site, handouts)
    build_of(config).booklets = frozenset(booklets)
    # The longest first, so that all processes end together.
    posters = posters_of(library, site, build_of(config).settings["home_urgent"])
    evenings = evening_sheets_of(library, site)
    sheets: dict[str, Sheet] = {**booklets, **evenings, **handouts, **posters}
    sheets[story_form_path()] = story_form_of(library, site)
    try:
        add_derived_files(files, config, "paper", sheets, sheet_key, draw_sheet, pool_from=1)
    except DrawingError as error:
        raise PluginError(str(error)) from error
    return files


def on_page_context(
    context: dict[str, Any], page: Page, config: MkDocsConfig, **_: object
) -> dict[str, Any]:
    """Add `handout` to a guide and `booklet` to the page of a topic that has one."""
    source, topic = context["source"], context["topic"]
    if source and source.kind is PageKind.GUIDE:
        context["handout"] = handout_path(source)
    elif topic and booklet_path(topic) in build_of(config).booklets:
        context["booklet"] = booklet_path(topic)
    return context
