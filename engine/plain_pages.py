"""Whether Markdown is set up as `portal.plain_markdown` knows it, so that this may stand for it."""

from __future__ import annotations

from types import FunctionType
from typing import Any

import markdown
from markdown import Markdown
from markdown.extensions.toc import TocExtension
from markdown.util import Registry

from portal.figures import FigureExtension, FigureProcessor
from portal.plain_markdown import PlainMarkdown
from portal.statistics import Statistics
from portal.terms import TermExtension, TermProcessor
from portal.text import heading_slug

SUPPORTED = "3.11.3"
_NAMES = (  # as in mkdocs.yml, but for those that have settings; the first two are MkDocs' own
    *("tables", "fenced_code"),
    *("abbr", "attr_list", "def_list", "pymdownx.superfences", "portal.sections"),
)
_DATA = (str, int, float, FunctionType, type(None))


def plain_markdown_for(md: Markdown) -> PlainMarkdown | None:
    """Return what converts plain pages as `md` would, or None if `md` is not as known.

    An operator or a hook may have added an extension, or set one in another way.
    """
    if markdown.__version__ != SUPPORTED or _outline(md) != _outline(_known_markdown()):
        return None
    figures, terms = md.inlinePatterns["figure"], md.treeprocessors["portal-terms"]
    assert isinstance(figures, FigureProcessor)  # as known
    assert isinstance(terms, TermProcessor)
    return PlainMarkdown(figures.statistics, terms.index)


def _known_markdown() -> Markdown:
    toc = TocExtension(slugify=heading_slug, permalink=False)
    figures = FigureExtension(Statistics())
    return Markdown(extensions=[toc, *_NAMES, TermExtension(), figures])


def _outline(md: Markdown) -> list[Any]:
    """Return each processor's name, place, kind and settings, and the settings of all."""
    registries: tuple[Registry[Any], ...] = (
        md.preprocessors,
        md.parser.blockprocessors,
        md.inlinePatterns,
        md.treeprocessors,
        md.postprocessors,
    )
    processors = [list(map(_settings, registry)) for registry in registries]
    places = list(map(_settings, registries))  # after reading them, which puts them in order
    return [processors, places, _settings(md), md.serializer]


def _settings(thing: object) -> tuple[type, dict[str, object]]:
    """Return the kind of an object and those of its attributes that are data or functions."""
    return type(thing), {name: value for name, value in vars(thing).items() if _is_data(value)}


def _is_data(value: object) -> bool:
    if isinstance(value, dict):
        return all(map(_is_data, value.values()))
    if isinstance(value, list | tuple | set | frozenset):
        return all(map(_is_data, value))
    return isinstance(value, _DATA)
