"""The sheet of an evening to teach: its plan on one page, the attendance list on the next.

The plan is laid out as a handout; the list has lines to write on and a column for each task.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from portal.cache import cache_key
from portal.fonts import font_digest, to_drawable
from portal.handout_layout import MARGIN, TOP, WIDTH, break_lines, lay_out
from portal.handout_pdf import FOOT_TOP, INK, SOFT, draw_foot, draw_layout
from portal.handouts import Block, BlockKind, HandoutContent, Run, Section
from portal.learning_paths import LearningPath
from portal.library import Library
from portal.sharing import Site

if TYPE_CHECKING:
    from portal.pdf_sheets import Sheets

ROWS = 22
_ROW_HEIGHT, _HEAD_HEIGHT = 9.2, 8.0  # mm
_NUMBER_WIDTH, _TASK_WIDTH = 10.0, 11.0
_LINE = 4.9  # mm
_NAME_SHARE = 0.56  # of the width that numbers and tasks leave
_PRIVACY = "Chỉ ghi tên gọi và xóm. Không ghi số điện thoại, số căn cước."


def sheet_content(path: LearningPath, library: Library, site: Site) -> HandoutContent:
    """Return the plan of an evening as the content of a handout.

    Raises:
        KeyError: a lesson names a guide that is not there; the checks report it first.
    """
    return HandoutContent(
        title=path.full_title,
        site=site.name,
        address=site.url + path.url,
        topic=f"Kế hoạch buổi học, khoảng {path.minutes} phút",
        sections=(
            Section("Mục đích", _blocks(BlockKind.TEXT, (path.aim,))),
            Section("Cần có trước", _blocks(BlockKind.BULLET, path.prepare)),
            Section("Kế hoạch", _blocks(BlockKind.STEP, _timetable(path, library))),
            Section("Bà con tự làm", _blocks(BlockKind.BULLET, path.tasks)),
        ),
        team=library.team,
        standing=site.standing,
    )


def _blocks(kind: BlockKind, texts: Iterator[str] | tuple[str, ...]) -> tuple[Block, ...]:
    return tuple(Block(kind, (Run(text),), number) for number, text in enumerate(texts, 1))


def _timetable(path: LearningPath, library: Library) -> Iterator[str]:
    """Yield "0–10 phút: what is done" for the lessons, practice and questions."""
    parts = [(library.by_uri[lesson.guide].title, lesson.minutes) for lesson in path.lessons]
    parts.append(("Bà con tự làm", path.practice_minutes))
    parts.append((f"{len(path.questions)} câu hỏi, đọc từ trang của buổi học", path.check_minutes))
    start = 0
    for what, minutes in parts:
        yield f"{start}–{start + minutes} phút: {what}"
        start += minutes


def sheet_key(path: LearningPath, content: HandoutContent) -> str:
    """Return a hash of all that decides a sheet: words, face, code."""
    return cache_key(path, content, _tools())


@cache
def _tools() -> str:
    """Return a hash of what draws: the face, the library and this code."""
    names = ("evening_sheet", "fonts", "handout_layout", "handout_pdf", "pdf_sheets", "typesetting")
    code = (Path(__file__).with_name(f"{name}.py").read_bytes() for name in names)
    return cache_key(font_digest(), version("fpdf2"), *code)


def draw_sheet(path: LearningPath, content: HandoutContent) -> bytes:
    """Return plan and attendance list as a PDF file.

    Raises:
        MissingFontError: the brand face is not installed.
    """
    from portal.pdf_sheets import Sheets  # slow to import; most builds draw nothing

    pdf = Sheets(content.title, content.site, None)
    draw_layout(pdf, lay_out(content))
    _draw_attendance(pdf, path, content)
    return bytes(pdf.output())


def _draw_attendance(pdf: Sheets, path: LearningPath, content: HandoutContent) -> None:
    pdf.add_page()
    _write(pdf, "/P", TOP + 4, content.site, 11, content.colour)
    _write(pdf, "/H1", TOP + 15, f"Điểm danh – {to_drawable(path.title)}", 20, content.colour)
    _write(
        pdf,
        "/P",
        TOP + 24,
        "Ngày: ……………………   Nơi học: ……………………………………   Người dạy: …………………………",
        12,
        INK,
    )
    top = _draw_table(pdf, TOP + 30, len(path.tasks))
    _draw_tasks(pdf, path, top + 6)
    draw_foot(pdf, content)


def _write(pdf: Sheets, tag: str, y: float, text: str, size: float, ink: str) -> None:
    with pdf.tagged(tag):
        pdf.write_line(MARGIN, y, [Run(text, is_bold=tag != "/P")], size, ink)


def _draw_table(pdf: Sheets, top: float, task_count: int) -> float:
    """Draw the list with its head; return where it ends, in millimetres."""
    edges = _column_edges(task_count)
    titles = ["TT", "Tên gọi", "Xóm, phố", *map(str, range(1, task_count + 1))]
    with pdf.artifact():
        pdf.set_draw_color(SOFT)
        pdf.set_line_width(0.25)
        heights = [0.0, *(_HEAD_HEIGHT + _ROW_HEIGHT * row for row in range(ROWS + 1))]
        for height in heights:
            pdf.line(MARGIN, top + height, MARGIN + WIDTH, top + height)
        for edge in edges:
            pdf.line(edge, top, edge, top + heights[-1])
    for edge, title in zip(edges, titles, strict=False):
        with pdf.tagged("/P"):
            pdf.write_line(edge + 2, top + 5.6, [Run(title, is_bold=True)], 11, INK)
    for row in range(ROWS):
        baseline = top + _HEAD_HEIGHT + _ROW_HEIGHT * row + 6.4
        with pdf.tagged("/P"):
            pdf.write_line(MARGIN + 2, baseline, [Run(str(row + 1))], 11, SOFT)
    return top + heights[-1]


def _column_edges(task_count: int) -> list[float]:
    """Return the x of each vertical line, in millimetres."""
    free = WIDTH - _NUMBER_WIDTH - _TASK_WIDTH * task_count
    widths = [_NUMBER_WIDTH, free * _NAME_SHARE, free * (1 - _NAME_SHARE)]
    edges = [MARGIN]
    for width in [*widths, *[_TASK_WIDTH] * task_count]:
        edges.append(edges[-1] + width)
    return edges


def _draw_tasks(pdf: Sheets, path: LearningPath, top: float) -> None:
    """Say what the numbered columns stand for, and what must not be written down."""
    tasks = "  ".join(f"{number}: {task}" for number, task in enumerate(path.tasks, 1))
    lines = break_lines((Run(f"Đánh dấu việc đã làm được. {tasks}"),), WIDTH, 10)
    for line in (*lines, (Run(_PRIVACY, is_bold=True),)):
        with pdf.tagged("/P"):
            pdf.write_line(MARGIN, top, line, 10, SOFT)
        top += _LINE
    assert top < FOOT_TOP + _LINE, "the list has room for its tasks"
