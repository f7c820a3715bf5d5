"""Functions run in limited processes, so that no file can hang a build or exhaust its memory.

A process that exceeds its limits is killed and replaced; all other tasks go on. A function's
exceptions are raised in the caller: only a limit or a crash becomes a `Failure`.
"""

from __future__ import annotations

import os
import signal
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from enum import StrEnum
from multiprocessing import connection, get_context, resource_tracker
from typing import Generic, TypeVar

try:
    import resource
except ImportError:  # Windows
    _HAS_LIMITS = False
else:
    _HAS_LIMITS = True

Task = TypeVar("Task")
Result = TypeVar("Result")
# A waiting process uses no CPU time: it is killed after this many times its limit.
_WALL_FACTOR = 6


class Failure(StrEnum):
    """Why a task has no result."""

    TIMEOUT = "timeout"
    MEMORY = "memory"
    CRASH = "crash"


@dataclass(frozen=True)
class Limits:
    """What one task may use: seconds of CPU, bytes of address space of its process.

    CPU time counts, not wall time, so that a busy machine accepts what an idle one does. Windows
    can limit neither: there only wall time ends a task.
    """

    seconds: float
    memory: int


@contextmanager
def unheard_interrupts() -> Iterator[None]:
    """Start processes inside that Ctrl-C does not reach: who started them ends them.

    Else each prints a traceback of its own, even while it imports.
    """
    if not hasattr(signal, "pthread_sigmask"):  # Windows
        yield
        return
    resource_tracker.ensure_running()  # the first time it would unblock the signal again
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def run_limited(
    function: Callable[[Task], Result],
    tasks: Sequence[Task],
    limits: Limits,
    processes: int | None = None,
) -> Iterator[tuple[Task, Result | Failure]]:
    """Yield each task with its result as it finishes; `processes` is by default one a core.

    `function` must be importable by name, tasks and results picklable.
    """
    waiting = deque(tasks)
    idle = list[_Worker[Task, Result]]()
    busy = dict[connection.Connection, _Worker[Task, Result]]()
    try:
        while waiting or busy:
            while waiting and len(busy) < (processes or os.cpu_count() or 1):
                worker = idle.pop() if idle else _Worker(function, limits)
                worker.assign(waiting.popleft())
                busy[worker.connection] = worker
            for worker in _finished(busy):
                result = worker.result()
                del busy[worker.connection]
                if worker.is_alive:
                    idle.append(worker)
                yield worker.task, result
    finally:
        for worker in (*idle, *busy.values()):
            worker.end()


def _finished(
    busy: dict[connection.Connection, _Worker[Task, Result]],
) -> list[_Worker[Task, Result]]:
    """Wait for at least one worker to finish or fail, and return all that have."""
    deadline = min(worker.deadline for worker in busy.values())
    ready = connection.wait(list(busy), max(0.0, deadline - time.monotonic()))
    return [
        worker
        for key, worker in busy.items()
        if key in ready or worker.deadline <= time.monotonic()
    ]


class _Worker(Generic[Task, Result]):
    """One process and its current task."""

    def __init__(self, function: Callable[[Task], Result], limits: Limits) -> None:
        # Not forked: the build may have threads, and a fork copies locks that they hold.
        context = get_context("spawn")
        self.limits = limits
        self.connection, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs, function, limits), daemon=True)
        with unheard_interrupts():
            self._process.start()
        theirs.close()

    def assign(self, task: Task) -> None:
        self.task = task
        self.deadline = time.monotonic() + _WALL_FACTOR * self.limits.seconds
        with suppress(BrokenPipeError):  # `result` reports a dead process
            self.connection.send(task)

    def result(self) -> Result | Failure:
        if not self.connection.poll():
            self.end()
            return Failure.TIMEOUT
        try:
            raised, value = self.connection.recv()
        except (EOFError, ConnectionResetError):
            self._process.join()
            timed_out = _HAS_LIMITS and self._process.exitcode == -signal.SIGPROF
            return Failure.TIMEOUT if timed_out else Failure.CRASH
        if isinstance(raised, MemoryError):
            return Failure.MEMORY
        if raised:
            raise raised
        return value  # type: ignore[no-any-return] # a pipe is untyped

    @property
    def is_alive(self) -> bool:
        return self._process.is_alive()

    def end(self) -> None:
        self._process.kill()
        self._process.join()
        self.connection.close()


def _serve(
    tasks: connection.Connection, function: Callable[[Task], Result], limits: Limits
) -> None:
    """Run tasks until the parent closes the pipe or dies; runs in the worker's process."""
    if _HAS_LIMITS:
        _, ceiling = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (limits.memory, ceiling))
    with suppress(EOFError, BrokenPipeError):
        while True:
            task = tasks.recv()
            with _timed(limits.seconds):
                answer = _answer(function, task)
            tasks.send(answer)


@contextmanager
def _timed(seconds: float) -> Iterator[None]:
    """Kill this process after so many CPU seconds, even inside a decoder written in C."""
    if not _HAS_LIMITS:
        yield
        return
    signal.setitimer(signal.ITIMER_PROF, seconds)  # SIGPROF, unhandled, kills
    yield
    signal.setitimer(signal.ITIMER_PROF, 0)


def _answer(
    function: Callable[[Task], Result], task: Task
) -> tuple[Exception | None, Result | None]:
    try:
        return None, function(task)
    except Exception as error:
        return error, None
