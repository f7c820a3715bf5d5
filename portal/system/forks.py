"""Work spread over processes that share what the build has already read.

A forked process starts in a millisecond and sees the whole build as it is at that moment; what it
changes is lost, so only the bytes it returns count. Where the platform has no fork, or threads run
(a fork would copy their locks), the caller does the work itself.
"""

from __future__ import annotations

import gc
import os
import struct
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from multiprocessing.connection import Connection, wait

WORTH_FORKING = 250  # pages; below it one process is done before others have taken their share
_CHUNK = 16  # pages a process takes at a time: few enough to end together, many enough to be cheap
_NUMBER = struct.Struct("I")
_HEAD = struct.Struct("II")  # of an answer: its number and its length in bytes
_PIPE_BYTES = 65_536  # what a pipe holds before a writer waits (pipe(7))

Work = Callable[[int], bytes | None]


def can_fork() -> bool:
    """Return whether this process may fork safely now."""
    return hasattr(os, "fork") and threading.active_count() == 1


def run_forked(
    work: Work, count: int, processes: int, chunk: int = 0
) -> Iterator[tuple[int, bytes]]:
    """Yield (number, `work(number)`) for the numbers below `count`, in no fixed order.

    A process takes `chunk` numbers at a time, `chunk_size(count)` unless it is given.

    A number for which `work` raised or returned None, or whose process died, is left out: the
    caller meets the same error when it does that work itself.
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
            connection.close()  # a process that still works ends at its next result
        for pid in children:
            os.waitpid(pid, 0)


def _filled_pipe(firsts: Sequence[int]) -> int:
    """Return the end of a pipe that holds the first number of each chunk.

    Each process reads four bytes at a time, so that every chunk goes to exactly one.
    """
    reading, writing = os.pipe()
    os.write(writing, b"".join(map(_NUMBER.pack, firsts)))
    os.close(writing)
    return reading


def chunk_size(count: int) -> int:
    """Return how many numbers a process takes at a time, so that all chunks fit into one pipe."""
    return max(_CHUNK, -(-count * _NUMBER.size // _PIPE_BYTES))


def _serve(
    work: Work,
    count: int,
    chunk: int,
    tasks: int,
    results: Connection,
    others: dict[int, Connection],
) -> None:
    """Work until the numbers or the parent are gone, then end this process."""
    gc.freeze()  # looking through what the parent holds would copy it
    try:
        for connection in others.values():
            connection.close()
        while data := os.read(tasks, _NUMBER.size):
            (first,) = _NUMBER.unpack(data)
            numbers = range(first, min(first + chunk, count))
            # In one piece: each message makes both processes stop and go on.
            results.send_bytes(b"".join(_answers(work, numbers)))
    finally:
        os._exit(0)


def _answers(work: Work, numbers: Iterable[int]) -> Iterator[bytes]:
    """Yield the head and the bytes of each answer."""
    for number in numbers:
        answer = None
        with suppress(Exception):  # the parent meets it again, with its traceback
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

    What no process has done is done here.
    """
    done = dict[int, bytes]()
    if processes > 1 and can_fork():
        done |= run_forked(work, count, min(processes, count), chunk)
    for number in range(count):
        yield done.pop(number) if number in done else work(number)
