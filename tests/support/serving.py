"""Small servers on this machine, and what they show."""

from __future__ import annotations

import http.client
import http.server
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from support.waiting import wait_until

Answer = tuple[int, dict[str, str], bytes]


class Answers(http.server.BaseHTTPRequestHandler):
    """Answers each request with the next of `queue`: (status, headers, body)."""

    queue: list[Answer]
    asked: list[str]

    def do_GET(self) -> None:
        self.asked.append(self.path)
        status, headers, body = self.queue.pop(0)
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def serving(*answers: Answer, asked: list[str] | None = None) -> Iterator[str]:
    """Serve the answers on this machine, one a request, and yield the address."""
    members = {"queue": list(answers), "asked": [] if asked is None else asked}
    handler = type("Handler", (Answers,), members)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}/so-lieu.csv"
    server.shutdown()
    server.server_close()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(
    port: int, text: str, path: str = "/guides/dinh-danh/kich-hoat/", gone: bool = False
) -> None:
    """Ask for a page until it holds the text, or no longer holds it."""

    def is_so() -> bool:
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
            connection.request("GET", path)
            return (text in connection.getresponse().read().decode()) is not gone
        except OSError:
            return False

    wait_until(is_so, lambda: f"never {'gone' if gone else 'shown'}: {text}")
