"""A build that gives way: nobody waits for it, and somebody may come to wait for something else.

The build looks for that between pages, never within one: so what it shares with other builds, the
caches, is always whole.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_IS_IN_THE_WAY: ContextVar[Callable[[], bool]] = ContextVar("is_in_the_way", default=lambda: False)


class GaveWay(Exception):  # noqa: N818 - nothing is wrong
    """The build has stopped without an error; what it had begun to write is discarded."""


@contextmanager
def giving_way(is_in_the_way: Callable[[], bool]) -> Iterator[None]:
    """Let builds within this context stop when they are in the way."""
    token = _IS_IN_THE_WAY.set(is_in_the_way)
    try:
        yield
    finally:
        _IS_IN_THE_WAY.reset(token)


def give_way() -> None:
    """Stop the build here if it is in the way.

    Raises:
        GaveWay: it is.
    """
    if _IS_IN_THE_WAY.get()():
        raise GaveWay
