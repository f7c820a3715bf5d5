"""A task that overruns its limits is ended; every other task has its result."""

import ctypes
import signal
import time

import pytest

from portal.system.workers import Failure, Limits, run_limited

LIMITS = Limits(seconds=0.3, memory=400_000_000)


def behave(task: str) -> str:
    if task == "spin":
        while True:
            pass
    if task == "sleep":
        signal.pause()
    if task == "eat":
        return str(len(bytearray(1_000_000_000)))
    if task == "crash":
        ctypes.string_at(0)
    if task == "raise":
        raise LookupError(task)
    return task.upper()


def test_every_task_is_answered_whatever_the_others_do() -> None:
    tasks = ["a", "spin", "sleep", "eat", "crash", "b"]
    assert dict(run_limited(behave, tasks, LIMITS, processes=2)) == {
        "a": "A",
        "b": "B",
        "spin": Failure.TIMEOUT,
        "sleep": Failure.TIMEOUT,
        "eat": Failure.MEMORY,
        "crash": Failure.CRASH,
    }


def test_time_is_counted_for_each_task_anew() -> None:
    assert (
        list(run_limited(spin_for_a_while, [0.2, 0.2, 0.2], LIMITS, processes=1))
        == [(0.2, None)] * 3
    )


def spin_for_a_while(seconds: float) -> None:
    end = time.process_time() + seconds
    while time.process_time() < end:
        pass


def test_what_a_function_raises_is_raised_to_the_caller() -> None:
    with pytest.raises(LookupError, match="raise"):
        list(run_limited(behave, ["raise"], LIMITS))


def test_no_task_starts_no_process() -> None:
    assert list(run_limited(behave, [], LIMITS)) == []
