"""The data files that a check reads: it is skipped when one of them is invalid.

The file's own error is reported; without its data the check would report valid pages.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import wraps
from typing import ParamSpec

from portal.library.library import Library
from portal.source.problems import Problem

P = ParamSpec("P")
Check = Callable[P, Iterator[Problem]]


def reads(*paths: str) -> Callable[[Check[P]], Check[P]]:
    """Return a decorator for a check that reads these data files or folders."""

    def declare(check: Check[P]) -> Check[P]:
        @wraps(check)
        def passed_over(*args: P.args, **kwargs: P.kwargs) -> Iterator[Problem]:
            library = args[-1]
            assert isinstance(library, Library)
            if not library.is_damaged(*paths):
                yield from check(*args, **kwargs)

        return passed_over

    return declare
