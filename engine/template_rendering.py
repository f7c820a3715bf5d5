"""Renders a template as Jinja does, without looking up all globals one by one for every page."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, MutableMapping
from functools import cache
from typing import Any

from jinja2 import Environment, Template
from jinja2.runtime import Context

_Blocks = dict[str, Callable[[Context], Iterator[str]]]


class LeanContext(Context):
    """A context that does not note which names are globals.

    Jinja asks for them when a template imports one that was loaded with globals of its own; MkDocs
    loads none so. An include takes half the time.
    """

    def __init__(
        self,
        environment: Environment,
        parent: dict[str, Any],
        name: str | None,
        blocks: _Blocks,
        globals: MutableMapping[str, Any] | None = None,
    ) -> None:
        super().__init__(environment, parent, name, blocks)


def settle(environment: Environment) -> None:
    """Prepare an environment for many pages: its templates are from now on as they were read.

    Otherwise each include of each page asks for the date of its file, and builds the key by which
    Jinja keeps it.
    """
    environment.auto_reload = False
    environment.context_class = LeanContext
    load = environment.get_template
    find = cache(load)

    def get_template(
        name: str | Template,
        parent: str | None = None,
        globals: MutableMapping[str, Any] | None = None,
    ) -> Template:
        return find(name, parent) if globals is None else load(name, parent, globals)

    environment.get_template = get_template  # type: ignore[method-assign]


def render(template: Template, context: Mapping[str, Any]) -> str:
    """Do what `template.render(context)` does, for a template of an environment as it stands."""
    environment = template.environment
    names = {**environment.globals, **context}
    try:
        parts = template.root_render_func(template.new_context(names, shared=True))
        return environment.concat(parts)
    except Exception:
        environment.handle_exception()  # lets the traceback name lines of templates
