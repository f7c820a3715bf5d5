"""Checks before a release that its address is one for readers, and says what makes it a draft."""

from __future__ import annotations

import os
import shlex
import sys
from collections.abc import Iterator
from pathlib import Path

from portal.system.command_line import run_command
from portal.library.address_book import PUBLISHED, read_published
from portal.library.readiness import missing_settings, release_obstacle
from portal.library.settings import CONFIG_FILE, load_settings
from portal.source.problems import as_text

ROOT = Path(__file__).resolve().parent.parent


def main(root: Path = ROOT) -> int:
    """Print what stops a release, or else what is still missing, and return the exit status."""
    url = os.environ.get("SITE_URL", "")
    obstacle = release_obstacle(url)
    published, problems = read_published(root / PUBLISHED)
    if obstacle:
        fix = "viết địa chỉ thật của trang vào SITE_URL, như SITE_URL=https://…/ make release"
        if not release_obstacle(f"{url}/"):
            fix = f"SITE_URL={shlex.quote(f'{url}/')} make release"
        print(f"{obstacle}\n    Cách sửa: {fix}", file=sys.stderr)
    elif problems:
        print(as_text(problems), file=sys.stderr)
    else:
        for line in (*draft_notes(root), *(() if published else FIRST_RELEASE)):
            print(line)
    return 1 if obstacle or problems else 0


FIRST_RELEASE = (
    f"{PUBLISHED} còn trống. Đăng xong thì chạy make publish-list rồi ghi (commit) tệp đó:",
    "từ lần sau, bài đổi tên hay bị xóa mà quên dẫn đường sẽ bị báo lỗi.",
)


def draft_notes(root: Path) -> Iterator[str]:
    """Yield, in Vietnamese, what makes the site a draft: a line a setting, none when all are set.

    Invalid settings are not mentioned: the build stops at them.
    """
    settings, _ = load_settings(root / CONFIG_FILE)
    missing = missing_settings(settings.values)
    if missing:
        yield "Bản này là bản nháp, máy tìm kiếm được dặn đừng đưa vào (noindex), vì chưa ghi:"
    for name, tells in missing.items():
        line = settings.problem(name, "", "").line
        yield f"    {CONFIG_FILE}:{line}: extra.{name} — {tells}"


if __name__ == "__main__":
    run_command(main)
