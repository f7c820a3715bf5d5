"""Where everything stands on the paper of a handout: sizes, lines, pages. Nothing is drawn here.

Type is as large as the pages allow, and never under 12 points on a single page or 11 on two: many
of its readers are over sixty.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache
from itertools import takewhile

from portal.fonts import Weight, advances, to_drawable
from portal.handouts import Block, BlockKind, HandoutContent, Hotline, Run, Section, join_runs
from portal.typesetting import wrap

PAGE = (210.0, 297.0)  # mm, A4
MARGIN, TOP, BOTTOM = 17.0, 12.0, 16.0
WIDTH = PAGE[0] - 2 * MARGIN
_LIMIT = PAGE[1] - BOTTOM
QR_SIZE = 25.0
QR_ROOM = QR_SIZE + 6.0
MM_PER_POINT = 25.4 / 72
PITCH = 1.34  # from baseline to baseline, in sizes: stacked marks need it

_ONE_PAGE_SIZES = (14.0, 13.5, 13.0, 12.5, 12.0)  # points
_TWO_PAGE_SIZES = (14.0, 13.5, 13.0, 12.5, 12.0, 11.5, 11.0)
_TITLE_SIZES = (28.0, 25.0, 22.0, 19.0, 16.0)
_TITLE_LINES = 3
_INDENT = 9.0
_KEPT_SECTION = 60.0  # mm; a section of up to so much stands on one page
_LIST_SIZE, _NUMBER_ROOM = 13.0, 20.0
TEAM_ROOM = 24.0  # mm at the end of the last page for the team and the standing sentence
HOTLINE_PITCH = 6.4  # mm of each line with numbers to call above that
HOTLINE_SIZE = 12.0  # points
_ARROW = re.compile(r"\s*→\s*")
# "1900 0368", "tháng 2/2026", "mức 2": a number keeps to its parts and to what it counts.
_NUMBER_GAP = re.compile(r"(\d|\b(?:tháng|ngày|năm|mức|bước|Điều|số)) (?=\d)", re.IGNORECASE)
_NO_BREAK = "\u00a0"

Line = tuple[Run, ...]


class Role(StrEnum):
    """What a piece is, which decides how it is drawn."""

    TITLE = "title"
    AUDIENCE = "audience"
    ADDRESS = "address"
    HEADING = "heading"
    SUBHEADING = "subheading"
    TEXT = "text"
    BULLET = "bullet"
    CHECK = "check"
    STEP = "step"


class Ground(StrEnum):
    """What lies behind the pieces of a section."""

    PLAIN = "plain"
    URGENT = "urgent"
    WARNING = "warning"
    HELP = "help"


_GROUNDS = {"Làm ngay": Ground.URGENT, "Coi chừng": Ground.WARNING, "Vẫn không được": Ground.HELP}
_CHECK_SECTION = "Cần có trước"
_SNAGS = "Hay vướng"
_SNAGS_NOTE = (Run("Hay vướng: ", True), Run("soi mã QR ở đầu trang để xem trên điện thoại."))


@dataclass(frozen=True)
class Piece:
    """Lines that are drawn together; `size` in points, `before` and `indent` in millimetres."""

    role: Role
    lines: tuple[Line, ...]
    size: float
    before: float = 0.0
    indent: float = 0.0
    number: int = 0
    ground: Ground = Ground.PLAIN

    @property
    def pitch(self) -> float:
        """Return the distance of baselines in millimetres."""
        return self.size * PITCH * MM_PER_POINT

    @property
    def height(self) -> float:
        """Return the height without `before`, in millimetres."""
        return len(self.lines) * self.pitch


@dataclass(frozen=True)
class Placed:
    """A piece and the distance of its first line's top from the top of the page, in millimetres."""

    piece: Piece
    top: float


@dataclass(frozen=True)
class Layout:
    """A handout on its pages; the closing part stands at the bottom of the last one."""

    content: HandoutContent
    pages: tuple[tuple[Placed, ...], ...]
    size: float


def lay_out(content: HandoutContent) -> Layout:
    """Return the handout on one page if it can be read there, else on two, else on what it takes.

    A page is won by leaving "Hay vướng" to the telephone, which the page then says.
    """
    attempts = (
        (1, content, _ONE_PAGE_SIZES),
        (1, _without_snags(content), _ONE_PAGE_SIZES),
        (2, content, _TWO_PAGE_SIZES),
    )
    for pages, shown, sizes in attempts:
        for size in sizes:
            layout = _lay_out_in(shown, size)
            if len(layout.pages) <= pages:
                return layout
    return layout


