"""Under `serve`, shows errors in the page and the terminal instead of stopping."""

from __future__ import annotations

from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import event_priority, get_plugin_logger
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

from engine.live_problems import is_served, set_drafts_aside
from engine.live_rebuild import LiveRebuild
from engine.shared_build import build_of
from portal.checks import check_library
from portal.source.problems import as_text, errors
from portal.system.files import printable

if TYPE_CHECKING:
    from mkdocs.livereload import LiveReloadServer  # slow to import, and for `serve` only

log = get_plugin_logger("portal")


@event_priority(95)  # after the library is read, before staging and everything that reads pages
def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Replace pages with errors by placeholders, so that other hooks get valid pages only."""
    if is_served(Path(config.site_dir)):
        library = build_of(config).library
        live = set_drafts_aside(library, check_library(library))
        build_of(config).library, build_of(config).live_problems = live.library, live
        if found := errors(live.problems):
            log.warning("%d lỗi trong nội dung\n\n%s\n", len(found), as_text(found))
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Render the placeholder of each draft instead of its file."""
    live = build_of(config).live_problems
    if live is None:
        return files
    refused = {problem.path for problem in errors(live.problems)}
    for each in list(files):
        path = PurePosixPath("docs", printable(each.src_uri))
        is_refused = not refused.isdisjoint(map(str, (path, *path.parents)))
        if is_refused and each.src_uri not in live.drafts:
            files.remove(each)  # not a page, and not to be published
    for uri in live.drafts:
        if file := files.get_file_from_path(uri):
            files.remove(file)
        files.append(File.generated(config, uri, content=live.library.by_uri[uri].source))
    return files


def on_page_context(
    context: dict[str, Any], page: Page, config: MkDocsConfig, **_: object
) -> dict[str, Any]:
    """Add the panel's content to the context."""
    live = build_of(config).live_problems
    if live:
        uri = page.file.src_uri
        context["live_problems"] = (live.panel(uri), live.drafts.get(uri))
    return context


@event_priority(-90)  # after all hooks that check the page
def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    """Add the panel, and a draft's text."""
    live = build_of(config).live_problems
    return live.annotate(output, page.file.src_uri) if live else output


def on_serve(server: LiveReloadServer, **_: object) -> LiveReloadServer:
    """Install the handling of failed rebuilds."""
    rebuild = LiveRebuild(server.builder, server.serve_request, "mkdocs")
    server.builder = rebuild.build
    server.set_app(rebuild.answer)
    return server
