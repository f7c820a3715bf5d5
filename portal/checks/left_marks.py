"""Marks that stayed text: another Markdown, Word, Facebook or Zalo makes something of them.

Readers of our page would see them as they stand, and a list or a heading that is none. The tree
tells what stayed text; each line is said once, with the line as it should be wherever that is sure.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from typing import NamedTuple

from portal.checks.phone_codes import harmed_codes, without_codes
from portal.document.contents import Contents, Row
from portal.document.parser import parse
from portal.document.tree import Heading, Words
from portal.language.text import UPPER_CASE
from portal.library.library import Library, Page, PageKind
from portal.source.problems import Problem, Severity


class Mark(NamedTuple):
    """A mark at characters of a line: `replacement` cures it; where there is none, `fix` says how.

    An empty replacement takes the mark away.
    """

    start: int
    end: int
    message: str
    fix: str = ""
    replacement: str | None = None
    severity: Severity = Severity.ERROR

    def moved(self, columns: int) -> Mark:
        """Return the mark so much further to the right."""
        return self._replace(start=self.start + columns, end=self.end + columns)


class Place(NamedTuple):
    """A row with all rows of its block, and what has to be known of its page."""

    row: Row
    siblings: list[Row]
    is_lettered: bool  # whether several lines begin with "a." or "a)"
    has_notes: bool  # whether a star after a word leads to a line that begins with one
    is_story: bool


_BULLETS = "•·▪▫●○◦‣⁃∙■□◆◇►▶➢➤➡⇒»›✓✔☑✅☐☒✗✘❌❖★☆⭐👉📌🔹🔸🔷🔶🔴🔵🟢\uf0b7\uf0a7\uf0d8\uf0fc§"
_DASHES = "–—−―‒"
_LETTER = r"[^\W\d_]"
_BULLET = re.compile(
    rf"([{_BULLETS}]|&(?:bull|middot|\#8226|\#183);)\ufe0f?\s*|([{_DASHES}])(?:\s+|(?=[^\W\d]))"
    rf"|(--+|\+)\s*(?={_LETTER}|[\0“\"])|(-)(?={_LETTER})"
)
_ODD_BLANK = r"[^\S \t\n]"  # looks like a blank, and is none to Markdown
_ODD_MARK = re.compile(
    rf"(?={_ODD_BLANK}|\S+[ \t]*{_ODD_BLANK})"
    rf"\s*(?:([*+{_BULLETS}{_DASHES}-])|(\d{{1,2}})[.)]|(\#{{1,6}}))\s+"
)
_STARRED = re.compile(rf"\*(?={_LETTER}[^*]*$)")
_NOTED = re.compile(r"[\w.,)”]\*(?![\w*])")  # such a star leads to a note that begins with one
_RINGED = re.compile(rf"o\s+(?=[{UPPER_CASE}\0])")  # Word's bullet of the second level
_NUMBERS = (  # what stands for "1. " elsewhere; group 1 is the number
    re.compile(r"[Bb]ước\s+(\d{1,2})\s*(?:[:.)/–-]\s*)+"),
    re.compile(r"\0{1,3}(?:[Bb]ước\s+)?(\d{1,2})\s*(?:[:.)/]\0{1,3}|\0{1,3}[:.)/])\s*"),
    re.compile(rf"(\d{{1,2}})(?:\s+[.)]\s*|:\s+)(?=[{UPPER_CASE}\0“\"])"),
    re.compile(
        rf"(\d{{1,2}})(?:[.)](?={_LETTER}|[\0“\"\[])|\.\)\s*|\s?/\s*(?={_LETTER}|[\0“\"\[]))"
    ),
    re.compile(r"(\d{1,2})\s?[-–]\s+"),
    re.compile(r"\((\d{1,2})\)\s*(?=\D)"),
    re.compile(r"([0-9])\ufe0f?\u20e3\s*"),
)
_CIRCLED = re.compile(r"([①-⑳❶-❿➀-➉])\s*")
_COUNT = ("một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười")
_WORDED = re.compile(rf"[Bb]ước\s+({'|'.join(_COUNT)})\s*[:.]\s*")
_LETTERED = re.compile(
    r"(?:[a-zđ]|[A-HĐ]|[ivx]{2,4}|[IVX]{1,4})"
    rf"(?:[)/]\s*(?=\S)|\.\s+(?=[{UPPER_CASE}\0]))"
)
_TASK = re.compile(r"\[[ xX]?\](?:\s+|$)")
_LATE_STEP = re.compile(r"\d{1,2}[.)]\s")
_TIGHT_HEADING = re.compile(r"(#{2,6})(?=[^\s#\d]|\d{1,2}(?:[.):]|\s))")
_HASHTAG = re.compile(r"#[^\s#\d][^\s#]*")
_BOX = re.compile(r"(?:!!!|\?\?\?\+?)\s+\w+(?:\s+\w+)*(?:\s+[\"“]([^\"”]*)[\"”])?\s*$")
_ALERT = re.compile(r"\[!(NOTE|TIP|IMPORTANT|WARNING|CAUTION)\]\s*", re.IGNORECASE)
_ALERTS = {
    "NOTE": "Chú ý",
    "TIP": "Mẹo",
    "IMPORTANT": "Quan trọng",
    "WARNING": "Cảnh báo",
    "CAUTION": "Coi chừng",
}
_ABBREVIATION = re.compile(r"\*\[([^\]]+)\]:")
_PIPES = re.compile(r"\|.*|.*\|.*\|\s*$|[^|]+(?:\s\|\s[^|]+){2,}\s*$")

_ALONE = (  # at the start of a line (what stays text, what is said, a remedy in words)
    (
        re.compile(r"\[{1,2}_?TOC_?\]{1,2}\s*$", re.IGNORECASE),
        "mục lục tự có, không cần viết",
        "xóa dòng này",
    ),
    (
        re.compile(r"(?:'''+|\"\"\"+|´´´+|‘‘‘|’’’|:::+.*|```+.*)\s*$"),
        "dấu này không mở ra khung nào",
        "xóa, hoặc mở và đóng khung bằng ```",
    ),
    (
        re.compile(r"\{%.*?%\}|\{\{<.*?>\}\}|\{#.*?#\}"),
        "lệnh này không có nghĩa ở đây, sẽ hiện ra như chữ",
        "xóa lệnh ấy",
    ),
)
_EVERYWHERE = (  # (what stays text, what is said, a remedy in words)
    (
        re.compile(r"~~"),
        "dấu ~~ không gạch được chữ, sẽ hiện ra như chữ",
        "xóa hẳn chữ định gạch, hoặc xóa dấu ~~",
    ),
    (
        re.compile(r"\[\^[^\]\s]+\]:?"),
        "chú thích cuối trang không dùng được ở đây",
        "viết lời chú ngay trong câu, hoặc đặt trong ngoặc ( )",
    ),
    (
        re.compile(r"\[\[[^\]]+\]\]"),
        "dấu [[ ]] không thành đường dẫn",
        "viết [chữ nói dẫn đến đâu](ten-bai.md)",
    ),
    (
        re.compile(r"(?<!\$)\$[^$\n]*\\[a-zA-Z]+[^$\n]*\$|\\\(.*?\\\)"),
        "công thức kiểu $…$ sẽ hiện ra như chữ",
        "viết bằng chữ thường, ví dụ dấu → thay cho $\\rightarrow$",
    ),
    (
        re.compile(r":contentReference\[[^\]]*\](?:\{[^}]*\})?|【[^】]*†[^】]*】|\bciteturn\w+"),
        "còn mẩu mã của công cụ viết tự động",
        "xóa mẩu mã ấy, ghi nguồn thật ở trường sources",
    ),
    (
        re.compile(r"`+"),
        "dấu ` không có đôi nên hiện ra như chữ",
        "thêm một dấu ` ở cuối chữ cần giữ nguyên, hoặc xóa dấu ấy",
    ),
    (
        re.compile(r"(?<![\w:]):[a-z][a-z_+-]{2,30}:(?![\w:])"),
        "tên hình kiểu :smile: sẽ hiện ra như chữ",
        "xóa, hoặc viết bằng chữ",
    ),
)
_PAIRS = (  # marks of emphasis elsewhere
    (re.compile(r"==(?=[^\s=])([^=\n]*[^\s=])=="), "=="),
    (re.compile(r"\+\+(?=[^\s+])([^+\n]*[^\s+])\+\+"), "++"),
    (re.compile(r"\^\^(?=[^\s^])([^^\n]*[^\s^])\^\^"), "^^"),
    (re.compile(r"\|\|(?=[^\s|])([^|\n]*[^\s|])\|\|"), "||"),
)
_SIGN = re.compile(r"[~=+^|\[\\&:$†_`]|citeturn")  # in each of these patterns
_BACKWARDS = re.compile(
    r"\(([^()\n]*[^\W\d_]{2}[^()\n]*)\)\[((?:https?://|mailto:|tel:)[^\]\s]+)\]"
)
_ADDRESS = re.compile(r"(?<!\0)https?://[^\s\0<>()\[\]“”\"]*[^\s\0<>()\[\]“”\".,;:!?]")
_ENTITY = re.compile(r"&(nbsp|lt|gt|amp|quot)(?![\w;])")


def check_left_marks(page: Page, _: Library) -> Iterator[Problem]:
    """Yield an error for each line on which a mark of another way of writing stayed text.

    A hashtag and an address without angle brackets are read as they stand: there is advice.
    """
    rows = page.contents.rows
    blocks = {start: list(group) for start, group in groupby(rows, lambda row: row.block.start)}
    with_codes = {line for line, _ in harmed_codes(page.contents)}  # said by another check
    is_lettered = sum(1 for row in rows if _LETTERED.match(row.left)) > 1
    has_notes = any(_NOTED.search(row.left) for row in rows)
    is_story = page.kind is PageKind.STORY
    for line, group in groupby(rows, lambda row: row.line):
        marks = list[Mark]()
        for row in group:
            place = Place(row, blocks[row.block.start], is_lettered, has_notes, is_story)
            marks += (mark.moved(row.column) for mark in _marks_in(place))
        yield from _problems_of(line, marks, page, line in with_codes)


def _problems_of(
    line: int, marks: Iterable[Mark], page: Page, has_codes: bool
) -> Iterator[Problem]:
    """Yield the problems of a line, each with the line as it should be."""
    found = list[Mark]()
    for mark in sorted(marks, key=lambda mark: mark.start):
        if not found or mark.start >= found[-1].end:
            found.append(mark)
    source = page.document.line_text(line)
    mended = _mended(source, found)
    left = without_codes(page.contents.marks.split("\n")[line - page.document.first_line])
    if not has_codes and ("**" in left or _ITALIC.search(left)):
        cured = mend_emphasis(mended)
        if cured:
            mended = cured
        message = f"dấu {'**' if '**' in left else '*'} không thành chữ đậm, chữ nghiêng"
        fix = "đặt ** sát ở cả đầu và cuối chữ cần đậm, hoặc xóa dấu ấy"
        yield Problem(page.path, line, message, mended.strip() if cured else fix)
    for mark in found:
        fix = mark.fix if mark.replacement is None else mended.strip()
        yield Problem(page.path, line, mark.message, fix, mark.severity)


def _mended(source: str, marks: Iterable[Mark]) -> str:
    parts, end = list[str](), 0
    for mark in marks:
        if mark.replacement is not None:
            parts += (source[end : mark.start], mark.replacement)
            end = mark.end
    return "".join((*parts, source[end:]))


def _marks_in(place: Place) -> Iterator[Mark]:
    row = place.row
    is_cell = isinstance(row.block, Words) and row.block.tag == "td"
    if row.left[:1] not in ("", " ") and not is_cell and not isinstance(row.block, Heading):
        first = next((mark for read in _AT_START if (mark := read(place))), None)
        if first:
            yield first
    if not _SIGN.search(row.left):  # as in most lines
        return
    for pattern, message, fix in _EVERYWHERE:
        for match in pattern.finditer(row.left):
            yield Mark(match.start(), match.end(), message, fix)
    for pattern, sign in _PAIRS:
        for match in pattern.finditer(row.left):
            message = f"dấu {sign} không có nghĩa ở đây, sẽ hiện ra như chữ"
            inner = row.source[match.start(1) : match.end(1)]
            yield Mark(match.start(), match.end(), message, replacement=f"**{inner}**")
    for match in _UNDERSCORED.finditer(row.left):
        sign, inner = match[1].replace("_", "*"), row.source[match.start(2) : match.end(2)]
        message = f"dấu {match[1]} dính liền chữ sau nên không thành chữ đậm, chữ nghiêng"
        yield Mark(match.start(), match.end(), message, replacement=f"{sign}{inner}{sign} ")
    for match in _BACKWARDS.finditer(row.left):
        message = "đường dẫn viết ngược: chữ ở trong ( ), địa chỉ ở trong [ ]"
        yield Mark(match.start(), match.end(), message, replacement=f"[{match[1]}]({match[2]})")
    for match in _ENTITY.finditer(row.left):
        message = f"'{match[0]}' thiếu dấu ; nên hiện ra như chữ"
        yield Mark(match.start(), match.end(), message, replacement=f"{match[0]};")
    if "](" not in row.left and "] (" not in row.left:  # that is a link cut off, said elsewhere
        for match in _ADDRESS.finditer(row.left):
            message = f"địa chỉ {match[0]} không bấm được"
            yield Mark(
                match.start(),
                match.end(),
                message,
                replacement=f"<{match[0]}>",
                severity=Severity.ADVICE,
            )


def _odd_blank(place: Place) -> Mark | None:
    """Return the mark of an item or of a heading next to a blank of Word or of a web page."""
    found = _ODD_MARK.match(place.row.left)
    if not found:
        return None
    mark = f"{found[2]}. " if found[2] else f"{found[3]} " if found[3] else "- "
    message = f"dấu cách cạnh '{found[0].strip()}' là loại dán từ nơi khác, không thành mục"
    return Mark(0, found.end(), message, replacement="" if place.row.is_item else mark)


def _bullet(place: Place) -> Mark | None:
    row = place.row
    found = _BULLET.match(row.left)
    if not place.has_notes:
        found = found or _STARRED.match(row.left)
    if not row.is_first or _RINGED.match(place.siblings[-1].left):
        found = found or _RINGED.match(row.left)
    is_alone = len(place.siblings) == 1 and not row.is_item
    if not found:
        return None
    sign = found[0].strip().rstrip("\ufe0f")
    if sign in _DASHES and place.is_story and is_alone:  # a dash before what is said
        return None
    message = f"dấu '{sign}' ở đầu dòng không thành mục"
    return Mark(0, found.end(), message, replacement="" if row.is_item else "- ")


def _number(place: Place) -> Mark | None:
    row = place.row
    for pattern in _NUMBERS:
        if found := pattern.match(row.left):
            return _as_step(row, found, int(found[1]))
    if found := _WORDED.match(row.left):
        return _as_step(row, found, _COUNT.index(found[1]) + 1)
    if found := _CIRCLED.match(row.left):
        bases = {"①": 1, "❶": 1, "➀": 1}
        first = max(base for base in bases if base <= found[1])
        return _as_step(row, found, ord(found[1]) - ord(first) + 1)
    return None


def _as_step(row: Row, found: re.Match[str], number: int) -> Mark:
    shown = row.source[: found.end()].replace("*", "").strip()
    message = f"'{shown}' ở đầu dòng không thành bước"
    return Mark(0, found.end(), message, replacement="" if row.is_item else f"{number}. ")


def _letter(place: Place) -> Mark | None:
    found = _LETTERED.match(place.row.left)
    if not found or place.row.is_item:
        return None
    is_name = found[0][0].isupper() and place.row.is_first and not place.is_lettered
    if "." in found[0] and is_name:  # its first letter
        return None
    message = f"'{found[0].strip()}' ở đầu dòng không thành mục"
    return Mark(0, found.end(), message, replacement="- ")


def _task(place: Place) -> Mark | None:
    row = place.row
    found = _TASK.match(row.left)
    if not found:
        return None
    message = "ô đánh dấu [ ] sẽ hiện ra như chữ"
    return Mark(0, found.end(), message, replacement="" if row.is_item else "- ")


def begins_step(row: Row) -> bool:
    """Return whether a row that is no item begins as a step does elsewhere."""
    starts = (*_NUMBERS, _WORDED, _CIRCLED, _LATE_STEP)
    return not row.is_item and any(start.match(row.left) for start in starts)


def _late_step(place: Place) -> Mark | None:
    row = place.row
    found = _LATE_STEP.match(row.left)
    if not found or row.is_first:
        return None
    message = f"'{found[0].strip()}' dính vào đoạn trên nên không thành bước"
    return Mark(0, found.end(), message, "để một dòng trống ở trên dòng này")


def _heading(place: Place) -> Mark | None:
    row = place.row
    if found := _TIGHT_HEADING.match(row.left):
        message = f"{found[1]} dính liền chữ nên không thành đầu mục"
        return Mark(0, found.end(), message, replacement=f"{found[1]} ")
    if found := _HASHTAG.match(row.left):
        message = f"'{found[0]}' hiện ra nguyên cả dấu #"
        fix = "muốn thành đầu mục thì viết ## rồi dấu cách; muốn thế này thì cứ để"
        return Mark(found.start(), found.end(), message, fix, severity=Severity.ADVICE)
    return None


def _box(place: Place) -> Mark | None:
    row = place.row
    if found := _BOX.match(row.left):
        message = "khung kiểu !!! không dùng được ở đây"
        return Mark(0, found.end(), message, replacement=f"**{found[1] or 'Chú ý'}:**")
    if found := _ALERT.match(row.left):
        title = _ALERTS[found[1].upper()]
        message = f"khung kiểu {found[0].strip()} không dùng được ở đây"
        return Mark(0, found.end(), message, replacement=f"**{title}:** ")
    return None


def _other(place: Place) -> Mark | None:
    row = place.row
    for pattern, message, fix in _ALONE:
        if found := pattern.match(row.left):
            return Mark(found.start(), found.end(), message, fix)
    if found := _ABBREVIATION.match(row.left):
        message = f"lời giải nghĩa chữ tắt '{found[1]}' sẽ hiện ra như chữ"
        return Mark(0, found.end(), message, "thêm vào data/glossary.yml, rồi xóa dòng này")
    if _PIPES.match(row.left) and _begins_table(place):
        return Mark(0, len(row.left), *_why_no_table(place))
    if _is_pasted_table(place):
        message = "bảng dán từ Word hay Excel không thành bảng"
        cells = [cell.strip() for cell in row.source.split("\t")]
        line = f"| {' | '.join(cells)} |"
        return Mark(0, len(row.left), message, f"viết mỗi hàng như:  {line}")
    return None


def _why_no_table(place: Place) -> tuple[str, str]:
    """Return why lines with pipes are no table, and what cures it."""
    row = place.row
    columns = row.left.strip().strip("|").count("|") + 1
    rule = f"|{'---|' * columns}"
    below = next((each for each in place.siblings if each.line == row.line + 1), None)
    marks = below.source.strip() if below else ""
    if "-" not in marks or not set(marks) <= set("|-: "):
        message = "bảng chưa thành bảng: thiếu dòng |---| ngay dưới dòng đầu"
        return message, f"thêm dòng  {rule}  dưới dòng đầu"
    if marks.strip("|").count("|") + 1 != columns:
        message = "bảng chưa thành bảng: thiếu dòng |---| ngay dưới dòng đầu"
        return message, f"thay dòng  {marks}  ở dưới bằng  {rule}"
    return "bảng dính vào đoạn trên nên không thành bảng", "để một dòng trống ở trên dòng này"


def _begins_table(place: Place) -> bool:
    """Return whether this is the first of the lines with pipes in its paragraph."""
    piped = (row.line for row in place.siblings if _PIPES.match(row.left))
    return next(piped, 0) == place.row.line


def _is_pasted_table(place: Place) -> bool:
    """Return whether this is the first of several lines of a paragraph parted by tabs."""
    parted = [row.line for row in place.siblings if "\t" in row.left.strip()]
    return len(parted) > 1 and parted[0] == place.row.line


_AT_START: tuple[Callable[[Place], Mark | None], ...] = (
    _task,
    _box,
    _odd_blank,
    _bullet,
    _number,
    _letter,
    _other,
    _late_step,
    _heading,
)

# One star or underscore before a word, closed where the next word begins: italics elsewhere.
_ITALIC = re.compile(r"(?<![\w*\\])\*(?=[^\s*\d#])[^*\n]*[^\s*\w]\*(?=\w)")
_UNDERSCORED = re.compile(r"(?<![\w/.@-])(__?)(?=[^\s_])([^_\n]*[^\s_])\1(?=\w)")
_EMPHASIS = re.compile(r"\*\*")


def mend_emphasis(line: str) -> str:
    """Return a line with its bold and italic words written so that they are, "" when unsure.

    Nothing but blanks is changed: those within the marks go, and one parts the mark from a word.
    """
    for sign in ("**", "*"):
        line = _mend_pairs(line, sign)
    return line if _is_whole(line) else ""


def _is_whole(line: str) -> bool:
    left = without_codes(Contents(parse(line)).marks)
    return "**" not in left and not _ITALIC.search(left)


def _mend_pairs(line: str, sign: str) -> str:
    pattern = _EMPHASIS if sign == "**" else re.compile(r"(?<!\*)\*(?!\*)(?=\S)")
    if sign == "*" and not _ITALIC.search(Contents(parse(line)).marks):
        return line
    pieces = pattern.split(line)
    if len(pieces) % 2 == 0:
        return line
    for inside in range(1, len(pieces), 2):
        words = pieces[inside]
        before, after = pieces[inside - 1], pieces[inside + 1]
        if words[:1].isspace() and before and not before[-1].isspace():
            before += " "
        if words[-1:].isspace() and after and not after[0].isspace() and after[0].isalnum():
            after = " " + after
        words = words.strip()
        if not words:
            return line
        if before and before[-1].isalnum() and not words[0].isalnum():
            before += " "
        if after and after[0].isalnum() and not words[-1].isalnum():
            after = " " + after
        pieces[inside - 1 : inside + 2] = before, words, after
    return sign.join(pieces)