def _without_snags(content: HandoutContent) -> HandoutContent:
    note = Section("", (Block(BlockKind.TEXT, _SNAGS_NOTE),))
    return replace(
        content,
        sections=tuple(note if each.title == _SNAGS else each for each in content.sections),
    )


def _lay_out_in(content: HandoutContent, size: float) -> Layout:
    head = list(_head(content, size))
    body = [piece for section in content.sections for piece in _section(section, size)]
    closing = TEAM_ROOM + HOTLINE_PITCH * (len(hotline_lines(content)) + 1)
    return Layout(content, paginate([*head, *body], closing), size)


def hotline_lines(content: HandoutContent) -> tuple[Line, ...]:
    """Return the numbers to call as lines of `HOTLINE_SIZE`, each number beginning a new one."""
    lines = (break_lines(_hotline(each), WIDTH, HOTLINE_SIZE) for each in content.hotlines)
    return tuple(line for each in lines for line in each)


def _hotline(hotline: Hotline) -> Iterator[Run]:
    yield Run("Số cần gọi: ")
    yield Run(hotline.number, True, f"tel:{hotline.number.replace(' ', '')}")
    note = ", ".join(filter(None, (hotline.name, hotline.cost)))
    if note:
        yield Run(f"{_NO_BREAK} {note}")


def lay_out_list(title: str, entries: Sequence[str]) -> tuple[tuple[Placed, ...], ...]:
    """Return a title and a list of entries on pages; each entry is a piece of role `BULLET`."""
    heading = break_lines((Run(title, is_bold=True),), WIDTH, _TITLE_SIZES[0])
    pieces = [Piece(Role.TITLE, heading, _TITLE_SIZES[0], before=9.0)]
    for entry in entries:
        lines = break_lines((Run(entry),), WIDTH - _INDENT - _NUMBER_ROOM, _LIST_SIZE)
        pieces.append(Piece(Role.BULLET, lines, _LIST_SIZE, before=2.5, indent=_INDENT))
    return paginate(pieces)


def _head(content: HandoutContent, size: float) -> Iterator[Piece]:
    """Yield title, audience and address; the first two leave room for the QR code."""
    room = WIDTH - QR_ROOM
    yield _title(content.title, room)
    if content.audience:
        runs = Run("Dành cho ai: ", is_bold=True), Run(content.audience)
        yield Piece(Role.AUDIENCE, break_lines(runs, room, size), size, before=1.5)
    address = Run("Xem trên điện thoại: "), Run(content.address.split("//")[-1].rstrip("/"), True)
    yield Piece(Role.ADDRESS, break_lines(address, WIDTH, size), size, before=1.0)


@lru_cache(maxsize=1)  # the same for every size of the text
def _title(title: str, room: float) -> Piece:
    """Return the title in at most `_TITLE_LINES` even lines, or in the smallest size."""
    runs = (Run(title, is_bold=True),)
    for size in _TITLE_SIZES:
        lines = break_lines(runs, room, size)
        if len(lines) <= _TITLE_LINES:
            break
    return Piece(Role.TITLE, _balance(runs, lines, room, size), size, before=9.0)


def _section(section: Section, size: float) -> Iterator[Piece]:
    ground = _GROUNDS.get(section.title, Ground.PLAIN)
    if section.title:
        lines = break_lines((Run(section.title, is_bold=True),), WIDTH, size + 2)
        yield Piece(Role.HEADING, lines, size + 2, before=size * 0.22, ground=ground)
    for block in section.blocks:
        yield _block(block, size, ground, section.title)


def _block(block: Block, size: float, ground: Ground, title: str) -> Piece:
    role = {
        BlockKind.TEXT: Role.TEXT,
        BlockKind.HEADING: Role.SUBHEADING,
        BlockKind.BULLET: Role.CHECK if title == _CHECK_SECTION else Role.BULLET,
        BlockKind.STEP: Role.STEP,
    }[block.kind]
    indent = 0.0 if role in (Role.TEXT, Role.SUBHEADING) else _INDENT
    runs = tuple(_mark_sign(block.runs)) if role is Role.BULLET else block.runs
    lines = break_lines(runs, WIDTH - indent, size)
    before = size * (0.07 if title else 0.15)
    return Piece(role, lines, size, before, indent, block.number, ground)


