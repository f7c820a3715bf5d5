"""Refuses to build for publishing unless SITE_URL is a whole https address.

Cards, QR codes and feeds hold that address: one that is wrong cannot be mended on paper.
"""

from __future__ import annotations

import os
import sys

from portal.metadata import release_obstacle


def main() -> int:
    """Say what is wrong with SITE_URL, and return the exit status: 0 when nothing is."""
    obstacle = release_obstacle(os.environ.get("SITE_URL", ""))
    if obstacle:
        fix = "SITE_URL=https://ten-mien-cua-trang.vn/ make release"
        print(f"{obstacle}\n    Cách sửa: {fix}", file=sys.stderr)
    return 1 if obstacle else 0


if __name__ == "__main__":
    sys.exit(main())
