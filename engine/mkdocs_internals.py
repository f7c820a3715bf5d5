"""Every place where the engine reaches into MkDocs 1.6.1; no other module names its private parts.

MkDocs renders one page after the other with two functions, `_populate_page` (Markdown to HTML) and
`_build_page` (template, file). Both are replaced by ones that ask the session of the build first,
and do what they always did when there is none. `build` itself is kept from beginning when the site
that stands is what it would write. So `mkdocs build` and `mkdocs serve` stay the
commands, and a build without the hook is MkDocs as released.

A new MkDocs may have moved these parts: then `install` returns False and nothing is patched.
"""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import Element

import markdown
import mkdocs
from jinja2 import Environment
from markdown.serializers import to_xhtml_string as to_html
from mkdocs import utils
from mkdocs.commands import build as build_module
from mkdocs.commands.build import get_context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import BuildError
from mkdocs.structure import pages as page_module
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import get_toc

from engine.inline_skipping import skip_hopeless_patterns
from engine.page_sources import split_source, written_source
from engine.page_state import DeferredPart, PageState
from engine.plain_pages import plain_markdown_for
from engine.sealed_build import build_if_changed, build_whole
from engine.template_rendering import render
from portal.files import link_or_copy

if TYPE_CHECKING:
    from engine.session import BuildSession

SUPPORTED = "1.6.1"
_DERIVED = f"{os.sep}.cache{os.sep}"
_LOOK_EVERY = 0.5  # seconds, as MkDocs does
_ESCAPED = frozenset('&<>"')
_EMPTY = "Page skipped: '{}'. Generated empty output."

# As released; a second import of this module would find its own.
populate_page: Callable[..., None] = build_module._populate_page
build_site: Callable[..., None] = build_module.build
build_page: Callable[..., None] = build_module._build_page
read_source: Callable[..., None] = Page.read_source
render_page: Callable[..., None] = Page.render
add_files_from_theme: Callable[..., None] = Files.add_files_from_theme


def install() -> bool:
    """Patch MkDocs, once; return False, without a change, for a version that is not known."""
    if mkdocs.__version__ != SUPPORTED:
        return False
    build_module.build = _build
    build_module._populate_page = _populate_page
    build_module._build_page = _build_page
    Files.copy_static_files = _copy_static_files  # type: ignore[assignment,method-assign]
    Files.add_files_from_theme = _add_files_from_theme  # type: ignore[assignment,method-assign]
    Page.read_source = _read_source  # type: ignore[assignment,method-assign]
    Page.render = _render  # type: ignore[assignment,method-assign]
    File.src_path = File.src_path.setter(_set_src_path)  # type: ignore[attr-defined,method-assign]
    Page.content = DeferredPart("content", PageState.content)  # type: ignore[assignment]
    Page.toc = DeferredPart("toc", PageState.toc)  # type: ignore[assignment]
    return True


def _build(config: MkDocsConfig, *, serve_url: str | None = None, dirty: bool = False) -> None:
    run = partial(build_site, config, serve_url=serve_url, dirty=dirty)
    if serve_url or dirty:
        build_whole(config, run)
    else:
        build_if_changed(config, run)


def session_of(config: MkDocsConfig) -> BuildSession | None:
    """Return the session that the hook opened for this build, if any."""
    session: BuildSession | None = config.extra.get("build_session")
    return session


def _populate_page(page: Page, config: MkDocsConfig, files: Files, dirty: bool = False) -> None:
    session = session_of(config)
    if session is None or dirty:
        populate_page(page, config, files, dirty)
    else:
        session.populate(page, files)


