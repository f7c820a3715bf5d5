"""Publishes handouts, booklets, evening sheets, texts for loudspeakers, posters, what changed."""

from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

from engine.derived_files import add_derived_files
from engine.shared_build import build_of
from portal.drawn.paper.compiler import DrawingError, Sheet, draw_sheet, sheet_key
from portal.drawn.paper.sources import (
    announcement_sheets_of,
    booklets_of,
    evening_sheets_of,
    handouts_of,
    posters_of,
    stamp_cards_of,
    story_form_of,
)
from portal.library.page_kinds import GUIDE
from portal.library.published_addresses import (
    booklet_path,
    handout_path,
    stamp_cards_path,
    story_form_path,
)
from portal.site.sheet_answers import sheet_answers


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the PDF files, drawn by spawned processes (see `portal.drawn.paper.compiler`)."""
    library = build_of(config).library
    site = build_of(config).site
    pictures = {uri: each.middle.file for uri, each in build_of(config).pictures.items()}
    handouts = handouts_of(library, site, pictures)
    # A preview has no booklets, which would be drawn again after each edit.
    is_live = build_of(config).live_problems
    booklets = {} if is_live else booklets_of(library, site, handouts)
    build_of(config).booklets = frozenset(booklets)
    # Longest first, so that all processes finish together.
    posters = posters_of(library, site, build_of(config).settings["home_urgent"])
    evenings = evening_sheets_of(library, site)
    announcements = announcement_sheets_of(library, site)
    sheets: dict[str, Sheet] = {
        **booklets, **evenings, **handouts, **posters, **announcements,
    }  # fmt: skip
    sheets[story_form_path()] = story_form_of(library, site)
    if library.learning_paths:
        sheets[stamp_cards_path()] = stamp_cards_of(library, site)
    try:
        add_derived_files(files, config, "paper", sheets, sheet_key, draw_sheet, pool_from=1)
    except DrawingError as error:
        raise PluginError(str(error)) from error
    for path, answers in sheet_answers(library).items():
        files.append(File.generated(config, path, content=answers))
    return files


def on_page_context(
    context: dict[str, Any], page: Page, config: MkDocsConfig, **_: object
) -> dict[str, Any]:
    """Add `handout` to a guide and `booklet` to the page of a topic that has one."""
    source, topic = context["source"], context["topic"]
    if source and source.kind is GUIDE:
        context["handout"] = handout_path(source)
    elif topic and booklet_path(topic) in build_of(config).booklets:
        context["booklet"] = booklet_path(topic)
    return context
