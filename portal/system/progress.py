"""Progress of long work; short work reports nothing."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Mapping
from typing import TextIO

_FIRST_AFTER = 1.0  # seconds
_THEN_EVERY = 2.0
_BUILD_AFTER, _BUILD_EVERY = 2.0, 0.2


class Progress:
    """Reports "đã xong 12/40 hình" through `say`, never in the first second."""

    def __init__(self, noun: str, say: Callable[[str], None]) -> None:
        self._noun = noun
        self._say = say
        self._next = time.monotonic() + _FIRST_AFTER
        self._has_spoken = False

    def report(self, done: int, total: int) -> None:
        """Report at intervals, and the end if anything was reported before."""
        now = time.monotonic()
        if now >= self._next or (self._has_spoken and done == total):
            self._say(f"đã xong {done}/{total} {self._noun}")
            self._next = now + _THEN_EVERY
            self._has_spoken = True


class BuildProgress:
    """Shows the stage of a build on one line of a terminal, once it has taken two seconds.

    Nothing is shown in CI (the variable CI is set) or where `stream` is no terminal.
    """

    def __init__(
        self, stream: TextIO | None = None, environment: Mapping[str, str] = os.environ
    ) -> None:
        self._stream = stream or sys.stderr
        self._is_shown = self._stream.isatty() and not environment.get("CI")
        self._next = time.monotonic() + _BUILD_AFTER
        self._stage, self._total, self._cached, self._done, self._began = "", 0, 0, 0, 0.0

    def begin(self, stage: str, total: int, cached: int = 0) -> None:
        """Begin a stage of so many pages, some of them cached."""
        self._stage, self._total, self._cached, self._done = stage, total, cached, 0
        self._began = time.monotonic()

    def step(self) -> None:
        """Count one page that had to be made."""
        self._done += 1
        now = time.monotonic()
        if self._is_shown and now >= self._next:
            self._next = now + _BUILD_EVERY
            left = self._total - self._cached - self._done
            seconds = round((now - self._began) / self._done * left)
            done = self._cached + self._done
            self._show(
                f"{self._stage}: {done}/{self._total} trang, {self._cached} có sẵn, "
                f"còn khoảng {seconds} giây"
            )

    def end(self) -> None:
        """Clear the line."""
        if self._is_shown:
            self._show("")

    def _show(self, text: str) -> None:
        # The cursor goes back to the start, so that a message overwrites the line.
        self._stream.write(f"\x1b[K{text}\r")
        self._stream.flush()
