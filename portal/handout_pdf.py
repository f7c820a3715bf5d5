"""Handouts as PDF files: real Vietnamese text, tagged, with the brand face embedded in part.

fpdf2 writes the file. Its own line breaking is not used: `handout_layout` has placed every line.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from portal.cache import cache_key
from portal.fonts import font_digest
from portal.handout_layout import (
    BOTTOM,
    HOTLINE_PITCH,
    HOTLINE_SIZE,
    MARGIN,
    MM_PER_POINT,
    PAGE,
    QR_SIZE,
    TEAM_ROOM,
    TOP,
    WIDTH,
    Ground,
    Layout,
    Placed,
    Role,
    break_lines,
    hotline_lines,
    lay_out,
    lay_out_list,
)
from portal.handouts import HandoutContent, HandoutSource, Run
from portal.qr import QUIET_ZONE, encode_qr
from portal.text import format_day

if TYPE_CHECKING:
    from portal.pdf_sheets import Sheets

INK, SOFT = "#15211d", "#3b4944"
_GROUNDS = {Ground.URGENT: "#fdeeea", Ground.WARNING: "#fff5d9", Ground.HELP: "#eaf6ee"}
_EDGES = {Ground.URGENT: "#b3261e", Ground.WARNING: "#c98a00", Ground.HELP: "#0f4f2a"}
_HEADINGS = {Ground.URGENT: "#7d1a12", Ground.WARNING: "#5c3d00", Ground.HELP: "#0f4f2a"}
_TAGS = {Role.TITLE: "/H1", Role.HEADING: "/H2", Role.SUBHEADING: "/H3"}
_STANDING_SENTENCE = (
    "Nếu màn hình trên máy bà con khác hướng dẫn, hãy hỏi Tổ công nghệ số cộng đồng."
)
_ASCENT = 0.98  # of a line's height above its baseline, in sizes: room for marks, then the letters
_FOOT_SIZE, _FIELD_SIZE = 10, 12.0
FOOT_TOP, _FOOT_PITCH = PAGE[1] - BOTTOM, 3.9  # mm


def handout_key(source: HandoutSource | tuple[HandoutSource, ...]) -> str:
    """Return a hash of all that decides a handout, or a booklet of several: words, face, code."""
    digests = source.digest if isinstance(source, HandoutSource) else [s.digest for s in source]
    return cache_key(digests, _tools())


@cache
def _tools() -> str:
    """Return a hash of what draws: the face, the library and this code."""
    names = "fonts handout_layout handout_pdf handouts pdf_sheets qr typesetting".split()
    code = (Path(__file__).with_name(f"{name}.py").read_bytes() for name in names)
    return cache_key(font_digest(), version("fpdf2"), *code)


def draw_handout(content: HandoutContent) -> bytes:
    """Return a guide's handout as a PDF file.

    Raises:
        MissingFontError: the brand face is not installed.
    """
    from portal.pdf_sheets import Sheets  # slow to import; most builds draw nothing

    pdf = Sheets(content.title, content.site, content.reviewed)
    draw_layout(pdf, lay_out(content))
    return bytes(pdf.output())


def draw_guide(source: HandoutSource) -> bytes:
    """Return `draw_handout` of a guide that has yet to be read."""
    return draw_handout(source.read())


def draw_booklet(sources: tuple[HandoutSource, ...]) -> bytes:
    """Return the handouts of a topic, at least one, as one PDF file with a table of contents.

    Raises:
        MissingFontError: the brand face is not installed.
    """
    from portal.pdf_sheets import Sheets

    contents = [source.read() for source in sources]
    title = contents[0].topic
    dates = [content.reviewed for content in contents if content.reviewed]
    pdf = Sheets(title, contents[0].site, max(dates, default=None))
    layouts = [lay_out(content) for content in contents]
    first = _draw_contents(pdf, title, layouts)
    for layout in layouts:
        draw_layout(pdf, layout, first)
        first += len(layout.pages)
    return bytes(pdf.output())


def draw_layout(pdf: Sheets, layout: Layout, first: int = 0) -> None:
    """Draw a handout's pages; in a booklet `first` is the number of the first one."""
    content, count = layout.content, len(layout.pages)
    for number, placed in enumerate(layout.pages, 1):
        pdf.add_page()
        if number == 1:
            pdf.start_section(content.title)
            _draw_head(pdf, content)
        for item in placed:
            _draw_ground(pdf, item)
        for item in placed:
            _draw_piece(pdf, item, content.colour)
        if number == count:
            _draw_closing(pdf, content)
        if first:
            draw_foot(pdf, content, f"Trang {first + number - 1}")
        else:
            draw_foot(pdf, content, f"Trang {number}/{count}" if count > 1 else "")


