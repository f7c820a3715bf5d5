"""The lock of an object store: who may change it, held in `releases/current.json`.

That object is only ever written in place of the version read before (`If-Match`), so that of two
publishers at once the second is refused. Whoever holds it writes it anew while working; one that
was not for `STALE` seconds belongs to a publisher that is gone.
"""

from __future__ import annotations

import hashlib
import os
import socket
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import datetime, timedelta

from desk.publishing.bucket import Bucket, ChangedMeanwhileError, Content
from desk.publishing.object_headers import ObjectHeaders
from desk.publishing.store_state import CURRENT, StoreState, read_state, write_state
from desk.publishing.target import PublishError
from portal.language.dates import VIETNAM

STALE = 300  # seconds
_RENEWED = 30  # seconds
PRIVATE = ObjectHeaders("application/json", "no-store")


class Lease:
    """The right to change a store; `state` is what `current.json` says."""

    def __init__(self, bucket: Bucket, state: StoreState, tag: str) -> None:
        self.state = state
        self._bucket, self._tag = bucket, tag
        self._holder = f"{_this_machine()} {os.getpid()} {uuid.uuid4().hex}"
        self._renewed = time.monotonic()

    def change(self, state: StoreState) -> None:
        """Write another state, still holding the lease.

        Raises:
            PublishError: another publisher has taken it.
        """
        self._write(replace(state, holder=f"{self._holder} {time.time_ns()}"))

    def renew(self) -> None:
        """Say again that somebody works here, when that is due.

        Raises:
            PublishError: another publisher has taken the lease.
        """
        if time.monotonic() - self._renewed > _RENEWED:
            self.change(self.state)

    def end(self) -> None:
        """Let others publish."""
        self._write(replace(self.state, holder=""))

    def _write(self, state: StoreState) -> None:
        try:
            self._tag = self._bucket.exchange(CURRENT, write_state(state), PRIVATE, self._tag)
        except ChangedMeanwhileError:
            raise _taken("vừa giành quyền") from None
        self.state, self._renewed = state, time.monotonic()


@contextmanager
def leased(bucket: Bucket) -> Iterator[Lease]:
    """Yield the lease of a store, and end it.

    Raises:
        PublishError: somebody else is publishing.
    """
    found = bucket.read(CURRENT)
    state = state_in(found)
    if found and state.holder and found.age < STALE and not _is_gone(state.holder):
        raise _taken(f"đang chạy, {round(found.age)} giây trước còn làm việc", STALE - found.age)
    lease = Lease(bucket, state, found.tag if found else "")
    lease.change(state)
    if state_in(bucket.read(CURRENT)) != lease.state:  # the store ignores conditions
        raise _taken("vừa giành quyền")
    try:
        yield lease
    except BaseException:
        with suppress(PublishError):  # the first error matters; a lease left over becomes stale
            lease.end()
        raise
    lease.end()


def state_in(found: Content | None) -> StoreState:
    """Return the state of a store by its `current.json`; None is a store without releases.

    Raises:
        PublishError: the object is not what a publish wrote.
    """
    try:
        return read_state(found.body) if found else StoreState()
    except (ValueError, KeyError, TypeError, AttributeError):
        message = f"{CURRENT} trong kho không phải do lần đăng trước ghi"
        raise PublishError(message, "đăng vào một thùng chứa hay thư mục (tiền tố) trống") from None


def _taken(what: str, seconds: float = STALE) -> PublishError:
    """Return the error of a store that somebody holds, for so many seconds if they are gone."""
    end = datetime.now(VIETNAM) + timedelta(seconds=seconds + 60)  # the next whole minute
    fix = f"chờ lần ấy xong rồi chạy lại; nếu nó đã bị ngắt thì chạy lại từ {end:%H:%M}"
    return PublishError(f"một lần đăng khác {what}", fix)


def _this_machine() -> str:
    """Return a short digest of this machine's name: `current.json` may be public."""
    return hashlib.sha256(socket.gethostname().encode()).hexdigest()[:12]


def _is_gone(holder: str) -> bool:
    """Return whether a holder was a process of this machine that has ended."""
    machine, process, *_ = *holder.split(), "", ""
    if machine != _this_machine() or not process.isdecimal():
        return False
    try:
        os.kill(int(process), 0)
    except ProcessLookupError:
        return True
    except OSError:
        return False
    return int(process) == os.getpid()  # a container that was started again
