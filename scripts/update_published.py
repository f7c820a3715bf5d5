"""Adds the addresses of the last release to data/published.txt, after it has been published.

An address is never taken out: who holds it on paper cannot be told. Exit status 1 when there is no
release, a published address leads nowhere, or the list cannot be read, and nothing is written.
"""

from __future__ import annotations

import sys
from pathlib import Path

from desk.release import list_published, released_addresses
from portal.checks.addresses import check_addresses, check_published
from portal.library.addresses import PUBLISHED, REDIRECTS
from portal.library.library import load_library
from portal.source.problems import as_text
from portal.system.command_line import CommandLine
from portal.system.files import write_atomically

ROOT = Path(__file__).resolve().parent.parent


def main(arguments: list[str] | None = None) -> int:
    """Update the list, say how many addresses are new, and return the exit status."""
    parser = CommandLine(description="Ghi các địa chỉ đã đăng vào data/published.txt.")
    parser.add_argument("--root", type=Path, default=ROOT, help="thư mục dự án")
    parser.add_argument("--site", type=Path, help="trang mà make release đã dựng")
    options = parser.parse_args(arguments)
    root = options.root.resolve()
    site = options.site or root / "dist/site"
    if not (site / "index.html").is_file():
        fix = "SITE_URL=https://ten-mien-cua-trang.vn/ make release"
        print(f"chưa có trang đã dựng để đăng ở {site}\n    Cách sửa: {fix}", file=sys.stderr)
        return 1
    library = load_library(root)
    unread = [each for each in library.problems if each.path in (PUBLISHED, REDIRECTS)]
    if problems := [*unread, *check_addresses(library), *check_published(library)]:
        print(as_text(problems), file=sys.stderr)
        return 1
    text = list_published(library, released_addresses(site, library))
    new = text.count("\n/") - len(library.addresses.published)
    write_atomically(root / PUBLISHED, text.encode())
    print(f"{PUBLISHED}: thêm {new} địa chỉ")
    return 0


if __name__ == "__main__":
    sys.exit(main())