def _draw_head(pdf: Sheets, content: HandoutContent) -> None:
    """Draw site and topic above the title, and the QR code beside it."""
    with pdf.tagged("/P"):
        head = [Run(content.site, is_bold=True), Run(f"  ·  {content.topic}")]
        pdf.write_line(MARGIN, TOP + 4, head, 11, content.colour)
    with pdf.tagged("/Figure", alt=f"Mã QR mở {content.address}"):
        _draw_qr(pdf, content.address, PAGE[0] - MARGIN - QR_SIZE, TOP - 3)


def _draw_qr(pdf: Sheets, address: str, left: float, top: float) -> None:
    code = encode_qr(address)
    module = QR_SIZE / code.side
    pdf.set_fill_color("#000000")
    for row, modules in enumerate(code.modules, QUIET_ZONE):
        column = 0
        while column < len(modules):
            end = column
            while end < len(modules) and modules[end]:
                end += 1
            if end > column:
                x, y = left + (column + QUIET_ZONE) * module, top + row * module
                pdf.rect(x, y, (end - column) * module, module * 1.02, style="F")
            column = end + 1


def _draw_ground(pdf: Sheets, placed: Placed) -> None:
    piece = placed.piece
    if piece.ground is Ground.PLAIN:
        return
    above = 1.2 if piece.role is Role.HEADING else piece.before
    top, height = placed.top - above, above + piece.height + 0.8
    with pdf.artifact():
        pdf.set_fill_color(_GROUNDS[piece.ground])
        pdf.rect(MARGIN - 4, top, WIDTH + 8, height, style="F")
        pdf.set_fill_color(_EDGES[piece.ground])
        pdf.rect(MARGIN - 4, top, 1.4, height, style="F")


def _draw_piece(pdf: Sheets, placed: Placed, colour: str) -> None:
    piece = placed.piece
    is_heading = piece.role in (Role.HEADING, Role.SUBHEADING, Role.TITLE)
    ink = _HEADINGS.get(piece.ground, colour) if piece.role is Role.HEADING else INK
    baseline = placed.top + _ASCENT * piece.size * MM_PER_POINT
    _draw_marker(pdf, placed, baseline, colour)
    with pdf.tagged(_TAGS.get(piece.role, "/P")):
        if piece.role is Role.STEP:
            _write_number(pdf, piece.number, baseline, piece.size)
        for index, line in enumerate(piece.lines):
            shown = [Run(r.text, True, r.href) for r in line] if is_heading else line
            pdf.write_line(
                MARGIN + piece.indent, baseline + index * piece.pitch, shown, piece.size, ink
            )


def _draw_marker(pdf: Sheets, placed: Placed, baseline: float, colour: str) -> None:
    """Draw what stands before an item: a box to tick, a dot, the disc of a step."""
    size = placed.piece.size * MM_PER_POINT
    with pdf.artifact():
        if placed.piece.role is Role.CHECK:
            pdf.set_draw_color(INK)
            pdf.set_line_width(0.35)
            pdf.rect(MARGIN + 1, baseline - size * 0.78, size * 0.8, size * 0.8)
        elif placed.piece.role is Role.BULLET:
            pdf.set_fill_color(INK)
            pdf.circle(MARGIN + 3.5, baseline - size * 0.32, 0.75, style="F")
        elif placed.piece.role is Role.STEP:
            pdf.set_fill_color(colour)
            pdf.circle(MARGIN + 3.2, baseline - size * 0.35, size * 0.66, style="F")


def _write_number(pdf: Sheets, number: int, baseline: float, size: float) -> None:
    """Write a step's number in the middle of its disc."""
    digits = Run(str(number), is_bold=True)
    size -= 1 if number < 10 else 4
    pdf.set_font(pdf.FACE, "B", size)
    left = MARGIN + 3.2 - pdf.get_string_width(digits.text) / 2
    pdf.write_line(left, baseline - 0.1, [digits], size, "#ffffff")


