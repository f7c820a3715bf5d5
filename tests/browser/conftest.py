"""A built site behind a small server, and a Chromium to read it with."""

from __future__ import annotations

import functools
import shutil
import threading
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from conftest import FILES, NOON_TODAY, complete_project, write
from mkdocs.commands.build import build
from mkdocs.config import load_config
from pictures import photo, save
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

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

    def log_message(self, *_: object) -> None:
        pass

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "no-cache")
        super().end_headers()


class SiteServer:
    """A server on a port of its own; `stop` is how a test cuts the network."""

    def __init__(self, folder: Path) -> None:
        handler = functools.partial(QuietHandler, directory=str(folder))
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self.folder = folder
        self.url = f"http://127.0.0.1:{self._server.server_port}/"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()


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

    A browser writes "net::ERR_…" by itself when the network is cut: that is not ours to avoid.
    """
    complaints = list[str]()
    opened = context.new_page()
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    opened.on("console", lambda message: complaints.append(f"{message.type}: {message.text}"))
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
