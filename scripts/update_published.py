"""Records a release after publication: its addresses, and the facts on its printed sheets.

Neither is ever removed: they may be in print. Exit status 1, and nothing is written, when there is
no release, a published address is missing in it, or what was recorded before is invalid.
"""

from __future__ import annotations

import sys
from pathlib import Path

from portal.system.command_line import CommandLine, run_command
from desk.fact_record import record_facts
from desk.published_list import list_published, released_addresses
from desk.publishing.release import LATEST
from portal.checks.addresses import check_addresses, check_published
from portal.library.address_book import PUBLISHED, REDIRECTS
from portal.library.fact_history import HISTORY
from portal.library.library import load_library
from portal.source.problems import as_text
from portal.system.files import write_atomically

ROOT = Path(__file__).resolve().parent.parent


def main(arguments: list[str] | None = None) -> int:
    """Update the list, print the number of new addresses, and return the exit status."""
    parser = CommandLine(description="Ghi các địa chỉ và dữ kiện đã đăng.")
    parser.add_argument("--root", type=Path, default=ROOT, help="thư mục dự án")
    parser.add_argument("--site", type=Path, help="trang mà make release đã dựng")
    options = parser.parse_args(arguments)
    root = options.root.resolve()
    site = options.site or root / "dist" / LATEST
    if not (site / "index.html").is_file():
        fix = "SITE_URL=https://ten-mien-cua-trang.vn/ make release"
        print(f"chưa có trang đã dựng để đăng ở {site}\n    Cách sửa: {fix}", file=sys.stderr)
        return 1
    library = load_library(root)
    unread = [
        each for each in library.problems if each.path in (PUBLISHED, REDIRECTS, HISTORY.path)
    ]
    if problems := [*unread, *check_addresses(library), *check_published(library)]:
        print(as_text(problems), file=sys.stderr)
        return 1
    text = list_published(library, released_addresses(site, library))
    new = text.count("\n/") - len(library.addresses.published)
    write_atomically(root / PUBLISHED, text.encode())
    print(f"{PUBLISHED}: thêm {new} địa chỉ")
    print(f"{HISTORY.path}: thêm {record_facts(root, library)} dòng")
    return 0


if __name__ == "__main__":
    run_command(main)
