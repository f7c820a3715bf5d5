"""Conflict markers that git leaves in a file."""

from __future__ import annotations

from codecs import BOM_UTF8
from itertools import takewhile

from portal.source.problems import Problem

_OURS, _BASE, _SEPARATOR, _THEIRS = b"<" * 7, b"|" * 7, b"=" * 7, b">" * 7
_LEFT_OVER = "xem chữ ở trên và ở dưới dòng này, giữ một bản, rồi xóa dòng này"
_FIX = (
    "ở mỗi chỗ giữ bản trên hay bản dưới dòng =======, hoặc ghép hai bản làm một, rồi xóa các dòng "
    "dấu; cách làm từng bước ở CONTRIBUTING.md, mục “Hai người sửa cùng một chỗ”"
)


def find_conflict(data: bytes, path: str) -> Problem | None:
    """Return one error for a file with conflict markers, else None.

    In Markdown "=======" underlines a heading (CommonMark 0.31, 4.3): there it counts alone only in
    front matter.
    """
    if not any(mark in data for mark in (_OURS, _BASE, _SEPARATOR, _THEIRS)):
        return None
    lines = [line.rstrip(b"\r") for line in data.removeprefix(BOM_UTF8).split(b"\n")]
    begins, bases, ends = (_lines_with(mark, lines) for mark in (_OURS, _BASE, _THEIRS))
    if not (begins and ends) and (loose := _moved_markers(lines)):
        begins, ends = loose
    if begins and ends:
        message = (
            f"hai người sửa cùng một chỗ, git để cả hai bản cho bạn chọn: {len(begins)} chỗ, "
            f"từ dòng {begins[0]} đến dòng {ends[-1]}"
        )
        return Problem(path, begins[0], message, _FIX)
    left = [*begins, *bases, *ends, *_lone_separators(lines, path)]
    if not left:
        return None
    line = min(left)
    message = f"còn sót dòng dấu '{lines[line - 1][:7].decode()}' khi git ghép hai bản"
    return Problem(path, line, message, _LEFT_OVER)


def _moved_markers(lines: list[bytes]) -> tuple[list[int], list[int]] | None:
    """Return where markers begin and end that were indented, quoted or joined to other words."""
    plain = [line.lstrip(b" \t>") for line in lines]
    begins = [number for number, line in enumerate(plain, 1) if line.startswith(_OURS)]
    splits = [number for number, line in enumerate(plain, 1) if line.startswith(_SEPARATOR)]
    ends = [number for number, line in enumerate(lines, 1) if _THEIRS in line[:20]]
    is_whole = begins and any(begins[0] < split < ends[-1] for split in splits if ends)
    return (begins, ends) if is_whole else None


def is_conflict(problem: Problem) -> bool:
    """Return whether a problem comes from `find_conflict`."""
    return problem.fix in (_FIX, _LEFT_OVER)


def _lines_with(mark: bytes, lines: list[bytes]) -> list[int]:
    """Return the lines that are a marker, with or without the name of a branch."""
    return [
        number
        for number, line in enumerate(lines, 1)
        if line == mark or line.startswith(mark + b" ")
    ]


def _lone_separators(lines: list[bytes], path: str) -> list[int]:
    searched = _fields_of(lines) if path.endswith(".md") else lines
    return [number for number, line in enumerate(searched, 1) if line == _SEPARATOR]


def _fields_of(lines: list[bytes]) -> list[bytes]:
    """Return the lines of a page's front matter."""
    if lines[0].rstrip() != b"---":
        return []
    fields = takewhile(lambda line: line.rstrip() not in (b"---", b"..."), lines[1:])
    return [lines[0], *fields]