def _draw_closing(pdf: Sheets, content: HandoutContent) -> None:
    """Draw the numbers to call, the room for the team, and the standing sentence."""
    top = PAGE[1] - BOTTOM - TEAM_ROOM + 4
    lines = hotline_lines(content)
    baseline = top - 4 - HOTLINE_PITCH * (len(lines) - 1)
    for line in lines:
        with pdf.tagged("/P"):
            pdf.write_line(MARGIN, baseline, line, HOTLINE_SIZE, INK)
        baseline += HOTLINE_PITCH
    with pdf.artifact():
        pdf.set_draw_color(SOFT)
        pdf.set_line_width(0.3)
        pdf.rect(MARGIN - 4, top, WIDTH + 8, 12, style="D", round_corners=True, corner_radius=2)
    name = content.team.name
    label = "" if name.startswith("Tổ ") else "Tổ công nghệ số: "
    _write_field(pdf, MARGIN, top + 8, label, name, 105)
    _write_field(pdf, MARGIN + 109, top + 8, "Điện thoại: ", content.team.phone, WIDTH - 109)
    with pdf.tagged("/P"):
        pdf.write_line(MARGIN, top + 18, [Run(_STANDING_SENTENCE)], 10.5, SOFT)


def _write_field(pdf: Sheets, x: float, y: float, label: str, value: str, width: float) -> None:
    """Write a label and its value, smaller where it is long, or a dotted line to write on."""
    pdf.set_font(pdf.FACE, "", _FIELD_SIZE)
    start = x + pdf.get_string_width(label)
    pdf.set_font(pdf.FACE, "B", _FIELD_SIZE)
    room = x + width - start
    size = min(_FIELD_SIZE, _FIELD_SIZE * room / max(pdf.get_string_width(value), 0.1))
    with pdf.tagged("/P"):
        pdf.write_line(x, y, [Run(label)], _FIELD_SIZE, INK)
        pdf.write_line(start, y, [Run(value, True)], size, INK)
    if not value:
        start += 1
        with pdf.artifact():
            pdf.set_draw_color(SOFT)
            pdf.set_dash_pattern(0.4, 1.2)
            pdf.line(start, y + 0.5, x + width, y + 0.5)
            pdf.set_dash_pattern()


def draw_foot(pdf: Sheets, content: HandoutContent, page: str = "") -> None:
    """Draw who runs the site, the day of the check with the way to the sources, the page's number.

    These stand below all else; only a long name of an operator takes a second line.
    """
    y = FOOT_TOP + _FOOT_PITCH
    for number, line in enumerate(break_lines((Run(content.standing),), WIDTH, _FOOT_SIZE), 1):
        with pdf.tagged("/P"):
            pdf.write_line(MARGIN, y + number * _FOOT_PITCH, line, _FOOT_SIZE, SOFT)
    checked = f"Kiểm tra ngày {format_day(content.reviewed)}" if content.reviewed else ""
    if checked:
        _write_foot(pdf, MARGIN, y, f"{checked} · Căn cứ và nguồn: soi mã QR ở đầu bài")
    if page:
        pdf.set_font(pdf.FACE, "", _FOOT_SIZE)
        _write_foot(pdf, PAGE[0] - MARGIN - pdf.get_string_width(page), y, page)


def _write_foot(pdf: Sheets, x: float, y: float, text: str) -> None:
    with pdf.tagged("/P"):
        pdf.write_line(x, y, [Run(text)], _FOOT_SIZE, SOFT)


def _draw_contents(pdf: Sheets, title: str, layouts: Sequence[Layout]) -> int:
    """Draw the table of contents; return the number of the page that follows it."""
    pages = lay_out_list(title, [layout.content.title for layout in layouts])
    following = number = len(pages) + 1
    remaining, colour = iter(layouts), layouts[0].content.colour
    for placed in pages:
        pdf.add_page()
        with pdf.tagged("/P"):
            pdf.write_line(MARGIN, TOP + 4, [Run(layouts[0].content.site, True)], 11, colour)
        for item in placed:
            _draw_piece(pdf, item, colour)
            if item.piece.role is Role.BULLET:
                _draw_page_number(pdf, item, number)
                number += len(next(remaining).pages)
        draw_foot(pdf, replace(layouts[0].content, reviewed=None))
    return following


def _draw_page_number(pdf: Sheets, placed: Placed, number: int) -> None:
    """Write an entry's page number at the right and make the whole line lead there."""
    piece = placed.piece
    baseline = placed.top + _ASCENT * piece.size * MM_PER_POINT
    pdf.set_font(pdf.FACE, "B", piece.size)
    right = PAGE[0] - MARGIN - pdf.get_string_width(str(number))
    with pdf.tagged("/P"):
        pdf.write_line(right, baseline, [Run(str(number), True)], piece.size, INK)
    pdf.link(MARGIN, placed.top, WIDTH, piece.height, pdf.add_link(page=number))
