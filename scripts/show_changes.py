"""Shows each changed page of a branch as residents get it, before and after.

Both states are built with the code of this branch, that of the base from its docs/ and data/. One
that cannot be built is left out, with a message. Exit status: 0, or 2 when the branch to compare
with does not exist.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Browser, sync_playwright

from portal.system.command_line import CommandLine, run_command
from desk.audit.portraits import Portrait, portray, served_packed
from desk.branch_summary import changed_pages
from desk.git_commits import base_of, unpack_commit
from desk.readers_eye import MAX_SEEN, SeenChange, write_changes
from portal.library.library import Page, load_library
from portal.library.page_kinds import GUIDE
from portal.library.published_addresses import handout_path

ROOT = Path(__file__).resolve().parent.parent
_CODE = ("hooks", "theme", "portal")  # beside mkdocs.yml, what a build reads of the project
_OPTIONS = ["--no-sandbox", "--disable-gpu"]


class BuiltState(NamedTuple):
    """A built site, and the address at which it is served."""

    folder: Path
    address: str


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the report, print where it is, and return the exit status."""
    parser = CommandLine(description="Chụp mỗi trang đổi như bà con thấy, trước và sau.")
    parser.add_argument("--base", default="origin/main", help="nhánh để so, mặc định origin/main")
    parser.add_argument("--root", type=Path, default=ROOT, help="thư mục dự án")
    parser.add_argument("--out", type=Path, default=Path("mat-nguoi-doc"), help="thư mục để ghi")
    options = parser.parse_args(arguments)
    root = options.root.resolve()
    with tempfile.TemporaryDirectory() as scratch:
        old = Path(scratch, "before")
        try:
            unpack_commit(root, base_of(root, options.base), old)
        except subprocess.CalledProcessError as error:
            reason = error.stderr.decode(errors="replace").strip()
            print(f"Không so được với {options.base}: {reason}", file=sys.stderr)
            return 2
        pages = [
            (change.before, change.after)
            for change in changed_pages(load_library(old), load_library(root))
        ]
        seen = pages[:MAX_SEEN]
        changes = look_at(seen, old, root, Path(scratch)) if seen else []
        report = write_changes(changes, len(pages) - len(seen), options.out)
    print(f"{len(changes)} trang đổi, xem ở {report}")
    return 0


def look_at(
    pages: Sequence[tuple[Page | None, Page | None]], old: Path, root: Path, scratch: Path
) -> list[SeenChange]:
    """Return the portraits of pages before and after, from builds of both projects."""
    lend_code(root, old)
    built = (build(old, scratch / "site-before"), build(root, scratch / "site-after"))
    with ExitStack() as opened:
        sites = [
            BuiltState(each, opened.enter_context(served_packed(each))) if each else None
            for each in built
        ]
        playwright = opened.enter_context(sync_playwright())
        chromium = shutil.which("chromium") or "google-chrome"
        browser = playwright.chromium.launch(executable_path=chromium, args=_OPTIONS)
        changes = list[SeenChange]()
        for before, after in pages:
            page = after or before
            assert page
            old_face, new_face = (
                portrait_of(browser, *each) for each in zip((before, after), sites, strict=True)
            )
            changes.append(SeenChange(page.title, page.path, old_face, new_face))
        browser.close()
    return changes


def portrait_of(browser: Browser, page: Page | None, site: BuiltState | None) -> Portrait | None:
    """Return the portrait of a page, None where there is no page or no site."""
    if page is None or site is None:
        return None
    paper = site.folder / handout_path(page) if page.kind is GUIDE else None
    return portray(browser, site.address + page.url, paper)


def lend_code(root: Path, project: Path) -> None:
    """Give a folder of content the configuration, the code and the cache of this project."""
    shutil.copy(root / "mkdocs.yml", project)
    (root / ".cache").mkdir(exist_ok=True)
    for name in (*_CODE, ".cache"):
        (project / name).symlink_to(root / name)


def build(project: Path, site: Path) -> Path | None:
    """Return the site of a project, None and a message when it cannot be built."""
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir", str(site)]
    environment = {**os.environ, "BROTLI_QUALITY": "0"}  # served packed anyway
    run = subprocess.run(
        command, cwd=project, env=environment, capture_output=True, text=True, check=False
    )
    if run.returncode == 0:
        return site
    print(f"Không dựng được {site.name}:\n{run.stdout}{run.stderr}", file=sys.stderr)
    return None


if __name__ == "__main__":
    run_command(main)
