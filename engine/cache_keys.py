"""The keys of the page cache: digests of all that a page is made from.

Rendering reads the page's source, the configuration, what hooks declare in
`config.extra["page_inputs"]` (name → function of the page's `src_uri` and source) and the files it
looks up. A template reads its context: what hooks put there counts whole, and of the rest what the
template and those it includes or extends name.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import FunctionType, ModuleType
from typing import Any

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.pages import Page

import engine
from engine.template_reads import TemplateReads
from portal.page_cache import UndigestibleError, digest, digest_files, environment_key

PageInput = Callable[[str, str], object]
# Where the site goes and how strict the build is change no page; what is excluded shows in the
# files; plugins, hooks and theme are taken apart.
_WITHOUT_EFFECT = frozenset(
    "site_dir strict config_file_path dev_addr watch nav exclude_docs draft_docs not_in_nav "
    "plugins hooks theme".split()
)
# Of MkDocs' own context: `config` is part of the base key, `page` is digested apart.
_COUNTED_ELSEWHERE = frozenset(("config", "page", "mkdocs_version"))
_ANY_PART = "*"
# Whoever reads these reads everything; making such a page is cheaper than finding out.
_WHOLE_SITE = frozenset(("nav", "pages", "library", "build_date_utc"))


def base_key(config: MkDocsConfig) -> str:
    """Return the digest of what every page depends on: code, packages and configuration.

    Raises:
        UndigestibleError: the configuration holds objects that cannot be compared.
    """
    settings = {name: value for name, value in config.items() if name not in _WITHOUT_EFFECT}
    plugins = config.plugins.values()
    hooks = tuple(Path(str(each.__file__)) for each in plugins if isinstance(each, ModuleType))
    options = {name: str(value) for name, value in config.theme.items()}
    theme = (config.theme.name, list(config.theme.dirs), options)
    return digest(environment_key(), _code(hooks), list(config.plugins), settings, theme)


@cache  # what is loaded stays loaded, whatever an editor of code does while `serve` runs
def _code(hooks: tuple[Path, ...]) -> str:
    folder = Path(inspect.getfile(engine)).parent
    return digest_files([*sorted(folder.rglob("*.py")), *hooks])


def rendering_key(page: Page, source: str, inputs: Mapping[str, PageInput], extensions: str) -> str:
    """Return the key of a page's HTML, but for the files that it looks up.

    `extensions` is the digest of the options of Markdown's extensions.
    """
    file = page.file
    declared = {name: read(file.src_uri, source) for name, read in inputs.items()}
    place = (file.src_uri, file.url, file.generated_by, file.inclusion)
    return digest(place, source, declared, extensions)


@dataclass(frozen=True)
class _Reading:
    """What a template reads: names in the context, and the digest of all that is not there."""

    names: tuple[str, ...]
    rest: str


class TemplateKeys:
    """The keys of finished pages, for one build's templates."""

    def __init__(
        self,
        env: Environment,
        reads: TemplateReads,
        config: MkDocsConfig,
        known: Mapping[str, list[str]],
    ) -> None:
        self._env = env
        self._reads = reads
        self._config = config
        theme = Path(config.theme.custom_dir or config.docs_dir)
        self._theme = digest_files(sorted(file for file in theme.rglob("*") if file.is_file()))
        # What hooks tell templates in passing: folders named by their content, switches.
        self._settings = {n: v for n, v in config.extra.items() if isinstance(v, str | int | None)}
        self._names = dict(known) if known.get("theme") == [self._theme] else {}
        self._globals = dict[str, str]()
        self._readings = dict[tuple[str, tuple[str, ...]], _Reading | None]()

    @property
    def known(self) -> dict[str, list[str]]:
        """Return the names that each template reads, to be given to the next build."""
        return {"theme": [self._theme], **self._names}

    def page_key(
        self, page: Page, rendered: str, template: str, context: Mapping[str, Any], own: set[str]
    ) -> str | None:
        """Return the key of a finished page, None when it must be made anew each time.

        `rendered` is the digest of its HTML, `own` the names that MkDocs itself puts into context.
        """
        try:
            reading = self._reading(template, tuple(context), own)
            if reading is None:
                return None
            values = [context[name] for name in reading.names]
            return digest(reading.rest, rendered, _place(page), values)
        except UndigestibleError:
            return None

    def _reading(self, template: str, names: tuple[str, ...], own: set[str]) -> _Reading | None:
        """Return what a page reads whose context has these names, None when it reads everything."""
        key = (template, names)
        if key not in self._readings:
            self._readings[key] = self._read(template, names, own)
        return self._readings[key]

    def _read(self, template: str, names: tuple[str, ...], own: set[str]) -> _Reading | None:
        read = self.names_read(template)
        if read is None or _WHOLE_SITE.intersection(read):
            return None
        without_effect = own.difference(read).union(_COUNTED_ELSEWHERE)
        here = tuple(name for name in names if name not in without_effect)
        elsewhere = [name for name in read if name not in without_effect.union(names)]
        values = [self._global(name) for name in elsewhere]
        rest = digest(self._theme, self._settings, template, here, elsewhere, values)
        return _Reading(here, rest)

    def names_read(self, template: str) -> list[str] | None:
        """Return what the template and its parts may read; None if a part is not named in it."""
        if template not in self._names:
            reads = self._reads.of_all([template])
            self._names[template] = [_ANY_PART] if None in reads.parts else sorted(reads.names)
        names = self._names[template]
        return None if _ANY_PART in names else names

    def _global(self, name: str) -> str:
        if name not in self._globals:
            self._globals[name] = digest(self._with_captured(self._env.globals.get(name)))
        return self._globals[name]

    def _with_captured(self, value: object) -> object:
        """Return a function as its name and what it has captured, anything else as it is."""
        if not isinstance(value, FunctionType):
            return value
        captured = [cell.cell_contents for cell in value.__closure__ or ()]
        data = [each for each in captured if each is not self._config]  # part of the base key
        return (value.__module__, value.__qualname__, data)


def _place(page: Page) -> list[object]:
    """Return where a page stands: its address, its neighbours in MkDocs' order, its sections."""
    near = (page.previous_page, page.next_page)
    return [
        page.url,
        page.canonical_url,
        page.edit_url,
        page.title,
        [(other.title, other.url) for other in near if other],
        list(_titles(page.ancestors)),
    ]


def _titles(sections: Iterable[Any]) -> Iterator[str]:
    return (section.title for section in sections)