def write_page(
    page: Page,
    config: MkDocsConfig,
    doc_files: Sequence[File],
    nav: Navigation,
    env: Environment,
    is_written: Callable[[str, Mapping[str, Any], set[str]], bool],
) -> bool:
    """Do what `_build_page` does; return whether the page was made.

    Between context and template, `is_written(template, context, names that are MkDocs' own)` may
    say that the file is there already; then it is not.
    """
    config._current_page = page
    page.active = True
    try:
        context: Any = get_context(nav, doc_files, config, page)
        own = set(context)
        name = page.meta.get("template", "main.html")
        template = env.get_template(name)
        context = config.plugins.on_page_context(context, page=page, config=config, nav=nav)
        if is_written(name, context, own):
            return False
        output = render(template, context)
        output = config.plugins.on_post_page(output, page=page, config=config)
        if output.strip():
            data = output.encode("utf-8", errors="xmlcharrefreplace")
            utils.write_file(data, page.file.abs_dest_path)
        else:
            build_module.log.info(_EMPTY.format(page.file.src_uri))
        return True
    except Exception as error:
        # Printed right after this, unless it is one of these.
        reason = "" if isinstance(error, BuildError) else f" {error}"
        build_module.log.error(f"Error building page '{page.file.src_uri}':{reason}")
        raise
    finally:
        page.active = False
        config._current_page = None


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
    if session is None or dirty or excluded:
        build_page(page, config, doc_files, nav, env, dirty, excluded)
    else:
        session.write(page, doc_files, nav, env)


def _read_source(page: Page, config: MkDocsConfig) -> None:
    written = written_source(page.file, config) if session_of(config) else None
    if written is None:
        read_source(page, config)
        return
    source = config.plugins.on_page_read_source(page=page, config=config)
    page.markdown, page.meta = split_source(written if source is None else source)


def _render(page: Page, config: MkDocsConfig, files: Files) -> None:
    session = session_of(config)
    if session is None or page.markdown is None:
        render_page(page, config, files)
    else:
        session.renderer.render(page, files)


def _set_src_path(file: File, value: str) -> None:
    """Set `src_uri` as released, without a `PurePath` for a path that it would not change."""
    is_plain = value and not value.endswith((".", "/")) and "./" not in value and "//" not in value
    file.src_uri = value if is_plain and os.sep == "/" else PurePath(value).as_posix()


def _copy_static_files(
    files: Files, dirty: bool = False, *, inclusion: Callable[[InclusionLevel], bool]
) -> None:
    """Do what MkDocs does; what was derived into .cache/ gets a second name instead of a copy."""
    for file in files:
        if file.is_documentation_page() or not inclusion(file.inclusion):
            continue
        source = file.abs_src_path
        if file.generated_by and source and _DERIVED in source:
            link_or_copy(source, file.abs_dest_path)
        else:
            file.copy_file(dirty)


def _add_files_from_theme(files: Files, env: Environment, config: MkDocsConfig) -> None:
    listing = env if session_of(config) is None else _ThemeListing(config.theme.dirs)
    add_files_from_theme(files, listing, config)


class ReloadControl:
    """MkDocs' live-reload server, as far as a preview steers it."""

    def __init__(self, server: Any) -> None:  # noqa: ANN401 - ProperDocs has a class of its own
        self._server = server
        self._is_idle = threading.Event()
        self._is_idle.set()

    def take_over(self, rebuild: Callable[[], None]) -> None:
        """Call `rebuild` after each edit."""

        def build() -> None:
            self._is_idle.clear()
            try:
                rebuild()
            finally:
                self._is_idle.set()

        self._server.builder = build

    def look_between_builds(self) -> None:
        """Let MkDocs' own look at all files, twice a second, rest during a build.

        For each file that either opens, the other would wait for the interpreter: the build took
        nearly twice as long.
        """
        from watchdog.observers.polling import PollingObserverVFS  # not for a build

        def list_folder(path: str | None) -> Iterator[os.DirEntry[str]]:
            self._is_idle.wait()
            return os.scandir(path)

        server = self._server
        watched = list(server._watched_paths)
        for path in watched:
            server.unwatch(path)
        server.observer = PollingObserverVFS(os.stat, list_folder, polling_interval=_LOOK_EVERY)
        for path in watched:
            server.watch(path)

    def watch_closely(self, paths: Iterable[str]) -> None:
        """Hear of an edit from the system at once, where it tells: of a shared folder it may not.

        MkDocs' own look, twice a second, goes on.
        """
        from watchdog import events  # not for a build
        from watchdog.observers import Observer

        def notice(_: events.FileSystemEvent) -> None:
            self.ask_again()

        observer, handler = Observer(), events.FileSystemEventHandler()
        handler.on_any_event = notice  # type: ignore[method-assign,assignment] # as MkDocs does
        # Not that a file is opened: a build would have this told of each that it reads.
        edits = [
            events.FileCreatedEvent,
            events.FileModifiedEvent,
            events.FileMovedEvent,
            events.FileDeletedEvent,
        ]
        try:
            for path in sorted(set(map(os.path.abspath, paths))):
                is_folder = Path(path).is_dir()
                observer.schedule(handler, path, recursive=is_folder, event_filter=edits)
            observer.start()
        except OSError:  # the system has no more watches to give
            return
        self._observer = observer

    @property
    def is_asked(self) -> bool:
        """Return whether an edit waits for the builder."""
        return bool(self._server._want_rebuild)

    def ask_again(self) -> None:
        """Have the builder called (again)."""
        with self._server._rebuild_cond:
            self._server._want_rebuild = True
            self._server._rebuild_cond.notify_all()

    def wait_for_edit(self, seconds: float) -> bool:
        """Return whether an edit comes within so many seconds."""
        server = self._server
        with server._rebuild_cond:
            return bool(
                server._rebuild_cond.wait_for(
                    lambda: server._want_rebuild or server._shutdown, seconds
                )
            )

    def keep_browsers(self) -> None:
        """Let this call of the builder reload no browser, and let them read meanwhile."""
        with self._server._epoch_cond:
            self._server._wanted_epoch = self._server._visible_epoch
            self._server._epoch_cond.notify_all()


