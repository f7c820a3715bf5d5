"""Takes the screenshots of CONTRIBUTING.md: the web editor's form, a page with its problems."""

from __future__ import annotations

import functools
import io
import os
import shutil
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from mkdocs.commands.build import build
from mkdocs.config import load_config
from PIL import Image
from playwright.sync_api import Page, sync_playwright

from portal.system.command_line import run_command
from desk.cms import EditorSettings, configuration
from desk.cms_package import write_editor
from portal.library.library import load_library

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "contributing"
WIDTH, HEIGHT = 900, 560  # CSS pixels
GUIDE = "guides/dinh-danh/kich-hoat-vneid.md"
# The editor opens an empty folder in the browser's own file system.
EMPTY_FOLDER = """async () => {
  const root = await navigator.storage.getDirectory();
  await root.getDirectoryHandle(".git", { create: true });
  window.showDirectoryPicker = async () => root;
}"""


@contextmanager
def served_folder(folder: Path) -> Iterator[str]:
    """Serve a folder on this machine and yield its address."""

    class QuietHandler(SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            """Say nothing."""

    handler = functools.partial(QuietHandler, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://localhost:{server.server_port}/"
        server.shutdown()


def shoot(page: Page, name: str) -> None:
    """Save a screenshot as a small WebP."""
    picture = Image.open(io.BytesIO(page.screenshot()))
    PICTURES.mkdir(exist_ok=True)
    picture.convert("RGB").save(PICTURES / name, quality=55, method=6)


def shoot_form(page: Page) -> None:
    """Take a screenshot of the form of a new guide in the web editor."""
    library, settings = load_library(ROOT), EditorSettings()
    with tempfile.TemporaryDirectory() as folder:
        config = configuration(library, settings, "http://localhost/")
        write_editor(Path(folder), ROOT / "node_modules", settings, config)
        with served_folder(Path(folder)) as address:
            page.goto(address)
            page.evaluate(EMPTY_FOLDER)
            page.get_by_role("button", name="Làm việc với kho mã nguồn cục bộ").click()
            page.get_by_text("Tạo mới", exact=True).click()
            page.get_by_role("textbox", name="Tên bài").fill("Lấy lại passcode")
            page.get_by_text("16 / 120").wait_for()  # the form has received the title
            shoot(page, "form.webp")


def shoot_problems(page: Page) -> None:
    """Take a screenshot of a guide with a misspelt field under `make serve`."""
    with (
        tempfile.TemporaryDirectory() as folder,
        tempfile.TemporaryDirectory(prefix="mkdocs_") as site,
    ):
        project = Path(folder)
        for name in ("docs", "data", "hooks", "theme", "portal"):
            shutil.copytree(ROOT / name, project / name)
        shutil.copy(ROOT / "mkdocs.yml", project)
        guide = project / "docs" / GUIDE
        guide.write_text(guide.read_text(encoding="utf-8").replace("\ntopic:", "\ntopik:", 1))
        build(load_config(str(project / "mkdocs.yml"), site_dir=site))
        with served_folder(Path(site)) as address:
            page.goto(f"{address}{GUIDE.removesuffix('.md')}/")
            shoot(page, "problems.webp")


def main() -> int:
    """Take both screenshots and return the exit status."""
    os.environ["PREVIEW"] = "true"
    with sync_playwright() as playwright:
        options = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=options)
        for take in (shoot_form, shoot_problems):
            take(browser.new_page(viewport={"width": WIDTH, "height": HEIGHT}, locale="vi-VN"))
        browser.close()
    return 0


if __name__ == "__main__":
    run_command(main)
