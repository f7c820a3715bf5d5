"""Says how far a long piece of work is; short work stays silent."""

from __future__ import annotations

import time
from collections.abc import Callable

_FIRST_AFTER = 1.0  # seconds
_THEN_EVERY = 2.0


class Progress:
    """Reports "đã xong 12/40 hình" through `say`, never in the first second."""

    def __init__(self, noun: str, say: Callable[[str], None]) -> None:
        self._noun = noun
        self._say = say
        self._next = time.monotonic() + _FIRST_AFTER
        self._has_spoken = False

    def report(self, done: int, total: int) -> None:
        """Say how much is done when it is time to, and the end of what was spoken of."""
        now = time.monotonic()
        if now >= self._next or (self._has_spoken and done == total):
            self._say(f"đã xong {done}/{total} {self._noun}")
            self._next = now + _THEN_EVERY
            self._has_spoken = True
