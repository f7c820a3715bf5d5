"""Makes a release, dist/<date>-<digest>/, of the site that was just built into dist/.next/."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from portal.system.command_line import run_command
from desk.publishing.host_files import write_host_files
from desk.publishing.release import LATEST, STAGED, Release, address_in, seal
from desk.publishing.target import PublishError
from portal.library.clock import build_day
from portal.library.library import load_library
from portal.library.published_addresses import writable_redirects
from portal.system.files import explain_write_error

ROOT = Path(__file__).resolve().parent.parent

MOVED = """\
Bản này dựng cho địa chỉ khác bản trước: {0} thành {1}.
Mã QR, tờ in, bản tin ghi địa chỉ mới. Không định đổi thì: SITE_URL={0} make release"""


def main(root: Path = ROOT) -> int:
    """Seal the release, print where it is and what it holds, and return the exit status."""
    dist = root / "dist"
    if not (dist / STAGED / "index.html").is_file():
        print(
            f"chưa có trang đã dựng ở {dist / STAGED}\n    Cách sửa: make release", file=sys.stderr
        )
        return 1
    before = address_in(dist / LATEST)
    try:
        write_host_files(dist / STAGED, writable_redirects(load_library(root)))
        release = seal(dist / STAGED, dist, build_day(), commit_of(root))
    except OSError as error:
        message, fix = explain_write_error(error, dist, dist)
        print(f"{message}\n    Cách sửa: {fix}", file=sys.stderr)
        return 1
    except PublishError as error:  # changed while it was sealed
        print(error, file=sys.stderr)
        return 1
    print(describe_release(release, root))
    if before and before != release.address:
        print(MOVED.format(before, release.address))
    return 0


def describe_release(release: Release, root: Path) -> str:
    """Return, in Vietnamese, where a release is and what it holds."""
    counts = release.counts
    size = f"{counts['bytes'] / 1_000_000:.1f}".replace(".", ",")
    place = release.folder.relative_to(root)
    return f"{place}: {counts['pages']} trang, {counts['files']} tệp, {size} MB"


def commit_of(root: Path) -> str:
    """Return the project's commit, with "+" when files were changed since; "" without git."""
    try:
        commit = _git(root, "rev-parse", "HEAD").strip()
        return commit + ("+" if _git(root, "status", "--porcelain") else "")
    except (OSError, subprocess.CalledProcessError):
        return ""


def _git(root: Path, *arguments: str) -> str:
    command = ["git", "-C", str(root), *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


if __name__ == "__main__":
    run_command(main)
