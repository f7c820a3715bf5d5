"""Line prefixes that CommonMark does not parse: foreign bullets, step numbers and headings.

Word, Facebook, Zalo and other Markdown dialects render such lines as items, steps or headings. An
ambiguous prefix, which may begin a sentence, counts only if an adjacent line continues it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Set
from itertools import groupby, pairwise
from typing import NamedTuple

from portal.checks.lost_tables import find_lost_tables
from portal.document.contents import Contents, SourceLine
from portal.document.tree import Heading, Words
from portal.language.text import UPPER_CASE
from portal.source.problems import Severity


class Mark(NamedTuple):
    """An unparsed mark in a line: its span, and `replacement`, or `fix` in words without one.

    An empty replacement deletes the mark.
    """

    start: int
    end: int
    message: str
    fix: str = ""
    replacement: str | None = None
    severity: Severity = Severity.ERROR

    def moved(self, columns: int) -> Mark:
        """Return the mark with its span shifted."""
        return self._replace(start=self.start + columns, end=self.end + columns)


class Surroundings(NamedTuple):
    """The context of a page in which line prefixes are classified.

    `numbered`, `lettered` and `listed` are the lines whose prefix continues that of another line:
    line → the match of the prefix.
    """

    blocks: Mapping[int, list[SourceLine]]  # by start offset
    numbered: Mapping[int, re.Match[str]]
    lettered: Mapping[int, re.Match[str]]
    listed: Mapping[int, re.Match[str]]
    tables: Mapping[int, tuple[str, str]]  # first line of an unparsed table → cause, remedy
    quoted: Set[int]  # lines within quotations
    has_letters: bool  # whether several lines begin with "a." or "a)"
    has_notes: bool  # whether a starred word refers to a starred note
    is_story: bool


class RowContext(NamedTuple):
    """A row with the context of its page."""

    row: SourceLine
    around: Surroundings

    @property
    def siblings(self) -> list[SourceLine]:
        """Return all rows of its block."""
        return self.around.blocks[self.row.block.start]

    @property
    def is_alone(self) -> bool:
        """Return whether the row is an entire paragraph."""
        return len(self.siblings) == 1 and not self.row.is_item


# Shapes, arrows and ticks; U+F000… are those of Wingdings and Symbol.
_BULLETS = "•·‣⁃⁌⁍∙⋆∗⁕※・･＊★☆☐☑☒☛☞⚪⚫✓-✿❀-❥❧➔-➾⟰-⟿⬀-⯿■-◿»›§❌👉📌🔹🔸🔷🔶🔴🔵🟠-🟫\ue000-\uf8ff"
_DASHES = "–—−―‒‐‑﹣－˗⸺"
_ARROW = r"(?:[-=~–]+[>»]|[→⇒⇨]|&gt;)"
_LETTER = r"[^\W\d_]"
_BLANK_ENTITY = r"(?:&(?:nbsp|emsp|ensp|thinsp|\#160|\#xa0);[ \t]*)"
_INDENT = rf"{_BLANK_ENTITY}*"
_OPENING = rf"[{UPPER_CASE}\0“\"\[(]"  # of a sentence
_BULLET = re.compile(
    rf"{_INDENT}\0{{0,3}}([{_BULLETS}]|&(?:bull|middot|\#8226|\#183);)\ufe0f?\0{{0,3}}\s*"
    rf"|{_INDENT}\0{{0,3}}([{_DASHES}])\0{{0,3}}(?:\s+|(?=[^\W\d]))"
    rf"|{_INDENT}(--+|\+)\s*(?={_LETTER}|[\0“\"])|{_INDENT}(-)(?={_LETTER})"
    rf"|{_BLANK_ENTITY}+([-*+])\s+|([-–])[.)]\s+|(-)\s?\[[ xX]?\]\s+|\0{{2,3}}(-)\0{{2,3}}\s*"
)
_POINTED = re.compile(rf"{_INDENT}({_ARROW})\s*(?={_LETTER}|[\0“\"])")
_STEP_END = re.compile(r"[.:;!?…]\0*\s*$")
_ODD_BLANK = r"[^\S \t\n]"  # whitespace to readers, not to Markdown
_ODD_MARK = re.compile(
    rf"(?={_ODD_BLANK}|\S+[ \t]*{_ODD_BLANK})"
    rf"\s*(?:([*+{_BULLETS}{_DASHES}-])|(\d{{1,2}})[.)]|(\#{{1,6}}))\s+"
)
_ESCAPED = re.compile(rf"\\(?:([-*+])\s+(?={_LETTER}|[*“\"])|(\#{{2,6}})\s)")
_STARRED = re.compile(rf"\*(?={_LETTER}[^*]*$)")
_NOTED = re.compile(r"[\w.,)”]\*(?![\w*])")  # refers to a note with the same star
_RINGED = re.compile(rf"o\s+(?=[{UPPER_CASE}\0])")  # Word's bullet of the second level
# Wingdings bullets in another font, and other signs that never begin a sentence.
_WINGDING = re.compile(rf"([vqlnuFØüàèð¨Ü¬~=:;/])\s+(?=[{UPPER_CASE}\0“\"])")
_SENTENCE_STARTS = "\0 \t\"“”‘’'«(…[{#@&+-<$%*_\\|`!"
_STEP = r"(?:[Bb](?:[uư][ớơ]|[ứừ][ơo])c|BƯỚC|[Bb]uoc|BUOC|[Ss]tep|STEP)"
_NUMBERS = (  # step numbers of other dialects; group 1 is the number
    re.compile(rf"\({_STEP}\s*(\d{{1,2}})\)\s*"),
    re.compile(rf"{_STEP}\s+số\s+(\d{{1,2}})\s*[:.,-]\s*"),
    re.compile(rf"\0{{0,3}}{_STEP}\s*(\d{{1,2}})\s*\0{{0,3}}\s*(?:[:.)/,–-]\0{{0,3}}\s*)+"),
    re.compile(rf"{_STEP}\s*(\d{{1,2}})\s+(?={_OPENING})"),
    re.compile(
        rf"\0{{0,3}}(?:[Bb]c?|BC)\.?\s?(\d{{1,2}})(?:\s*\0{{0,3}}[:.)/]\0{{0,3}}\s*)+(?={_OPENING})"
    ),
    re.compile(rf"[Bb]\.\s?(\d{{1,2}})\s+(?={_OPENING})"),
    re.compile(rf"\0{{1,3}}(?:{_STEP}\s+)?(\d{{1,2}})\s*(?:[:.)/]\0{{1,3}}|\0{{1,3}}[:.)/])\s*"),
    re.compile(rf"(\d{{1,2}})(?:\s+[.)]\s*|:\s+)(?=[{UPPER_CASE}\0“\"])"),
    re.compile(
        rf"(\d{{1,2}})(?:[.)](?={_LETTER}|[\0“\"\[])|\.[).-]\s*|…\s*|\s?/\s*(?={_LETTER}|[\0“\"\[]))"
    ),
    re.compile(r"(\d{1,2})\s?[-–]\s+(?=[^\d\s])"),
    re.compile(rf"\((\d{{1,2}})\)\s*(?={_OPENING})"),
    re.compile(r"([0-9])\ufe0f?\u20e3\s*"),
)
_CIRCLED = re.compile(r"([①-⑳❶-❿➀-➉➊-➓])\s*")
_COUNT = ("một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười")
_ORDER = {"nhất": 1, "nhì": 2, "tư": 4} | {word: at for at, word in enumerate(_COUNT, 1)}
_ROMAN = {"I": 1, "II": 2, "III": 3, "IV": 4, "V": 5, "VI": 6, "VII": 7, "VIII": 8}
_ROMAN_STEP = re.compile(rf"{_STEP}\s+({'|'.join(_ROMAN)}|[A-D])\s*[:.]\s*")
_WORDED = re.compile(rf"(?i:{_STEP}\s+(?:thứ\s+)?({'|'.join(_ORDER)})\s*[:.,]\s*)")
_COUNTED = (  # ambiguous: only next to the preceding or following number
    re.compile(rf"(\d{{1,2}})\s+(?={_OPENING})"),
    re.compile(rf"(\d{{1,2}})\s?[,;]\s*(?={_OPENING})"),
    re.compile(rf"(\d{{1,2}})\s?[:–—-]\s*(?={_LETTER}|[\0“\"])"),
    re.compile(rf"(\d{{1,2}})\s?(?:[=-]*[>»]|[→|*+])\s*(?={_LETTER}|[\0“\"])"),
    re.compile(rf"\(\s(\d{{1,2}})\s\)\s*(?={_OPENING})"),
    re.compile(rf"[Bb]c?\s?(\d{{1,2}})\s?[–-]+>?\s*(?={_OPENING})"),
    re.compile(r"\[(\d{1,2})\]\s+(?=\S)"),
    re.compile(r"[<{](\d{1,2})[>}]\s*(?=\S)"),
    re.compile(rf"(\d{{1,2}})\s?[°º]\s?\)?\s*(?={_OPENING})"),
    re.compile(r"\0{0,3}#\s?(\d{1,2})\s*[.:)-]?\0{0,3}\s*(?=\D)"),
    re.compile(rf"[Nn]o\.?\s?(\d{{1,2}})\s*[.:)-]?\s*(?={_OPENING})"),
    re.compile(r"(\d{1,2})\\[.)]\s+"),
    re.compile(r"\((\d{1,2})\)\s*(?=\D)"),
    re.compile(rf"[Bb]c?\s?(\d{{1,2}})\s+(?={_OPENING})"),
)
_PARTED = re.compile(rf"(\d{{1,2}})\.(\d{{1,2}})[.)]?:?\s+(?=[{UPPER_CASE}\0“\"])")
_LETTERED = re.compile(
    r"(?:[a-zđ]|[A-HĐ]|[ivx]{2,4}|[IVX]{1,4})"
    rf"(?:\)\s*(?=\S)|/\s*(?=\S)(?![a-zđ]\b)|\.\s+(?=[{UPPER_CASE}\0]))"
)
_ALPHABETS = ("abcdefghijklmnopqrstuvwxyz", "abcdđeghiklmnopqrstuvxy")
_COUNTED_LETTER = re.compile(r"\(?([a-zđ])(?:\)|[.,:/]|\s?[-–])\s+(?=\S)|\(([a-zđ])\)\s*(?=\S)")
_TASK = re.compile(r"\[[ xX]?\](?:\s+|$)")
_LATE_STEP = re.compile(r"[0-9]{1,2}[.)]\s")
_STEP_START = re.compile(
    "|".join(each.pattern for each in (*_NUMBERS, _WORDED, _ROMAN_STEP, _CIRCLED, _LATE_STEP))
)
# Fast path: an ordinary sentence start, as on most lines.
_ORDINARY = re.compile(rf"(?!{_STEP}|[①-⓿❶-➓]|[ivx]{{2,4}}[)/.]|[IVX]{{2,4}}[)/.])[^\W\d_]{{3}}")
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
_ALONE = (  # (pattern, message, remedy in words)
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
        re.compile(r"={2,6} ?[^=\n]*[^\W_][^=\n]*={2,6}\s*$"),
        "đầu mục kiểu wiki hiện ra như chữ",
        "viết  ## tên mục",
    ),
    (
        re.compile(r"\{%.*?%\}|\{\{<.*?>\}\}|\{#.*?#\}"),
        "lệnh này không có nghĩa ở đây, sẽ hiện ra như chữ",
        "xóa lệnh ấy",
    ),
)


def surroundings_of(contents: Contents, is_story: bool) -> Surroundings:
    """Return the context of the rows of a page."""
    rows = contents.rows
    blocks = {start: list(group) for start, group in groupby(rows, lambda row: row.block.start)}
    starts = [row for row in rows if not (_is_ordinary(row) or _is_cell_or_heading(row))]
    # A continuation line of an item is the rest of a list whose first lines were corrected.
    in_items = {
        row.line for row in starts if not row.is_item and blocks[row.block.start][0].is_item
    }
    before_items = {row.line for row, following in pairwise(rows) if following.is_item}
    return Surroundings(
        blocks,
        _counted(contents, starts),
        _counted_letters(starts, in_items),
        _listed(starts, in_items, before_items),
        _lost_tables(blocks.values()),
        {row.line for row in starts if _is_quoted(row, contents)},
        sum(1 for row in starts if _LETTERED.match(row.left)) > 1,
        any("*" in row.left and _NOTED.search(row.left) for row in rows),
        is_story,
    )


def _lost_tables(blocks: Iterable[list[SourceLine]]) -> dict[int, tuple[str, str]]:
    found = dict[int, tuple[str, str]]()
    for rows in blocks:
        if not all(_is_ordinary(row) or _is_cell_or_heading(row) for row in rows):
            found |= find_lost_tables(rows)
    return found


def _is_quoted(row: SourceLine, contents: Contents) -> bool:
    return contents.document.line_text(row.line).lstrip().startswith(">")


def _item_number(row: SourceLine, contents: Contents) -> int:
    """Return the number of the ordered item at the start of a row, else 0."""
    if not row.is_item:
        return 0
    mark = contents.document.line_text(row.line)[: row.column].strip(" \t>.)")
    return int(mark) if mark.isdecimal() else 0


def _is_ordinary(row: SourceLine) -> bool:
    """Return whether a row begins with a word and has no pipes of a table."""
    is_word = _ORDINARY.match(row.left) is not None
    return is_word and not ("|" in row.left or "\t" in row.left or "   " in row.left)


def _is_cell_or_heading(row: SourceLine) -> bool:
    return isinstance(row.block, Heading) or (
        isinstance(row.block, Words) and row.block.tag == "td"
    )


def mark_at_start(row: SourceLine, around: Surroundings) -> Mark | None:
    """Return the unparsed mark at the start of a line, if any."""
    if row.left[:1] in ("", " ") or _is_ordinary(row) or _is_cell_or_heading(row):
        return None
    place = RowContext(row, around)
    return next((mark for read in _AT_START if (mark := read(place))), None)


def begins_step(row: SourceLine) -> bool:
    """Return whether a row outside a list has the prefix of a step in another dialect."""
    return not row.is_item and _STEP_START.match(row.left) is not None


def _counted(contents: Contents, starts: Iterable[SourceLine]) -> dict[int, re.Match[str]]:
    """Return the lines whose number precedes or follows that of another line."""
    begun = [r for r in starts if r.left[:1].isdigit() or r.left[:1] in "([{<#NnBb\0"]
    if not begun:  # as on most pages
        return {}
    items = (row for row in contents.rows if row.is_item)
    numbers = {row.line: number for row in items if (number := _item_number(row, contents))}
    lines = {row.line for row in begun}
    near = [row for row in contents.rows if row.line in numbers or row.line in lines]
    found = dict[int, re.Match[str]]()
    for pattern in _COUNTED:
        marks = list[tuple[int, int, re.Match[str] | None]]()
        for row in near:
            if row.line in numbers:
                marks.append((row.line, numbers[row.line], None))
            elif match := _match(pattern, row):
                marks.append((row.line, int(match[1]), match))
        for before, after in pairwise(marks):
            if after[1] == before[1] + 1:
                found |= {line: match for line, _, match in (before, after) if match}
    return found


def _match(pattern: re.Pattern[str], row: SourceLine) -> re.Match[str] | None:
    """Return the match at the start of a row; patterns with a backslash need the source."""
    return pattern.match(row.source if "\\\\" in pattern.pattern else row.left)


def _counted_letters(rows: Iterable[SourceLine], in_items: Set[int]) -> dict[int, re.Match[str]]:
    """Return the lines whose letter precedes or follows that of another line."""
    marks = [
        (row.line, match)
        for row in rows
        if not row.is_item and (match := _COUNTED_LETTER.match(row.left))
    ]
    found = {line: mark for line, mark in marks if line in in_items}
    for (line, mark), (later, next_mark) in pairwise(marks):
        pair = (mark[1] or mark[2]) + (next_mark[1] or next_mark[2])
        if any(pair in alphabet for alphabet in _ALPHABETS):
            found |= {line: mark, later: next_mark}
    return found


def _listed(
    rows: Iterable[SourceLine], in_items: Set[int], before_items: Set[int]
) -> dict[int, re.Match[str]]:
    """Return the lines that share a sign or Wingdings letter as prefix."""
    marks = [(row, match) for row in rows if not row.is_item and (match := _sign_at(row))]
    signs = [match[1] for _, match in marks]
    found = dict[int, re.Match[str]]()
    for row, match in marks:
        is_before = match[1].isalpha() and row.line in before_items
        if signs.count(match[1]) > 1 or row.line in in_items or is_before:
            found[row.line] = match
    for _, group in groupby(marks, lambda mark: mark[0].block.start):
        in_block = [(row, match) for row, match in group if not match[1].isalpha()]
        if len(in_block) > 1:
            found |= {row.line: match for row, match in in_block}
    return found


_SIGN = re.compile(
    r"(\S[\U0001f1e6-\U0001f1ff\U0001f3fb-\U0001f3ff]?)\ufe0f?\u200d?\s*(?=\w|[\0“\"])"
)


def _sign_at(row: SourceLine) -> re.Match[str] | None:
    """Return the sign at the start of a row, unless it may begin a sentence."""
    first = row.left[:1]
    if found := _WINGDING.match(row.left):
        return found
    if first in _SENTENCE_STARTS or first.isalnum() or _POINTED.match(row.left):
        return None
    return _SIGN.match(row.left) if unicodedata.category(first)[0] in "SPC" else None


def _odd_blank(place: RowContext) -> Mark | None:
    """Return the mark of an item or heading that is followed by non-ASCII whitespace."""
    found = _ODD_MARK.match(place.row.left)
    if not found:
        return None
    mark = f"{found[2]}. " if found[2] else f"{found[3]} " if found[3] else "- "
    message = f"dấu cách cạnh '{found[0].strip()}' là loại dán từ nơi khác, không thành mục"
    return Mark(0, found.end(), message, replacement="" if place.row.is_item else mark)


def _escaped(place: RowContext) -> Mark | None:
    """Return the backslash-escaped mark of an item or heading."""
    found = _ESCAPED.match(place.row.source)
    if not found or not place.row.left.startswith("\0"):
        return None
    message = f"dấu \\ ở đầu dòng làm '{found[1] or found[2]}' thành chữ, không thành mục"
    return Mark(0, 1, message, replacement="")


def _bullet(place: RowContext) -> Mark | None:
    row = place.row
    found = _BULLET.match(row.left) or _pointed(place) or place.around.listed.get(row.line)
    if not place.around.has_notes:
        found = found or _STARRED.match(row.left)
    if not row.is_first or _RINGED.match(place.siblings[-1].left):
        found = found or _RINGED.match(row.left)
    if not found:
        return None
    sign = found[0].strip().strip("\0\ufe0f").strip()
    may_be_dash = place.around.is_story or row.line in place.around.quoted
    if sign in _DASHES and may_be_dash and place.is_alone:  # of a dialogue or its attribution
        return None
    message = f"dấu '{sign}' ở đầu dòng không thành mục"
    return Mark(0, found.end(), message, replacement="" if row.is_item else "- ")


def _pointed(place: RowContext) -> re.Match[str] | None:
    """Return the arrow at the start of a line, unless it continues a menu path."""
    found = _POINTED.match(place.row.left)
    if not found or place.row.is_first:
        return found
    rows = place.siblings
    before = rows[rows.index(place.row) - 1]
    return found if _STEP_END.search(before.left) or _POINTED.match(rows[0].left) else None


def _number(place: RowContext) -> Mark | None:
    row = place.row
    for pattern in _NUMBERS:
        if found := pattern.match(row.left):
            return _as_step(row, found, int(found[1]))
    if found := _WORDED.match(row.left):
        return _as_step(row, found, _ORDER[found[1].lower()])
    if found := _ROMAN_STEP.match(row.left):
        number = _ROMAN.get(found[1]) or "ABCD".index(found[1]) + 1
        return _as_step(row, found, number)
    if found := _CIRCLED.match(row.left):
        first = max(base for base in "①❶➀➊" if base <= found[1])
        return _as_step(row, found, ord(found[1]) - ord(first) + 1)
    if counted := place.around.numbered.get(row.line):
        return _as_step(row, counted, int(counted[1]))
    return _parted(row)


def _parted(row: SourceLine) -> Mark | None:
    """Return the number of a sub-step, such as "1.2."."""
    found = _PARTED.match(row.left)
    if not found:
        return None
    message = f"'{found[0].strip()}' ở đầu dòng không thành bước nhỏ"
    if row.is_item:
        return Mark(0, found.end(), message, replacement="")
    rest = row.source[found.end() :].strip()
    return Mark(0, found.end(), message, f"lùi vào 3 dấu cách, viết:  {found[2]}. {rest}")


def _as_step(row: SourceLine, found: re.Match[str], number: int) -> Mark:
    shown = row.source[: found.end()].replace("*", "").strip()
    message = f"'{shown}' ở đầu dòng không thành bước"
    return Mark(0, found.end(), message, replacement="" if row.is_item else f"{number}. ")


def _letter(place: RowContext) -> Mark | None:
    row = place.row
    found = place.around.lettered.get(row.line) or _LETTERED.match(row.left)
    if not found or row.is_item:
        return None
    is_name = found[0][0].isupper() and row.is_first and not place.around.has_letters
    if "." in found[0] and is_name:  # an initial
        return None
    message = f"'{found[0].strip()}' ở đầu dòng không thành mục"
    return Mark(0, found.end(), message, replacement="- ")


def _task(place: RowContext) -> Mark | None:
    row = place.row
    found = _TASK.match(row.left)
    if not found:
        return None
    message = "ô đánh dấu [ ] sẽ hiện ra như chữ"
    return Mark(0, found.end(), message, replacement="" if row.is_item else "- ")


def _late_step(place: RowContext) -> Mark | None:
    row = place.row
    found = _LATE_STEP.match(row.left)
    if not found or row.is_first:
        return None
    message = f"'{found[0].strip()}' dính vào đoạn trên nên không thành bước"
    is_step = not row.left[found.end() :][:1].islower()
    fix = "để một dòng trống ở trên dòng này"
    other = f"{fix}; không phải bước thì nối vào cuối dòng trên"
    return Mark(0, found.end(), message, fix if is_step else other)


def _heading(place: RowContext) -> Mark | None:
    row = place.row
    if found := _TIGHT_HEADING.match(row.left):
        message = f"{found[1]} dính liền chữ nên không thành đầu mục"
        return Mark(0, found.end(), message, replacement=f"{found[1]} ")
    if found := _HASHTAG.match(row.left):
        message = f"'{found[0]}' hiện ra nguyên cả dấu #"
        fix = "muốn thành đầu mục thì viết ## rồi dấu cách; muốn thế này thì cứ để"
        return Mark(found.start(), found.end(), message, fix, severity=Severity.ADVICE)
    return None


def _box(place: RowContext) -> Mark | None:
    row = place.row
    if found := _BOX.match(row.left):
        message = "khung kiểu !!! không dùng được ở đây"
        return Mark(0, found.end(), message, replacement=f"**{found[1] or 'Chú ý'}:**")
    if found := _ALERT.match(row.left):
        title = _ALERTS[found[1].upper()]
        message = f"khung kiểu {found[0].strip()} không dùng được ở đây"
        return Mark(0, found.end(), message, replacement=f"**{title}:** ")
    return None


def _other(place: RowContext) -> Mark | None:
    row = place.row
    for pattern, message, fix in _ALONE:
        if found := pattern.match(row.left):
            return Mark(found.start(), found.end(), message, fix)
    if found := _ABBREVIATION.match(row.left):
        message = f"lời giải nghĩa chữ tắt '{found[1]}' sẽ hiện ra như chữ"
        return Mark(0, found.end(), message, "thêm vào data/glossary.yml, rồi xóa dòng này")
    if wrong := place.around.tables.get(row.line):
        return Mark(0, len(row.left), *wrong)
    return None


_AT_START: tuple[Callable[[RowContext], Mark | None], ...] = (
    _task,
    _box,
    _odd_blank,
    _escaped,
    _bullet,
    _number,
    _letter,
    _other,
    _late_step,
    _heading,
)
