"""Checks pages as the build does: all of them, or only the named files.

With --stage, files repaired by --fix are staged for the next commit, as the commit hook needs.

Exit status: 0 without errors (advice does not count), 1 with errors, 2 for a usage error.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from portal.system.command_line import CommandLine, run_command
from desk.git_index import stage, unstaged_changes
from portal.checks import check_library
from portal.checks.autofix import mend_page
from portal.checks.data_texts import mended_tables
from portal.drawn.paper.length import check_length
from portal.images.mending import mend_images
from portal.library.library import Library, load_library
from portal.source.problems import Problem, as_github, as_gitlab, as_json, as_text, errors
from portal.system.files import explain_write_error, write_atomically

ROOT = Path(__file__).resolve().parent.parent
FORMATS: dict[str, Callable[[Iterable[Problem]], str]] = {
    "text": as_text,
    "github": as_github,
    "gitlab": as_gitlab,
    "json": as_json,
}


def parse_arguments(arguments: list[str]) -> argparse.Namespace:
    """Return the parsed command line."""
    parser = CommandLine(description="Kiểm tra nội dung trước khi dựng trang.")
    parser.add_argument("files", nargs="*", type=Path, help="chỉ báo lỗi của các tệp này")
    parser.add_argument("--fix", action="store_true", help="sửa những gì máy sửa được")
    parser.add_argument("--stage", action="store_true", help="đưa chỗ vừa sửa vào lần ghi này")
    parser.add_argument("--format", choices=FORMATS, default="text", help="dạng kết quả")
    parser.add_argument("--root", type=Path, default=ROOT, help="thư mục dự án")
    return parser.parse_args(arguments)


def names_of(files: list[Path], root: Path) -> set[str] | None:
    """Return the paths of the named files within the project, or None for all."""
    if not files:
        return None
    return {
        file.resolve().relative_to(root).as_posix()
        if file.resolve().is_relative_to(root)
        else str(file)
        for file in files
    }


def mend_files(library: Library, root: Path, wanted: set[str] | None) -> Iterator[str]:
    """Repair the wanted pages and data files in place and yield the path of each changed one."""
    for page in library.pages:
        mended = mend_page(page.source, page.path)
        if (wanted is None or page.path in wanted) and mended != page.source:
            write_atomically(root / page.path, mended.encode())
            yield page.path
    for path, mended in mended_tables(library):
        if wanted is None or path in wanted:
            write_atomically(root / path, mended.encode())
            yield path


def mend(library: Library, root: Path, wanted: set[str] | None) -> set[str] | None:
    """Repair the wanted files, print them, and return the new paths; None on a write error."""
    renamed = set[str]()
    try:
        for path in mend_files(library, root, wanted):
            print(f"Đã sửa {path}", file=sys.stderr)
        for change in mend_images(library, wanted):
            print(f"Đã sửa {change}", file=sys.stderr)
            renamed.add(change.new_path)
    except OSError as error:
        file = Path(error.filename or root)
        place = file.relative_to(root) if file.is_relative_to(root) else file
        message, fix = explain_write_error(error, place, place.parent)
        print(f"{message}; tệp cũ còn nguyên\n    Cách sửa: {fix}", file=sys.stderr)
        return None
    return renamed


def mend_and_stage(library: Library, root: Path, wanted: set[str] | None) -> set[str] | None:
    """Repair, and stage the repaired files, renamed pictures included."""
    before = unstaged_changes(root)
    renamed = mend(library, root, wanted)
    if renamed is not None and (changed := unstaged_changes(root) - before | renamed):
        stage(root, changed)
        count = sum((root / path).exists() for path in changed)
        print(f"Đã đưa {count} tệp vừa sửa vào lần ghi này.", file=sys.stderr)
    return renamed


def main(arguments: list[str] | None = None) -> int:
    """Repair with --fix, check, print the result and return the exit status."""
    options = parse_arguments(sys.argv[1:] if arguments is None else arguments)
    root = options.root.resolve()
    wanted = names_of(options.files, root)
    missing = [name for name in sorted(wanted or ()) if not (root / name).is_file()]
    if missing:
        print(f"Không có tệp {missing[0]}", file=sys.stderr)
        return 2
    library = load_library(root)
    if options.fix:
        renamed = (mend_and_stage if options.stage else mend)(library, root, wanted)
        if renamed is None:
            return 1
        library, wanted = load_library(root), None if wanted is None else wanted | renamed
    found = check_library(library)
    if not errors(found):  # an invalid page may not be printable
        found = sorted({*found, *check_length(library, root / ".cache/paper", wanted)})
    problems = [p for p in found if wanted is None or p.path in wanted]
    report = FORMATS[options.format](problems)
    if report:
        print(report)
    if options.format == "text":
        print(f"{len(errors(problems))} lỗi, {len(problems) - len(errors(problems))} gợi ý.")
    return 1 if errors(problems) else 0


if __name__ == "__main__":
    run_command(main)
