"""All uses of MkDocs 1.6.1's private API; no other module has any.

MkDocs renders page by page with two functions, `_populate_page` (Markdown to HTML) and
`_build_page` (template, file). Both are patched to call the session of the build, if there is one.
So `mkdocs build` and `mkdocs serve` stay the commands; without the hook, a build is plain MkDocs.

For any other version of MkDocs `install` returns False and patches nothing.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import mkdocs
from jinja2 import Environment
from mkdocs.commands import build as build_module
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from engine.shared_build import build_of
from engine.whole_build import build_whole

if TYPE_CHECKING:
    from engine.session import BuildSession

SUPPORTED = "1.6.1"
_LOOK_EVERY = 0.5  # seconds, as MkDocs does

# The original functions; a second import of this module would find the patched ones.
populate_page: Callable[..., None] = build_module._populate_page
write_page: Callable[..., None] = build_module._build_page
build_site: Callable[..., None] = build_module.build


def install() -> bool:
    """Patch MkDocs once; return False, without a change, for an unknown version."""
    if mkdocs.__version__ != SUPPORTED:
        return False
    build_module.build = _build
    build_module._populate_page = _populate_page
    build_module._build_page = _build_page
    return True


def _build(config: MkDocsConfig, *, serve_url: str | None = None, dirty: bool = False) -> None:
    build_whole(config, partial(build_site, config, serve_url=serve_url, dirty=dirty))


def session_of(config: MkDocsConfig) -> BuildSession | None:
    """Return the session that the hook opened for this build, if any."""
    return build_of(config).session


def _populate_page(page: Page, config: MkDocsConfig, files: Files, dirty: bool = False) -> None:
    session = session_of(config)
    if session is None or dirty:
        populate_page(page, config, files, dirty)
    else:
        session.populate(page, files)


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
        write_page(page, config, doc_files, nav, env, dirty, excluded)
    else:
        session.write(page, doc_files, nav, env)


class ReloadControl:
    """Controls MkDocs' live-reload server for the preview."""

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
        """Pause MkDocs' polling of all files, twice a second, during a build.

        Polling and build compete for the interpreter lock: the build took nearly twice as long.
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
        """Watch for file system events; they may be missing for shared folders.

        MkDocs' own polling, twice a second, continues.
        """
        from watchdog import events  # not for a build
        from watchdog.observers import Observer

        def notice(_: events.FileSystemEvent) -> None:
            self.ask_again()

        observer, handler = Observer(), events.FileSystemEventHandler()
        handler.on_any_event = notice  # type: ignore[method-assign,assignment] # as MkDocs does
        # Without "opened" events, of which a build would cause one for each file read.
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
        except OSError:  # the system's limit of watches is reached
            return
        self._observer = observer

    def ask_again(self) -> None:
        """Request a call of the builder."""
        with self._server._rebuild_cond:
            self._server._want_rebuild = True
            self._server._rebuild_cond.notify_all()

    def wait_for_edit(self, seconds: float) -> bool:
        """Return whether an edit happens within so many seconds."""
        server = self._server
        with server._rebuild_cond:
            return bool(
                server._rebuild_cond.wait_for(
                    lambda: server._want_rebuild or server._shutdown, seconds
                )
            )

    def keep_browsers(self) -> None:
        """Suppress the browser reload of this build, and serve requests meanwhile."""
        with self._server._epoch_cond:
            self._server._wanted_epoch = self._server._visible_epoch
            self._server._epoch_cond.notify_all()
