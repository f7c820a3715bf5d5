"""One build: distributes pages over processes and replays their log messages in order.

MkDocs renders page by page, first the HTML, then the files. At the first call of each phase all
pages are rendered by forked processes; pages that failed there are rendered at their own call,
where errors are raised as usual.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from types import ModuleType

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from engine.log_journal import journal, repeat
from engine.mkdocs_internals import install, populate_page, write_page
from engine.page_state import from_json, restore_state, take_state, to_json
from engine.staging import site_of
from portal.system.forks import WORTH_FORKING, can_fork, run_forked
from portal.system.progress import BuildProgress

RenderFile = Callable[[File], bytes | None]
_OWN_HOOKS = Path(__file__).resolve().parent.parent / "hooks"
_PAGE_EVENTS = (
    "on_pre_page",
    "on_page_read_source",
    "on_page_markdown",
    "on_page_content",
    "on_page_context",
    "on_post_page",
)

_FINISHED = deque["BuildSession"](maxlen=1)


def open_session(config: MkDocsConfig) -> BuildSession | None:
    """Return the session of a build, None for an unknown version of MkDocs."""
    return BuildSession(config) if install() else None


def last_session() -> BuildSession | None:
    """Return the session of the last finished build, from which `serve` continues."""
    return _FINISHED[-1] if _FINISHED else None


class BuildSession:
    """The state of one build, from `on_config` to its end."""

    def __init__(self, config: MkDocsConfig, processes: int | None = None) -> None:
        self.config = config
        alone = gathers_pages(config)
        self._processes = 1 if alone else processes or os.cpu_count() or 1
        self._progress = BuildProgress()
        self._files: Files | None = None
        self._rendered: dict[str, bytes] | None = None
        self._writing: tuple[Sequence[File], Navigation, Environment] | None = None
        self._written: dict[str, bytes] | None = None

    def end(self) -> None:
        """Stop showing progress, after success or failure."""
        self._progress.end()

    def finish(self) -> None:
        """Keep this build's state for the live preview."""
        self.end()
        _FINISHED.append(self)

    # HTML

    def populate(self, page: Page, files: Files) -> None:
        """Set the page's rendered state and replay its log messages."""
        if self._rendered is None:
            self._files = Files(
                list(files)
            )  # a copy, as links resolve now; hooks remove some later
            pages = [file for file in files.documentation_pages() if file.page]
            self._progress.begin("chuyển Markdown", len(pages))
            self._rendered = self._share(pages, lambda file: self._render(file, files))
        state = self._rendered.pop(page.file.src_uri, None)
        if state is None:
            populate_page(page, self.config, files)
            self._progress.step()
        else:
            repeat(restore_state(state, page, files))

    def _render(self, file: File, files: Files) -> bytes | None:
        """Return the page's rendered state for another process, None if it is not serialisable."""
        assert file.page is not None
        with journal(silent=True) as messages:
            populate_page(file.page, self.config, files)
        with suppress(TypeError):
            return take_state(file.page, messages)
        return None

    # Files

    def write(
        self, page: Page, doc_files: Sequence[File], nav: Navigation, env: Environment
    ) -> None:
        """Write the page's file and replay the log messages of its templates and hooks."""
        if self._written is None:
            self._writing = (doc_files, nav, env)
            self._progress.begin("viết trang", len(doc_files))
            self._written = self._share(doc_files, self._make)
        messages = self._written.pop(page.file.src_uri, None)
        if messages is None:
            write_page(page, self.config, doc_files, nav, env)
            self._progress.step()
        else:
            repeat(from_json(messages))

    def _make(self, file: File) -> bytes:
        assert file.page is not None
        assert self._writing is not None
        with journal(silent=True) as messages:
            write_page(file.page, self.config, *self._writing)
        return to_json(messages)

    def rewrite(self, uri: str) -> bool:
        """Render a page of the finished build again and write it to the site.

        Returns:
            False if the build had no such page.
        """
        assert self._files is not None
        assert self._writing is not None
        file = self._files.get_file_from_path(uri)
        if file is None or file.page is None:
            return False
        populate_page(file.page, self.config, self._files)
        target = site_of(Path(self.config.site_dir)) / file.dest_uri
        fresh = target.with_name(f".{target.name}")
        file.abs_dest_path = str(fresh)
        write_page(file.page, self.config, *self._writing)
        fresh.replace(target)
        return True

    def _share(self, files: Sequence[File], work: RenderFile) -> dict[str, bytes]:
        """Return `src_uri` → result of the pages rendered by other processes."""
        if len(files) < WORTH_FORKING or self._processes < 2 or not can_fork():
            return {}
        done = dict[str, bytes]()
        for number, data in run_forked(lambda n: work(files[n]), len(files), self._processes):
            done[files[number].src_uri] = data
            self._progress.step()
        return done


def gathers_pages(config: MkDocsConfig) -> bool:
    """Return whether a plugin or a foreign hook handles page events: it may keep state.

    State in another process would be lost, so all pages are then rendered in this one, in order.
    The hooks of this project keep none.
    """
    foreign = (each for each in config.plugins.values() if not _is_own_hook(each))
    return any(_listens(each) for each in foreign)


def _is_own_hook(plugin: object) -> bool:
    file = plugin.__file__ if isinstance(plugin, ModuleType) else None
    return bool(file) and (_OWN_HOOKS / Path(str(file)).name).exists()


def _listens(plugin: object) -> bool:
    return any(hasattr(plugin, event) for event in _PAGE_EVENTS)
