"""Records the log messages of a page's rendering and replays them where MkDocs would log them.

`--strict` counts warnings of the logger "mkdocs", so each must reach it exactly once a build, also
when another process has rendered the page.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

Message = tuple[str, int, str]  # logger, level, text
_ROOT = logging.getLogger("mkdocs")


class _Journal(logging.Handler):
    """A log handler without lock and registration, created for each page."""

    level = logging.NOTSET

    def __init__(self) -> None:
        self.messages: list[Message] = []

    def handle(self, record: logging.LogRecord) -> bool:
        """Record a message."""
        self.messages.append((record.name, record.levelno, record.getMessage()))
        return True


@contextmanager
def journal(*, silent: bool = False) -> Iterator[list[Message]]:
    """Record what is logged meanwhile; with `silent` no other handler gets it."""
    handler = _Journal()
    others, propagates = _ROOT.handlers, _ROOT.propagate
    _ROOT.handlers = [handler] if silent else [*others, handler]
    _ROOT.propagate = propagates and not silent
    try:
        yield handler.messages
    finally:
        _ROOT.handlers, _ROOT.propagate = others, propagates


def repeat(messages: list[Message]) -> None:
    """Log the messages again with their loggers."""
    for name, level, text in messages:
        logging.getLogger(name).log(level, "%s", text)
