"""Adds the addresses of this version to data/published.txt, after it has been published.

An address is never taken out: who holds it on paper cannot be told. Exit status 1 when a published
address leads nowhere, or the list cannot be read, and nothing is written.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from portal.addresses import PUBLISHED, REDIRECTS
from portal.checks.addresses import check_addresses
from portal.files import write_atomically
from portal.library import load_library
from portal.problems import as_text
from portal.redirects import list_published

ROOT = Path(__file__).resolve().parent.parent


def main(arguments: list[str] | None = None) -> int:
    """Update the list, say how many addresses are new, and return the exit status."""
    parser = argparse.ArgumentParser(description="Ghi các địa chỉ đã đăng vào data/published.txt.")
    parser.add_argument("--root", type=Path, default=ROOT, help="thư mục dự án")
    root = parser.parse_args(arguments).root.resolve()
    library = load_library(root)
    unread = [each for each in library.problems if each.path in (PUBLISHED, REDIRECTS)]
    if problems := [*unread, *check_addresses(library)]:
        print(as_text(problems), file=sys.stderr)
        return 1
    text = list_published(library)
    new = text.count("\n/") - len(library.addresses.published)
    write_atomically(root / PUBLISHED, text.encode())
    print(f"{PUBLISHED}: thêm {new} địa chỉ")
    return 0


if __name__ == "__main__":
    sys.exit(main())
