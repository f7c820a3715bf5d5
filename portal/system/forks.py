"""Work spread over forked processes, which share the memory of the build.

A forked process starts in a millisecond with a copy of the whole build; its changes are lost, only
the bytes that it returns count. Where the platform has no fork, or threads run (a fork would copy
their locks), the caller does the work itself.
"""

from __future__ import annotations

import gc
import os
import struct
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from multiprocessing.connection import Connection, wait

WORTH_FORKING = 250  # pages; below it one process is faster than several
_CHUNK = 16  # pages a process takes at a time: few enough to end together, many enough to be cheap
_NUMBER = struct.Struct("I")
_HEAD = struct.Struct("II")  # of a result: its number and its length in bytes
_PIPE_BYTES = 65_536  # what a pipe holds before a writer waits (pipe(7))

Work = Callable[[int], bytes | None]


def can_fork() -> bool:
    """Return whether this process may fork safely now."""
    return hasattr(os, "fork") and threading.active_count() == 1


def run_forked(
    work: Work, count: int, processes: int, chunk: int = 0
) -> Iterator[tuple[int, bytes]]:
    """Yield (number, `work(number)`) for the numbers below `count`, in no fixed order.

    A process takes `chunk` numbers at a time, by default `chunk_size(count)`.

    A number is left out when `work` raised or returned None, or its process died: the caller gets
    the same error when it does that work itself.
    """
    chunk = chunk or chunk_size(count)
    tasks = _filled_pipe(range(0, count, chunk))
    children = dict[int, Connection]()
    try:
        for _ in range(processes):
            ours, theirs = os.pipe()
            pid = os.fork()
            if pid == 0:
                os.close(ours)
                _serve(work, count, chunk, tasks, Connection(theirs, readable=False), children)
            os.close(theirs)
            children[pid] = Connection(ours, writable=False)
        yield from _results(list(children.values()))
    finally:
        os.close(tasks)
        for connection in children.values():
            connection.close()  # a running process ends at its next result
        for pid in children:
            os.waitpid(pid, 0)


def _filled_pipe(firsts: Sequence[int]) -> int:
    """Return the read end of a pipe filled with the first number of each chunk.

    Each process reads four bytes at a time, so that every chunk goes to exactly one.
    """
    reading, writing = os.pipe()
    os.write(writing, b"".join(map(_NUMBER.pack, firsts)))
    os.close(writing)
    return reading


def chunk_size(count: int) -> int:
    """Return the numbers that a process takes at a time; all chunks must fit into one pipe."""
    return max(_CHUNK, -(-count * _NUMBER.size // _PIPE_BYTES))


def _serve(
    work: Work,
    count: int,
    chunk: int,
    tasks: int,
    results: Connection,
    others: dict[int, Connection],
) -> None:
    """Work until no numbers are left or the parent is gone, then end this process."""
    gc.freeze()  # a collection would touch, and so copy, the parent's memory
    try:
        for connection in others.values():
            connection.close()
        while data := os.read(tasks, _NUMBER.size):
            (first,) = _NUMBER.unpack(data)
            numbers = range(first, min(first + chunk, count))
            # Sent in one write: each write costs a context switch.
            results.send_bytes(b"".join(_answers(work, numbers)))
    finally:
        os._exit(0)


def _answers(work: Work, numbers: Iterable[int]) -> Iterator[bytes]:
    """Yield the header and the bytes of each result."""
    for number in numbers:
        answer = None
        with suppress(Exception):  # the parent raises it again, with its traceback
            answer = work(number)
        if answer is not None:
            yield _HEAD.pack(number, len(answer))
            yield answer


def _split_answers(data: bytes) -> Iterator[tuple[int, bytes]]:
    start = 0
    while start < len(data):
        number, size = _HEAD.unpack_from(data, start)
        start += _HEAD.size + size
        yield number, data[start - size : start]


def _results(connections: list[Connection]) -> Iterator[tuple[int, bytes]]:
    while connections:
        for connection in wait(connections):
            assert isinstance(connection, Connection)
            try:
                data = connection.recv_bytes()
            except EOFError:
                connections.remove(connection)
                continue
            yield from _split_answers(data)


def run_shares(
    work: Callable[[int], bytes], count: int, processes: int, chunk: int = 1
) -> Iterator[bytes]:
    """Yield `work(number)` for each number below `count`, in order; large pieces need no `chunk`.

    Numbers without a result are worked on in this process.
    """
    done = dict[int, bytes]()
    if processes > 1 and can_fork():
        done |= run_forked(work, count, min(processes, count), chunk)
    for number in range(count):
        yield done.pop(number) if number in done else work(number)
