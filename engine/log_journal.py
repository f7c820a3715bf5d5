"""The messages of one page's rendering, kept to be given again where and when MkDocs would.

`--strict` counts warnings under the logger "mkdocs", so each must reach it exactly once a build:
also when another process rendered the page, or an earlier build did.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

Message = tuple[str, int, str]  # logger, level, text
_ROOT = logging.getLogger("mkdocs")


class _Journal(logging.Handler):
    """Made for each page: without the lock and the registration of a handler that stays."""

    level = logging.NOTSET

    def __init__(self) -> None:
        self.messages: list[Message] = []

    def handle(self, record: logging.LogRecord) -> bool:
        """Note a message."""
        self.messages.append((record.name, record.levelno, record.getMessage()))
        return True


@contextmanager
def journal(*, silent: bool = False) -> Iterator[list[Message]]:
    """Collect what is logged meanwhile; `silent` keeps it from everybody else."""
    handler = _Journal()
    others, propagates = _ROOT.handlers, _ROOT.propagate
    _ROOT.handlers = [handler] if silent else [*others, handler]
    _ROOT.propagate = propagates and not silent
    try:
        yield handler.messages
    finally:
        _ROOT.handlers, _ROOT.propagate = others, propagates


def repeat(messages: list[Message]) -> None:
    """Log the messages as their loggers did."""
    for name, level, text in messages:
        logging.getLogger(name).log(level, "%s", text)
