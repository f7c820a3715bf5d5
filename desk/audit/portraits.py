"""What a resident gets of a page: a small screen, what is read aloud, the paper, the wait."""

from __future__ import annotations

import functools
import gzip
import io
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pypdfium2
from PIL import Image
from playwright.sync_api import Browser, CDPSession, Page

from desk.audit.first_screen import HEIGHT, WIDTH

BITS, LATENCY = 400_000, 400  # a second, and milliseconds: a weak network
_PAPER_DPI = 60
_PACKED = (".css", ".html", ".js", ".json", ".svg")
_FIRST_STEP = ".box-urgent li, .box-steps li"
_SECONDS = """async (selector) => {
  while (document.readyState === "loading" && !document.querySelector(selector)) {
    await new Promise((done) => requestAnimationFrame(done));
  }
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  return document.querySelector(selector) ? performance.now() / 1000 : null;
}"""
_SPOKEN = """async () => {
  const article = document.getElementById("bai");
  const script = document.querySelector("script[type=module][src]");
  if (!article || !article.matches(".guide") || !script) return [];
  const [{ sentencesOf }, { spokenText }] = await Promise.all(
    ["read-aloud.js", "spoken-text.js"].map((name) => import(new URL(name, script.src).href)));
  return sentencesOf(article).map(({ text }) => spokenText(text));
}"""


@dataclass(frozen=True)
class Portrait:
    """A page as a reader gets it; pictures are PNG files.

    `screen` is the whole page at 360 px, `first` its first screen. `seconds` pass until the first
    step is drawn over 400 kbit/s, None for a page without steps. `paper` are the sides of its PDF.
    """

    screen: bytes
    first: bytes
    spoken: tuple[str, ...]
    seconds: float | None
    paper: tuple[bytes, ...]


@contextmanager
def served_packed(site: Path) -> Iterator[str]:
    """Serve a site on this machine as a server does that compresses; yield its address."""

    class Handler(SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            """Say nothing."""

        def do_GET(self) -> None:
            """Answer with the file; texts are compressed."""
            file = Path(self.translate_path(self.path))
            file = file / "index.html" if file.is_dir() else file
            if file.suffix not in _PACKED or not file.is_file():
                super().do_GET()
                return
            data = gzip.compress(file.read_bytes())
            self.send_response(200)
            self.send_header("Content-Type", self.guess_type(str(file)))
            self.send_header("Content-Encoding", "gzip")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

    handler = functools.partial(Handler, directory=str(site))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://localhost:{server.server_port}/"
        server.shutdown()


def portray(browser: Browser, address: str, paper: Path | None) -> Portrait:
    """Return the portrait of the page at an address, and of its PDF."""
    context = browser.new_context(viewport={"width": WIDTH, "height": HEIGHT}, has_touch=True)
    page = context.new_page()
    session = context.new_cdp_session(page)
    _slow_down(session, BITS // 8, LATENCY)
    page.goto(address, wait_until="commit")
    seconds = page.evaluate(_SECONDS, _FIRST_STEP)
    _slow_down(session, -1, 0)
    page.wait_for_load_state("load")
    spoken = tuple(page.evaluate(_SPOKEN))
    portrait = Portrait(_whole(page), page.screenshot(), spoken, seconds, tuple(_sides(paper)))
    context.close()
    return portrait


def _slow_down(session: CDPSession, bytes_a_second: int, latency: int) -> None:
    throughput = {"downloadThroughput": bytes_a_second, "uploadThroughput": bytes_a_second}
    limits = {"offline": False, "latency": latency, **throughput}
    session.send("Network.emulateNetworkConditions", limits)


def _whole(page: Page) -> bytes:
    """Return the whole page without the bar that stands in the way of its middle."""
    bar = page.locator(".main-nav")
    bar.evaluate("(bar) => { bar.style.position = 'static'; }")
    picture = page.screenshot(full_page=True)
    bar.evaluate("(bar) => { bar.style.position = ''; }")
    return picture


def _sides(paper: Path | None) -> Iterator[bytes]:
    """Yield each side of a PDF as a picture."""
    if not paper or not paper.is_file():
        return
    for side in pypdfium2.PdfDocument(paper):
        stream = io.BytesIO()
        picture: Image.Image = side.render(scale=_PAPER_DPI / 72).to_pil()
        picture.save(stream, "PNG")
        yield stream.getvalue()
