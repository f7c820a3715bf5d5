"""What each template reads, noted while Jinja compiles it.

Jinja's own answer, `jinja2.meta`, parses a template and generates its code once more.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from jinja2 import Environment, TemplateNotFound, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.meta import find_referenced_templates


@dataclass(frozen=True)
class Reads:
    """The names that a template looks up, and the templates it names; None is one it computes."""

    names: set[str] = field(default_factory=set)
    parts: set[str | None] = field(default_factory=set)


class TemplateReads:
    """Notes the reads of each template that an environment compiles from now on."""

    def __init__(self, env: Environment) -> None:
        self._env = env
        self._known = dict[str | None, Reads]()
        env.code_generator_class = _noting(self._known)
        if env.cache is not None:
            env.cache.clear()  # whatever was compiled before has not been noted

    def of(self, template: str) -> Reads:
        """Return the reads of one template, which is compiled by this if it was not yet."""
        if template not in self._known:
            try:
                self._env.get_template(template)
            except TemplateNotFound:  # `ignore missing`; if it appears, the theme's digest changes
                self._known[template] = Reads()
        return self._known[template]

    def of_all(self, templates: Iterable[str]) -> Reads:
        """Return the reads of templates and of all that they include, extend or import."""
        waiting, seen, names = list[str | None](templates), set[str | None](), set[str]()
        while waiting:
            part = waiting.pop()
            if part in seen:
                continue
            seen.add(part)
            if part is not None:
                reads = self.of(part)
                names |= reads.names
                waiting += reads.parts
        return Reads(names, seen)


def _noting(known: dict[str | None, Reads]) -> type[CodeGenerator]:
    """Return a code generator that notes in `known` what `jinja2.meta` would tell."""

    class NotingGenerator(CodeGenerator):
        def visit_Template(  # noqa: N802 - Jinja calls it by this name
            self, node: nodes.Template, frame: Frame | None = None
        ) -> None:
            known[self.name] = Reads(parts=set(find_referenced_templates(node)))
            super().visit_Template(node, frame)

        def enter_frame(self, frame: Frame) -> None:
            super().enter_frame(frame)
            loads = frame.symbols.loads.values()
            known[self.name].names.update(
                name for action, name in loads if action == "resolve" and name
            )

    return NotingGenerator
