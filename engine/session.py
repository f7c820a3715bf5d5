"""One build: which pages are rendered by whom, and how their results come together in order."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from engine.forks import can_fork, run_forked
from engine.log_journal import journal, repeat
from engine.mkdocs_internals import PageRenderer, build_page, install, populate_page
from engine.page_state import from_json, restore_state, take_state, to_json

PageWork = Callable[[File], bytes | None]
_WORTH_FORKING = 64  # pages; below it one process is done before a second has begun


def open_session(config: MkDocsConfig) -> BuildSession | None:
    """Return the session of a build, None when this MkDocs is not known to the engine."""
    return BuildSession(config) if install() else None


class BuildSession:
    """The state of one build, from `on_config` to its end."""

    def __init__(self, config: MkDocsConfig, processes: int | None = None) -> None:
        self._config = config
        self._processes = processes or len(os.sched_getaffinity(0))
        self._renderer: PageRenderer | None = None
        self._rendered: dict[str, bytes] | None = None
        self._built: dict[str, bytes] | None = None

    @property
    def renderer(self) -> PageRenderer:
        """Return the renderer; it is made when every hook has had its say on the configuration."""
        if self._renderer is None:
            self._renderer = PageRenderer(self._config)
        return self._renderer

    def populate(self, page: Page, files: Files) -> bool:
        """Set what rendering sets on the page; return False to let MkDocs do it.

        The first call renders all pages; each page's messages are logged in its own turn.
        """
        if self._rendered is None:
            self._rendered = self._run(list(files.documentation_pages()), self._render_apart(files))
        data = self._rendered.pop(page.file.src_uri, None)
        if data is None:
            return False
        state, messages = from_json(data)
        restore_state(page, state, files)
        repeat(messages)
        return True

    def _render_apart(self, files: Files) -> PageWork:
        def work(file: File) -> bytes | None:
            if file.page is None:
                return None
            with journal(silent=True) as messages:
                populate_page(file.page, self._config, files)
            return to_json([take_state(file.page), messages])

        return work

    def build(
        self, page: Page, doc_files: Sequence[File], nav: Navigation, env: Environment
    ) -> bool:
        """Write the page's file; return False to let MkDocs do it."""
        if self._built is None:
            self._built = self._run(doc_files, self._build_apart(doc_files, nav, env))
        data = self._built.pop(page.file.src_uri, None)
        if data is None:
            return False
        repeat(from_json(data))
        return True

    def _build_apart(
        self, doc_files: Sequence[File], nav: Navigation, env: Environment
    ) -> PageWork:
        def work(file: File) -> bytes | None:
            assert file.page is not None
            with journal(silent=True) as messages:
                build_page(file.page, self._config, doc_files, nav, env)
            return to_json(messages)

        return work

    def _run(self, files: Sequence[File], work: PageWork) -> dict[str, bytes]:
        """Return the results of the pages that other processes have finished, by `src_uri`."""
        if len(files) < _WORTH_FORKING or self._processes < 2 or not can_fork():
            return {}
        results = run_forked(lambda number: work(files[number]), len(files), self._processes)
        return {files[number].src_uri: data for number, data in results}
