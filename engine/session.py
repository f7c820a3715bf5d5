"""One build: what comes from the cache, who makes the rest, and in which order all of it counts.

MkDocs asks for one page after the other, first for its HTML, then for its file. The first question
of each kind is answered for all pages at once: what the cache has is taken, the rest is shared
among processes, and what none of them could do is left to its turn, where errors are met as ever.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from functools import cached_property, lru_cache, partial
from pathlib import Path
from typing import Any

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import get_plugin_logger
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from engine.cache_keys import PageInput, TemplateKeys, base_key, rendering_key
from engine.giving_way import give_way
from engine.log_journal import Message, journal, repeat
from engine.mkdocs_internals import PageRenderer, install, populate_page, write_page
from engine.page_sources import source_of
from engine.page_state import PageState, from_json, take_state, to_json
from engine.recorded_files import RecordedFiles, is_unchanged
from engine.template_reads import TemplateReads
from engine.template_rendering import settle
from portal.files import signature_of
from portal.forks import can_fork, run_forked
from portal.page_cache import PageCache, UndigestibleError, digest, digest_bytes
from portal.progress import BuildProgress
from portal.staging import site_of

Work = Callable[[File], bytes | None]
_WORTH_FORKING = 64  # pages; below it one process is done before a second has begun
_TEMPLATES = "templates"  # entry of the cache; pages have "html:…" and "file:…"

_FINISHED = deque["BuildSession"](maxlen=1)

log = get_plugin_logger("portal")


def open_session(config: MkDocsConfig) -> BuildSession | None:
    """Return the session of a build, None when this MkDocs is not known to the engine."""
    if not install():
        return None
    try:
        key = base_key(config)
    except UndigestibleError as error:
        log.info("không dùng bộ nhớ đệm trang: cấu hình có %s", error)
        return BuildSession(config, None)
    folder = Path(config.config_file_path).resolve().parent / ".cache/pages"
    return BuildSession(config, _open_cache(folder, key))


@lru_cache(maxsize=1)  # `serve` builds again and again with one configuration
def _open_cache(folder: Path, key: str) -> PageCache:
    return PageCache(folder, key, log.info)


def last_session() -> BuildSession | None:
    """Return the session of the last build that came to its end: `serve` goes on from there."""
    return _FINISHED[-1] if _FINISHED else None


class BuildSession:
    """The state of one build, from `on_config` to its end."""

    def __init__(
        self, config: MkDocsConfig, cache: PageCache | None, processes: int | None = None
    ) -> None:
        self.config = self._config = config
        self._cache = cache
        self._processes = processes or os.cpu_count() or 1
        self._progress = BuildProgress()
        self._renderer: PageRenderer | None = None
        self._rendered: dict[str, bytes] | None = None
        self._digests = dict[str, str]()
        self._written: dict[str, bytes] | None = None
        self._reads: TemplateReads | None = None
        self._keys: TemplateKeys | None = None
        self._files: Files | None = None
        self._writing: tuple[Sequence[File], Navigation, Environment] | None = None

    @cached_property
    def _extensions(self) -> str:
        """Return the digest of what hooks have set for Markdown."""
        return digest(self._config.mdx_configs)

    @property
    def renderer(self) -> PageRenderer:
        """Return the renderer; it is made when every hook has had its say on the configuration."""
        if self._renderer is None:
            self._renderer = PageRenderer(self._config)
        return self._renderer

    def end(self) -> None:
        """Show no more progress, whether the build has come to its end or failed."""
        self._progress.end()

    def save(self) -> None:
        """Keep for the next build what this one has made."""
        self.end()
        _FINISHED.append(self)
        if self._cache is None or self._keys is None:
            return
        self._cache.put(_TEMPLATES, to_json(self._keys.known))
        kinds = [f"{kind}:{uri}" for uri in self._digests for kind in ("html", "file")]
        self._cache.keep_only([_TEMPLATES, *kinds])
        self._cache.save()

    # HTML

    def populate(self, page: Page, files: Files) -> None:
        """Set what rendering sets on the page, and log what rendering says."""
        give_way()
        uri = page.file.src_uri
        if self._rendered is None:
            self._files = Files(list(files))  # as links are looked up now; hooks remove some later
            self._rendered = self._render_all(files)
        data = self._rendered.pop(uri, None)
        if data is None:
            data = self._render(page, files, silent=False)
            self._progress.step()
            self._keep("html", uri, data)
            return
        self._keep("html", uri, data)
        state = PageState(data)
        state.restore(page, files)
        repeat(state.said)

    def rewrite(self, uri: str) -> bool:
        """Render a page of the finished build from its file as it is now, and write it to the site.

        Returns:
            False if the build had no such page.
        """
        assert self._files is not None
        assert self._writing is not None
        file = self._files.get_file_from_path(uri)
        if file is None or file.page is None:
            return False
        self._keep("html", uri, self._render(file.page, self._files, silent=False))
        target = site_of(Path(self._config.site_dir)) / file.dest_uri
        fresh = target.with_name(f".{target.name}")
        file.abs_dest_path = str(fresh)
        self._keep("file", uri, self._make(file, *self._writing, then=repeat))
        fresh.replace(target)
        return True

    def _render_all(self, files: Files) -> dict[str, bytes]:
        pages = [file for file in files.documentation_pages() if file.page]
        cached = {file.src_uri: data for file in pages if (data := self._find_html(file, files))}
        missing = [file for file in pages if file.src_uri not in cached]
        self._progress.begin("chuyển Markdown", len(pages), len(cached))
        if missing:
            _ = self.renderer  # made once, before there are several processes

        def work(file: File) -> bytes | None:
            return self._render(file.page, files, silent=True) if file.page else None

        return cached | self._share(missing, work)

    def _find_html(self, file: File, files: Files) -> bytes | None:
        give_way()
        data = self._entry("html", file.src_uri)
        if data is None or file.page is None:
            return None
        state = PageState(data)
        if state.key == self._rendering_key(file.page) and is_unchanged(state.seen, files):
            return data
        return None

    def _rendering_key(self, page: Page) -> str | None:
        inputs: Mapping[str, PageInput] = self._config.extra.get("page_inputs", {})
        try:
            return rendering_key(page, source_of(page.file, self._config), inputs, self._extensions)
        except (OSError, ValueError, UndigestibleError):
            return None

    def _render(self, page: Page, files: Files, *, silent: bool) -> bytes | None:
        recorded = RecordedFiles(files)
        key = self._rendering_key(page)
        with journal(silent=silent) as messages:
            populate_page(page, self._config, recorded)
        with suppress(TypeError):  # front matter with a value that is no JSON
            return take_state(page, key, recorded.seen, messages)
        return None

    # Files

    def watch_templates(self, env: Environment) -> None:
        """Note what the templates of an environment read, before it has compiled any."""
        self._reads = TemplateReads(env)

    def write(
        self, page: Page, doc_files: Sequence[File], nav: Navigation, env: Environment
    ) -> None:
        """Write the page's file, and log what its templates and hooks say."""
        give_way()
        uri = page.file.src_uri
        if self._written is None:
            self._writing = (doc_files, nav, env)
            reads = self._reads or TemplateReads(env)
            settle(env)
            self._keys = TemplateKeys(env, reads, self._config, self._known_templates())
            for template in {_template_of(file) for file in doc_files}:
                self._keys.names_read(template)  # compiled before there are several processes
            self._progress.begin("viết trang", len(doc_files))
            make = partial(self._make, doc_files=doc_files, nav=nav, env=env)
            self._written = self._share(doc_files, make)
        data = self._written.pop(uri, None)
        if data is None:
            data = self._make(page.file, doc_files, nav, env, then=repeat)
            self._progress.step()
        else:
            repeat(from_json(data)[2])
        self._keep("file", uri, data)

    def _known_templates(self) -> Mapping[str, list[str]]:
        data = self._cache.entries.get(_TEMPLATES) if self._cache else None
        known: Mapping[str, list[str]] = from_json(data) if data else {}
        return known

    def _make(
        self,
        file: File,
        doc_files: Sequence[File],
        nav: Navigation,
        env: Environment,
        then: Callable[[list[Message]], None] = lambda _: None,
    ) -> bytes:
        """Write a page's file and return its entry; `then` is given the messages, error or not.

        Of a page taken over they are those of the build that wrote it.
        """
        page, entry, key = file.page, self._entry("file", file.src_uri), None
        assert page is not None
        assert self._keys is not None
        keys, rendered = self._keys, self._digests.get(file.src_uri)

        def is_written(template: str, context: Mapping[str, Any], own: set[str]) -> bool:
            nonlocal key
            key = keys.page_key(page, rendered, template, context, own) if rendered else None
            if entry is None or key is None:
                return False
            known, signature, _ = from_json(entry)
            return bool(known == key and self._link(file, signature))

        messages = list[Message]()
        try:
            with journal(silent=True) as messages:
                is_made = write_page(page, self._config, doc_files, nav, env, is_written)
            if not is_made and entry is not None:
                messages = from_json(entry)[2]
                return entry
            return to_json([key, _signature_of(file), messages])
        finally:
            then(messages)

    def _link(self, file: File, signature: list[int] | None) -> bool:
        """Take over the file of the site that stands, if it is the one that was written."""
        try:
            standing = site_of(Path(self._config.site_dir)) / file.dest_uri
            if signature_of(standing) != signature:
                return False
            target = Path(file.abs_dest_path)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.unlink(missing_ok=True)
            os.link(standing, target)
        except OSError:
            return False
        return True

    # Both

    def _entry(self, kind: str, uri: str) -> bytes | None:
        return self._cache.entries.get(f"{kind}:{uri}") if self._cache else None

    def _keep(self, kind: str, uri: str, data: bytes | None) -> None:
        if data is not None and kind == "html":
            self._digests[uri] = digest_bytes(data)
        if self._cache:
            self._cache.put(f"{kind}:{uri}", data)

    def _share(self, files: Sequence[File], work: Work) -> dict[str, bytes]:
        """Return the results of the pages that other processes have finished, by `src_uri`."""
        if len(files) < _WORTH_FORKING or self._processes < 2 or not can_fork():
            return {}
        done = dict[str, bytes]()
        for number, data in run_forked(lambda n: work(files[n]), len(files), self._processes):
            done[files[number].src_uri] = data
            self._progress.step()
        return done


def _signature_of(file: File) -> list[int] | None:
    """Return the signature of a page's file; an empty page has none."""
    with suppress(FileNotFoundError):
        return signature_of(file.abs_dest_path)
    return None


def _template_of(file: File) -> str:
    assert file.page is not None
    return str(file.page.meta.get("template", "main.html"))