class _ThemeListing:
    """Lists a theme's files as its environment would, but for hidden ones: Material has 14,000
    icons in a hidden folder, which MkDocs sorts and then drops.
    """

    def __init__(self, folders: Sequence[str]) -> None:
        self._folders = folders

    def list_templates(self, filter_func: Callable[[str], bool]) -> list[str]:
        """Return the paths that pass the filter, sorted, each once."""
        return sorted(filter(filter_func, {name for each in self._folders for name in _walk(each)}))


def _walk(folder: str) -> Iterator[str]:
    for root, names, files in os.walk(folder):
        names[:] = [name for name in names if not name.startswith(".")]
        yield from (Path(root, name).relative_to(folder).as_posix() for name in files)


class PageRenderer:
    """Does what `Page.render` does, with one Markdown instance for all pages of a build.

    Making the instance costs a sixth of a page's rendering.
    """

    def __init__(self, config: MkDocsConfig) -> None:
        self._config = config
        self._markdown = markdown.Markdown(
            extensions=config["markdown_extensions"], extension_configs=config["mdx_configs"] or {}
        )
        self._plain = plain_markdown_for(self._markdown)
        skip_hopeless_patterns(self._markdown)

    def render(self, page: Page, files: Files) -> None:
        """Set content, toc, title and anchors of the page from its Markdown."""
        assert page.markdown is not None
        links = page_module._RelativePathTreeprocessor(page.file, files, self._config)
        plain = self._plain.convert(page.markdown) if self._plain else None
        if plain:
            page.content = plain.html(lambda target: _attribute(links.path_to_url(target)))
            page.toc = get_toc(plain.toc_tokens())
            page._title_from_render = None  # a plain page has no heading of level 1
            page.present_anchor_ids = plain.anchors
        else:
            self._render_tree(page, files, links)
        if page_module.log.getEffectiveLevel() > logging.DEBUG:
            page.links_to_anchors = links.links_to_anchors

    def _render_tree(
        self, page: Page, files: Files, links: page_module._RelativePathTreeprocessor
    ) -> None:
        assert page.markdown is not None
        md = self._markdown.reset()
        # Registered anew under the same names: so they keep the places they have in MkDocs.
        raw_html = page_module._RawHTMLPreprocessor()
        anchors = page_module._ExtractAnchorsTreeprocessor(page.file, files, self._config)
        title = page_module._ExtractTitleTreeprocessor()
        for processor in (raw_html, anchors, links, title):
            processor._register(md)
        page.content = md.convert(page.markdown)
        page.toc = get_toc(getattr(md, "toc_tokens", []))
        page._title_from_render = title.title
        page.present_anchor_ids = anchors.present_anchor_ids | raw_html.present_anchor_ids


def _attribute(value: str) -> str:
    """Return an attribute's value as Python-Markdown writes it."""
    if _ESCAPED.isdisjoint(value):
        return value
    return to_html(Element("a", href=value)).removeprefix('<a href="').removesuffix('"></a>')
