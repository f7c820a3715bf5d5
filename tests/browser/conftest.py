"""A built site behind a small server, and a Chromium to read it with."""

from __future__ import annotations

import functools
import shutil
import threading
import time
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from conftest import FILES, NOON_TODAY, complete_project, write
from mkdocs.commands.build import build
from mkdocs.config import load_config
from pictures import photo, save
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright

from .floor import FLOOR_DATA, FLOOR_FILES, FLOOR_PHOTO

REPOSITORY = Path(__file__).resolve().parents[2]
CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome-stable")
OPTIONS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=OPTIONS)
        yield chromium
        chromium.close()


class QuietHandler(SimpleHTTPRequestHandler):
    """Serves files without a log, and without letting the browser keep them by itself."""

    server: TroubledServer

    def log_message(self, *_: object) -> None:
        pass

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "no-cache")
        super().end_headers()

    def do_GET(self) -> None:
        time.sleep(self.server.delay)
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
    """May be slow (seconds before each answer), or answer all with an error (its status)."""

    delay = 0.0
    status = 0


class SiteServer:
    """A server on a port of its own; `stop` is how a test cuts the network."""

    def __init__(self, folder: Path) -> None:
        handler = functools.partial(QuietHandler, directory=str(folder))
        self.trouble = TroubledServer(("127.0.0.1", 0), handler)
        self.folder = folder
        self.url = f"http://127.0.0.1:{self.trouble.server_port}/"
        threading.Thread(target=self.trouble.serve_forever, daemon=True).start()

    def stop(self) -> None:
        self.trouble.shutdown()
        self.trouble.server_close()


@pytest.fixture(scope="session")
def floor_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a tiny built site that has a page of every kind."""
    project = tmp_path_factory.mktemp("floor")
    for name, text in (FILES | FLOOR_FILES).items():
        write(project / name, text)
    save(project / FLOOR_PHOTO, photo((1600, 1200)), quality=90)
    complete_project(project)
    for name, text in FLOOR_DATA.items():
        write(project / name, text)
    with pytest.MonkeyPatch.context() as today:
        today.setenv("SOURCE_DATE_EPOCH", NOON_TODAY)
        build(load_config(str(project / "mkdocs.yml"), strict=True))
    return project / "site"


@pytest.fixture
def floor(floor_site: Path) -> Iterator[SiteServer]:
    site_server = SiteServer(floor_site)
    yield site_server
    site_server.stop()


@pytest.fixture
def changing_floor(floor_site: Path, tmp_path: Path) -> Iterator[SiteServer]:
    """Serve a copy of the tiny site that a test may change."""
    site_server = SiteServer(shutil.copytree(floor_site, tmp_path / "site"))
    yield site_server
    site_server.stop()


@pytest.fixture
def server(real_site: Path) -> Iterator[SiteServer]:
    site_server = SiteServer(real_site)
    yield site_server
    site_server.stop()


@pytest.fixture
def changing_server(real_site: Path, tmp_path: Path) -> Iterator[SiteServer]:
    """Serve a copy of the site that a test may change."""
    site_server = SiteServer(shutil.copytree(real_site, tmp_path / "site"))
    yield site_server
    site_server.stop()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    phone = browser.new_context(viewport={"width": 360, "height": 800}, has_touch=True)
    yield phone
    phone.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """Return a phone's page; a script error or a message in its console fails the test.

    A browser writes by itself "net::ERR_…" when the network is cut, that a server is in trouble,
    and that a page it asked for is an error: that is not ours to avoid.
    """
    complaints, pages = list[str](), list[str]()
    opened = context.new_page()
    opened.on(
        "request",
        lambda asked: asked.is_navigation_request() and pages.append(asked.url.split("?")[0]),
    )

    def note(message: ConsoleMessage) -> None:
        told = "Failed to load resource: the server responded with a status of"
        is_page = message.location["url"].split("?")[0] in pages
        if not message.text.startswith(told if is_page else f"{told} 5"):
            complaints.append(f"{message.type}: {message.text}")

    opened.on("pageerror", lambda error: complaints.append(str(error)))
    opened.on("console", note)
    yield opened
    ours = (text for text in complaints if "net::ERR_" not in text)
    assert [text for text in ours if not text.startswith("debug: ")] == []


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


@pytest.fixture
def site_with_feedback(site_project: Path) -> Iterator[SiteServer]:
    """Serve the tiny project with a channel for feedback."""
    configuration = site_project / "mkdocs.yml"
    text = configuration.read_text(encoding="utf-8")
    text = text.replace('channel: ""', "channel: email", 1)
    configuration.write_text(text.replace('to: ""', "to: to@kns.example.vn", 1), encoding="utf-8")
    build(load_config(str(configuration), strict=True))
    site_server = SiteServer(site_project / "site")
    yield site_server
    site_server.stop()
