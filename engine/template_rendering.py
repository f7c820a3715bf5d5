"""Renders a template as Jinja does, without looking up all globals one by one for every page."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, MutableMapping
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


def render(template: Template, context: Mapping[str, Any]) -> str:
    """Do what `template.render(context)` does, for a template of an environment as it stands."""
    environment = template.environment
    names = {**environment.globals, **context}
    try:
        parts = template.root_render_func(template.new_context(names, shared=True))
        return environment.concat(parts)
    except Exception:
        environment.handle_exception()  # lets the traceback name lines of templates
