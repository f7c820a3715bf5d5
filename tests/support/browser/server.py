"""A small server of a site folder, and waiting for what a page does."""

from __future__ import annotations

import functools
import threading
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, Page, Route

from support.waiting import wait_until as wait_for


class QuietHandler(SimpleHTTPRequestHandler):
    """Serves files without a log, and without letting the browser keep them by itself."""

    server: TroubledServer

    def log_message(self, *_: object) -> None:
        pass

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "no-cache")
        super().end_headers()

    def do_GET(self) -> None:
        self.server.asked.append(self.path)
        self.server.ending.wait(self.server.delay)
        if self.server.status:
            self.send_error(self.server.status)
        else:
            super().do_GET()

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Answer with the site's own page where it has one for this error."""
        page = Path(self.directory, f"{code}.html")
        if not page.is_file():
            super().send_error(code, message, explain)
            return
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(page.read_bytes())


class TroubledServer(ThreadingHTTPServer):
    """May be slow (seconds before each answer), or answer all with an error (its status).

    `asked` are the paths that were requested.
    """

    delay = 0.0
    status = 0

    def __init__(self, *arguments: Any) -> None:
        self.ending = threading.Event()
        self.asked = list[str]()
        super().__init__(*arguments)


class SiteServer:
    """A server on a port of its own; `stop` is how a test cuts the network."""

    def __init__(self, folder: Path) -> None:
        handler = functools.partial(QuietHandler, directory=str(folder))
        self.trouble = TroubledServer(("127.0.0.1", 0), handler)
        self.folder = folder
        self.url = f"http://127.0.0.1:{self.trouble.server_port}/"
        threading.Thread(target=self.trouble.serve_forever, args=(0.02,), daemon=True).start()

    def stop(self) -> None:
        self.trouble.ending.set()
        self.trouble.shutdown()
        self.trouble.server_close()


class HeldRequests:
    """Requests for some address, which wait until the test lets them go on."""

    def __init__(self, target: Page | BrowserContext, address: str) -> None:
        self._routes = list[Route]()
        target.route(address, lambda route: self._routes.append(route))

    def release(self, page: Page) -> None:
        """Let the page's first request go on, as soon as it has come."""
        wait_for(lambda: page.evaluate("true") and self._routes)  # events come while it is asked
        self._routes[0].continue_()


def wait_until(page: Page, condition: str) -> None:
    """Wait until an expression, or what it promises, is true.

    Playwright's own `wait_for_function` evaluates a text anew each time, which our pages forbid.
    """
    page.evaluate(
        f"""(async () => {{
          for (const end = Date.now() + 30000; !(await {condition}); ) {{
            if (Date.now() > end) throw new Error("still not true after half a minute");
            await new Promise((resolve) => setTimeout(resolve, 50));
          }}
        }})()"""
    )
