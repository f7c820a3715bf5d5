"""A built site behind a small server, and a Chromium to read it with."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import cache
from pathlib import Path

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright
from support.browser.chromium import LIGHT_CHROMIUM, OPTIONS, Chromium
from support.browser.engine import Engine
from support.browser.firefox import Firefox
from support.browser.real_voice import IS_THERE as VOICE_IS_THERE
from support.browser.server import SiteServer
from support.browser.webkit import WebKit

# As with old engines: where tests are the last word, a missing voice fails.
collect_ignore = [] if VOICE_IS_THERE or os.environ.get("CI") else ["test_real_voice.py"]
OTHERS = {"today": Chromium, "Firefox": Firefox, "WebKit": WebKit}


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=LIGHT_CHROMIUM, args=OPTIONS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def engines() -> Iterator[Callable[[str | int], Engine]]:
    """Return what gives a browser: an old Chromium by its version, or another by its name.

    Each starts once, when it is first asked for.
    """
    with ExitStack() as opened:

        @cache
        def engine(name: str | int) -> Engine:
            return opened.enter_context(OTHERS[name]() if name in OTHERS else Chromium(name))

        yield engine


@pytest.fixture
def server(small_site: Path) -> Iterator[SiteServer]:
    site_server = SiteServer(small_site)
    yield site_server
    site_server.stop()


@pytest.fixture
def site(small_site: Path) -> Iterator[SiteServer]:
    """Serve the site named in the environment (`make errands`), else the small one."""
    site_server = SiteServer(Path(os.environ.get("SITE", small_site)))
    yield site_server
    site_server.stop()


@pytest.fixture
def changing_server(small_site: Path, tmp_path: Path) -> Iterator[SiteServer]:
    """Serve a copy of the site that a test may change."""
    site_server = SiteServer(shutil.copytree(small_site, tmp_path / "site"))
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
