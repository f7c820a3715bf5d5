"""A line of limited speed to a server on this machine, for measurements."""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

_PIECE = 16_384  # bytes passed on at once


class SlowLine:
    """Passes connections on to a port; `sent` and `received` count bytes, from the client's view.

    What clients send passes at `rate` bytes a second, of all connections together; 0 is no limit.
    """

    def __init__(self, host: str, port: int, rate: float) -> None:
        self.sent = self.received = 0
        self._server, self._rate = (host, port), rate
        self._lock, self._free_at = threading.Lock(), 0.0
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listener.getsockname()[1])

    def serve(self) -> None:
        """Accept connections until `close`."""
        with contextlib.suppress(OSError):
            while True:
                client, _ = self._listener.accept()
                server = socket.create_connection(self._server)
                for way in ((client, server, True), (server, client, False)):
                    threading.Thread(target=self._pass_on, args=way, daemon=True).start()

    def close(self) -> None:
        """Accept no further connection."""
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()

    def _pass_on(self, source: socket.socket, sink: socket.socket, is_upload: bool) -> None:
        with contextlib.suppress(OSError):
            while data := source.recv(_PIECE):
                if is_upload:
                    self.sent += len(data)
                    self._wait_for_turn(len(data))
                else:
                    self.received += len(data)
                sink.sendall(data)
        for each in (source, sink):
            with contextlib.suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)

    def _wait_for_turn(self, size: int) -> None:
        if not self._rate:
            return
        with self._lock:
            start = max(time.monotonic(), self._free_at)
            self._free_at = start + size / self._rate
        time.sleep(max(0.0, self._free_at - time.monotonic()))


@contextmanager
def slow_line(host: str, port: int, rate: float) -> Iterator[SlowLine]:
    """Open a line to a server that passes `rate` bytes a second on to it."""
    line = SlowLine(host, port, rate)
    threading.Thread(target=line.serve, daemon=True).start()
    yield line
    line.close()
