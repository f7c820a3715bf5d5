"""What a check rests on: where a file that tells it is damaged, the check is passed over.

The file has its own error; what the check would find is no fault of anything sound.
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
    """Return a decorator for a check that reads data files, or those of a folder."""

    def declare(check: Check[P]) -> Check[P]:
        @wraps(check)
        def passed_over(*args: P.args, **kwargs: P.kwargs) -> Iterator[Problem]:
            library = args[-1]
            assert isinstance(library, Library)
            if not library.is_damaged(*paths):
                yield from check(*args, **kwargs)

        return passed_over

    return declare
