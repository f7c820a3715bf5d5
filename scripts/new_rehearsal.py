"""Creates a new rehearsal ("Tập thử") in data/practice/ from the template.

Exit status: 0 when the file was written, 2 for a usage error. An existing file is never
overwritten.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from portal.system.command_line import CommandLine, run_command
from desk.scaffold import draft_rehearsal
from portal.language.text import slugify
from portal.library.library import load_library

ROOT = Path(__file__).resolve().parent.parent
NEXT_STEPS = """\
Đã tạo {path}

Làm tiếp:
  1. Mở tệp đó, thay mỗi chỗ [Viết: …], điền guides và facts.
  2. make check    xem còn lỗi gì, sửa thế nào
  3. make serve    bấm thử ở http://localhost:8000/{url}
"""


def parse_arguments(arguments: list[str]) -> argparse.Namespace:
    """Return the parsed command line."""
    parser = CommandLine(description="Tạo bài tập thử mới.")
    parser.add_argument("--title", default="", help="việc được tập")
    parser.add_argument("--root", type=Path, default=ROOT, help="thư mục dự án")
    return parser.parse_args(arguments)


def main(arguments: list[str] | None = None) -> int:
    """Write a new rehearsal, print the next steps, and return the exit status."""
    options = parse_arguments(sys.argv[1:] if arguments is None else arguments)
    if not slugify(options.title):
        example = 'make practice TITLE="Giữ kín mã OTP"'
        print(f"Chưa tạo được bài tập: thiếu tên. Ví dụ: {example}", file=sys.stderr)
        return 2
    draft = draft_rehearsal(load_library(options.root), options.title)
    file = options.root / draft.path
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("x", encoding="utf-8", newline="\n") as stream:
        stream.write(draft.text)
    print(NEXT_STEPS.format(path=draft.path, url=draft.url))
    return 0


if __name__ == "__main__":
    run_command(main)