def _mark_sign(runs: Sequence[Run]) -> Iterator[Run]:
    """Yield "sign → remedy" with the sign in bold: the face has no arrow."""
    sign, arrow, remedy = _ARROW.sub("→", runs[0].text).partition("→") if runs else ("", "", "")
    if arrow:
        yield Run(f"{sign}: ", is_bold=True)
        yield replace(runs[0], text=remedy[:1].upper() + remedy[1:])
        yield from runs[1:]
    else:
        yield from runs


def paginate(pieces: Sequence[Piece], closing: float = 0.0) -> tuple[tuple[Placed, ...], ...]:
    """Return the pieces on pages: headings keep to what follows, the last page has room to close.

    `closing` is that room in millimetres.
    """
    pages, top = [list[Placed]()], TOP
    for index, piece in enumerate(pieces):
        for part in _split(piece):
            if top + part.before + part.height + _kept_room(part, pieces[index + 1 :]) > _LIMIT:
                pages.append([])
                top = TOP
            top += part.before
            pages[-1].append(Placed(part, top))
            top += part.height
    if top + closing > _LIMIT:
        pages.append([])
    return tuple(map(tuple, pages))


def _kept_room(piece: Piece, others: Sequence[Piece]) -> float:
    """Return the room that a heading needs below it: a short section is not parted.

    Of a longer one at least the beginning stands below the heading.
    """
    if piece.role is not Role.HEADING or not others:
        return 0.0
    section = list(takewhile(lambda other: other.role is not Role.HEADING, others))
    whole = sum(other.before + other.height for other in section)
    if whole <= _KEPT_SECTION:
        return whole
    return section[0].before + min(section[0].height, 3 * section[0].pitch)


def _split(piece: Piece) -> Iterator[Piece]:
    """Yield a piece whole, or in parts of a page when it is longer than one."""
    count = int((_LIMIT - TOP) / piece.pitch) - 1
    for start in range(0, len(piece.lines), count):
        yield replace(piece, lines=piece.lines[start : start + count])


def break_lines(runs: Iterable[Run], width: float, size: float) -> tuple[Line, ...]:
    """Return runs as lines of at most `width` millimetres in type of `size` points."""
    limit = width / (size * MM_PER_POINT)
    words = [part for word in _words(runs) for part in _chop(word, limit)]
    counts = wrap([_length(word) for word in words], advances(Weight.REGULAR)[" "], limit)
    lines, start = list[Line](), 0
    for count in counts:
        lines.append(_join_words(words[start : start + count]))
        start += count
    return tuple(lines)


def _balance(
    runs: Sequence[Run], lines: tuple[Line, ...], width: float, size: float
) -> tuple[Line, ...]:
    """Return the lines, broken at `width`, as even as so many can be: no word alone in the last."""
    narrow = 0.0
    while len(lines) > 1 and width - narrow > size * MM_PER_POINT / 4:
        middle = (narrow + width) / 2
        tighter = break_lines(runs, middle, size)
        if len(tighter) > len(lines):
            narrow = middle
        else:
            lines, width = tighter, middle
    return lines


def _words(runs: Iterable[Run]) -> list[list[Run]]:
    """Return the words of runs; a word may be in several styles ("**Mở**,")."""
    words: list[list[Run]] = [[]]
    for run in runs:
        text = _NUMBER_GAP.sub(rf"\1{_NO_BREAK}", to_drawable(run.text))
        first, *others = text.split(" ")
        words[-1].append(replace(run, text=first))
        words += ([replace(run, text=other)] for other in others)
    return [word for word in words if any(run.text for run in word)]


def _chop(word: list[Run], limit: float) -> Iterator[list[Run]]:
    """Yield a word, in pieces of single characters where it is wider than a line."""
    if _length(word) <= limit:
        yield word
        return
    piece: list[Run] = []
    for run in word:
        for character in run.text:
            step = replace(run, text=character)
            if piece and _length([*piece, step]) > limit:
                yield piece
                piece = []
            piece.append(step)
    yield piece


def _length(word: Iterable[Run]) -> float:
    """Return the width of a word in sizes."""
    tables = {False: advances(Weight.REGULAR), True: advances(Weight.BOLD)}
    return sum(tables[run.is_bold][character] for run in word for character in run.text)


def _join_words(words: Sequence[list[Run]]) -> Line:
    """Return words as one line; the blank between two words of one style belongs to both."""
    runs = list[Run]()
    for word in words:
        if runs:
            same = (runs[-1].is_bold, runs[-1].href) == (word[0].is_bold, word[0].href)
            runs.append(replace(word[0], text=" ") if same else Run(" "))
        runs += word
    return join_runs(runs)
