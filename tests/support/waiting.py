"""Waiting for what happens elsewhere: the one place of the tests that sleeps."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

PATIENCE = 180  # seconds that a busy machine may take
Value = TypeVar("Value")


def wait_until(
    look: Callable[[], Value], describe: Callable[[], str] = str, patience: float = PATIENCE
) -> Value:
    """Return what a look finds as soon as it is true; else AssertionError with a description."""
    end = time.monotonic() + patience
    while time.monotonic() < end:
        if found := look():
            return found
        time.sleep(0.01)
    raise AssertionError(describe())
