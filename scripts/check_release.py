"""Refuses to build for publishing unless SITE_URL is a whole https address.

Cards, QR codes and feeds hold that address: one that is wrong cannot be mended on paper.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from portal.library.addresses import PUBLISHED, read_published
from portal.site.metadata import release_obstacle
from portal.source.problems import as_text

ROOT = Path(__file__).resolve().parent.parent


def main(root: Path = ROOT) -> int:
    """Say what is wrong with SITE_URL, and return the exit status: 0 when nothing is.

    As long as no address is noted, nothing can be missed: the first publisher is told so.
    """
    obstacle = release_obstacle(os.environ.get("SITE_URL", ""))
    published, problems = read_published(root / PUBLISHED)
    if obstacle:
        fix = "SITE_URL=https://ten-mien-cua-trang.vn/ make release"
        print(f"{obstacle}\n    Cách sửa: {fix}", file=sys.stderr)
    elif problems:
        print(as_text(problems), file=sys.stderr)
    elif not published:
        print(
            f"{PUBLISHED} còn trống. Đăng xong thì chạy make publish-list rồi ghi (commit) tệp đó:"
        )
        print("từ lần sau, bài đổi tên hay bị xóa mà quên dẫn đường sẽ bị báo lỗi.")
    return 1 if obstacle or problems else 0


if __name__ == "__main__":
    sys.exit(main())
