"""Inline Markdown without the patterns that cannot match, for the same output in less time.

Python-Markdown tries its fifteen inline patterns on every piece of text; most pieces hold none of
their first characters. A pattern that is not listed here, or that says nothing, is always tried.
"""

from __future__ import annotations

from markdown import Markdown, inlinepatterns
from markdown.treeprocessors import InlineProcessor
from markdown.util import AtomicString

PRIORITY = 20  # that of the processor it stands for, under the same name
_TRIGGERS = {
    inlinepatterns.BACKTICK_RE: "`",
    inlinepatterns.ESCAPE_RE: "\\",
    inlinepatterns.REFERENCE_RE: "[",
    inlinepatterns.LINK_RE: "[",
    inlinepatterns.IMAGE_LINK_RE: "![",
    inlinepatterns.IMAGE_REFERENCE_RE: "![",
    inlinepatterns.AUTOLINK_RE: "<",
    inlinepatterns.AUTOMAIL_RE: "<",
    inlinepatterns.LINE_BREAK_RE: "  \n",
    inlinepatterns.HTML_RE: "<",
    inlinepatterns.ENTITY_RE: "&",
}


class SkippingInlineProcessor(InlineProcessor):
    """Tries a pattern only on text that holds the pattern's trigger.

    A pattern of our own names it in an attribute `trigger`.
    """

    def __init__(self, md: Markdown) -> None:
        super().__init__(md)
        self._triggers = [_trigger(pattern) for pattern in md.inlinePatterns]

    # The base class calls this private method by its mangled name.
    def _InlineProcessor__handleInline(  # noqa: N802
        self, data: str, index: int = 0
    ) -> str:
        if isinstance(data, AtomicString):
            return data
        start = 0
        while index < len(self._triggers):
            matched = False
            if self._triggers[index] in data:
                data, matched, start = self._InlineProcessor__applyPattern(  # type: ignore[attr-defined]
                    self.inlinePatterns[index], data, index, start
                )
            if not matched:
                index, start = index + 1, 0
        return data


def _trigger(pattern: inlinepatterns.Pattern) -> str:
    """Return what text must hold for the pattern to match, "" if that is not known."""
    return str(getattr(pattern, "trigger", "") or _TRIGGERS.get(pattern.pattern, ""))


def skip_hopeless_patterns(md: Markdown) -> None:
    """Let the instance, with all its extensions registered, use `SkippingInlineProcessor`."""
    md.treeprocessors.register(SkippingInlineProcessor(md), "inline", PRIORITY)
