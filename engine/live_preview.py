"""Live preview under `serve`: the edited page is rendered first, the site afterwards.

An edit of pages' text, the most frequent by far, re-renders only these pages, with the state of the
last build, and the browser reloads. After a second without edits the whole site is rebuilt, without
another reload. Any other edit (a new or renamed page, front matter, data, theme) rebuilds the site
at once.

A failed build is retried at the next event; `engine/live_rebuild.py` shows its error.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import get_plugin_logger

from engine.live_problems import LiveProblems
from engine.mkdocs_internals import ReloadControl
from engine.session import BuildSession, last_session
from engine.shared_build import build_of
from portal.checks import check_page
from portal.library.library import Library, Page, read_page
from portal.source.problems import Problem, errors
from portal.system.files import signature_of, walk_files

_PAUSE = 1.0  # seconds without an edit before the whole site is built
log = get_plugin_logger("portal")


class LivePreview:
    """Wraps the builder of MkDocs' server."""

    def __init__(
        self, config: MkDocsConfig, build: Callable[[], None], control: ReloadControl
    ) -> None:
        self._root = Path(config.config_file_path).resolve().parent
        self._build = build
        self._control = control
        self._watched = [config.docs_dir, *config.watch, config.config_file_path]
        self._inputs = dict(_signatures(self._watched))
        self._is_sound = True  # whether the last full build succeeded
        self._is_behind = False  # whether pages were rendered since the last full build

    def rebuild(self) -> None:
        """Render the changes; called after each edit, before browsers reload."""
        before, self._inputs = self._inputs, dict(_signatures(self._watched))
        paths = before.keys() | self._inputs.keys()
        changed = sorted(path for path in paths if before.get(path) != self._inputs.get(path))
        if changed and self._show_pages(changed):
            self._is_behind = True
            self._control.ask_again()
        elif changed or not self._is_sound:
            self._build_all()
        else:  # the second event of one edit, or a pause
            self._control.keep_browsers()
            if self._is_behind and not self._control.wait_for_edit(_PAUSE):
                self._build_all()

    def _build_all(self) -> None:
        self._is_sound = False
        self._build()
        self._is_sound, self._is_behind = True, False

    def _show_pages(self, changed: Iterable[str]) -> bool:
        """Render only the changed pages; return False if more than their text has changed."""
        session = last_session()
        if session is None or not self._is_sound:
            return False
        library = build_of(session.config).library
        live = build_of(session.config).live_problems
        pages = [self._read_page(path, library) for path in changed if not _is_left_over(path)]
        if live is None or not pages or not all(pages):
            return False
        for page in filter(None, pages):
            library = _with_page(library, page)
            found = check_page(page, library)
            before = next((uri for uri in live.drafts if uri == page.uri), None)
            if before or errors(found):
                return False
            live = _with_problems(live, library, page, found)
        build = build_of(session.config)
        build.library, build.live_problems = library, live
        return all(self._show(session, page) for page in pages if page)

    def _read_page(self, path: str, library: Library) -> Page | None:
        """Return a page if only its text has changed, else None."""
        file = Path(path)
        if file.suffix != ".md" or not file.is_relative_to(library.docs):
            return None
        before = library.by_uri.get(file.relative_to(library.docs).as_posix())
        page, problems = read_page(file, library.docs, self._root)
        if before is None or page is None or problems:
            return None
        has_same_head = page.meta == before.meta
        has_same_pictures = [i.target for i in page.contents.images] == [
            i.target for i in before.contents.images
        ]
        return page if has_same_head and has_same_pictures else None

    def _show(self, session: BuildSession, page: Page) -> bool:
        shown = session.rewrite(page.uri)
        if shown:
            log.info("đã dựng lại docs/%s", page.uri)
        return shown


def _signatures(paths: Iterable[str]) -> Iterator[tuple[str, list[int]]]:
    """Yield (path, signature) of these files, and of each file in these folders."""
    for path in paths:
        if not Path(path).is_dir():
            yield path, signature_of(path)
            continue
        for _, entry in walk_files(Path(path), lambda _, name: name == "__pycache__"):
            with suppress(OSError):  # a broken link, or a file deleted meanwhile
                yield entry.path, signature_of(entry.path)


def _is_left_over(path: str) -> bool:
    """Return whether this is a temporary file of a text editor."""
    name = path.rpartition("/")[2]
    return name.startswith(".") or name.endswith(("~", ".tmp")) or name == "4913"  # vim's probe


def _with_page(library: Library, page: Page) -> Library:
    pages = tuple(page if each.uri == page.uri else each for each in library.pages)
    return replace(library, pages=pages)


def _with_problems(
    live: LiveProblems, library: Library, page: Page, found: Iterable[Problem]
) -> LiveProblems:
    others = (problem for problem in live.problems if problem.path != page.path)
    return replace(live, library=library, problems=tuple(sorted({*others, *found})))


def preview(server: object, config: MkDocsConfig, build: Callable[[], None]) -> None:
    """Install the live preview in MkDocs' server."""
    control = ReloadControl(server)
    control.look_between_builds()
    control.watch_closely([config.docs_dir, *config.watch, config.config_file_path])
    control.take_over(LivePreview(config, build, control).rebuild)
