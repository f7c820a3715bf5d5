"""Literal marks of other dialects, Word, Facebook or Zalo, which CommonMark leaves as text.

Readers would see the marks, and a list or heading would be a paragraph. The tree shows what is
text; each line is reported once, with the corrected line as remedy where it is certain.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby

from portal.checks.line_starts import Mark, mark_at_start, surroundings_of
from portal.checks.phone_codes import harmed_codes, without_codes
from portal.document.contents import Contents, SourceLine
from portal.document.parser import parse
from portal.document.tree import Heading
from portal.library.library import Library, Page
from portal.source.problems import Problem, Severity

_FEW_WORDS = r"[^\W\d_][^\s*.,;:]*(?: [^\s*.,;:]+){0,3}"
_EVERYWHERE = (  # (pattern, message, remedy)
    (
        re.compile(r"(?<![\w*\0])\*\0(?=[^\0*]*\0)"),
        "dấu * ở đầu và ở cuối chữ không bằng nhau",
        "viết ** ở cả đầu và cuối chữ cần đậm",
    ),
    (
        re.compile(r"(?<=[^\s\0])\0\*(?![\w*\0])"),
        "dấu * ở đầu và ở cuối chữ không bằng nhau",
        "viết ** ở cả đầu và cuối chữ cần đậm",
    ),
    (
        re.compile(rf"(?<![\w*])(?:\*(?=[^\s*\d#]){_FEW_WORDS} \*|\* {_FEW_WORDS}\*)(?![\w*])"),
        "dấu * cách chữ một dấu cách nên không thành chữ nghiêng",
        "đặt * sát ở cả đầu và cuối chữ cần nghiêng, hoặc xóa dấu ấy",
    ),
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
        re.compile(
            r":contentReference\[[^\]]*\](?:\{[^}]*\})?|【[^】]*†[^】]*】|\bciteturn\w+|oai_cit\S*"
            r"|\[cite(?:_start|_end)?(?:: ?[\d, ]+)?\]|\ue200[^\ue201]*\ue201"
        ),
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
_PAIRS = (  # emphasis in other dialects
    (re.compile(r"==(?=[^\s=])([^=\n]*[^\s=])=="), "=="),
    (re.compile(r"\+\+(?=[^\s+])([^+\n]*[^\s+])\+\+"), "++"),
    (re.compile(r"\^\^(?=[^\s^])([^^\n]*[^\s^])\^\^"), "^^"),
    (re.compile(r"\|\|(?=[^\s|])([^|\n]*[^\s|])\|\|"), "||"),
)
_LETTER = r"[^\W\d_]"
_SCRIPTS = (  # (pattern, Unicode digits for the remedy)
    (re.compile(r"(?<=\w)\^(?:\{?(\d{1,3})\}?\^|\{?(\d)\}?(?![\w^]))"), "⁰¹²³⁴⁵⁶⁷⁸⁹"),
    (re.compile(rf"(?<={_LETTER})~(\d{{1,3}})~"), "₀₁₂₃₄₅₆₇₈₉"),
)
_LISTED = re.compile(r"\s+([•▪▫●○◦‣⁃■□◆►▶➢➤➔✓✔☑✅👉🔹🔸])\ufe0f?\s*(?=[^\W_]|[\0“\"])")
_DASHED = re.compile(r":\s+[-–+]\s+\S.*?\s[-–+]\s+\S")  # an inline list after a colon
_DASH = re.compile(r"\s+[-–+]\s+(?=\S)")
_ESCAPED_BOLD = re.compile(r"(?:\\|^)\*\\\*(?=[^\s*])([^*\\\n]*[^\s*\\])\\\*\\\*")
_ESCAPED_LINK = re.compile(r"\\?\[([^\[\]\\\n]+)\\?\]\\?\((https?://[^\s()\\]+|[\w./-]+\.md)\\?\)")
_WORDS = r"[^{}<>\[\]\n\0]{0,80}[^\W\d_]{2}[^{}<>\[\]\n\0]{0,80}"
_MISBRACKETED = re.compile(
    rf"(?:[{{<]({_WORDS})[}}>]\s?\(|\[({_WORDS})\]\s?(?:: ?|<))(https?://[^\s()<>\0]+)[)>]?"
)
_TWICE = re.compile(r"&amp;((?:[a-z]{2,8}|#\d{2,5});)")
_CSV = re.compile(r"\"\"(?=[^\s\"])([^\"\n]*[^\s\"])\"\"")
_WRAPPED = (  # (pattern, message, intended mark)
    (_ESCAPED_BOLD, "dấu \\ làm ** thành chữ, không thành chữ đậm", "**"),
    (_TWICE, "mã &amp; hiện ra nguyên chữ mã ở sau nó", "&"),
    (_CSV, 'dấu "" là cách viết của tệp CSV, sẽ hiện ra hai lần', '"'),
)
_SIGN = re.compile(  # a character that every pattern needs
    r"[~=+^|\[\\&:$†_`•▪▫●○◦‣⁃■□◆►▶➢➤➔✓✔☑✅👉🔹🔸\ue200]|\"\"|citeturn|oai_"
)
_BACKWARDS = re.compile(
    r"\(([^()\n]*[^\W\d_]{2}[^()\n]*)\)\[((?:https?://|mailto:|tel:)[^\]\s]+)\]"
)
_ADDRESS = re.compile(
    r"(?<![\0\w@/.-])(?:https?://|www\.)[^\s\0<>()\[\]“”\"]*[^\s\0<>()\[\]“”\".,;:!?]"
)
_ENTITY = re.compile(
    r"&(?:nbsp|lt|gt|amp|quot|[mn]dash|[lr][ds]quo|hellip|bull|middot|[lr]arr|times|#\d{2,5}|"
    r"#x[\da-fA-F]{2,4})(?![\w;])"
)


def check_left_marks(page: Page, _: Library) -> Iterator[Problem]:
    """Yield an error for each line with a literal mark of another dialect.

    A hashtag and an address without angle brackets are readable: they are advice.
    """
    rows = page.contents.rows
    with_codes = {line for line, _ in harmed_codes(page.contents)}  # reported by another check
    around = surroundings_of(page.contents, page.kind.tells_of_people)
    for line, group in groupby(rows, lambda row: row.line):
        marks = list[Mark]()
        for row in group:
            start = mark_at_start(row, around)
            found = ([start] if start else []) + list(_marks_within(row, page))
            marks += (mark.moved(row.column) for mark in found)
        yield from _problems_of(line, marks, page, line in with_codes)


def _scripts(row: SourceLine) -> Iterator[Mark]:
    """Yield each superscript or subscript number with its Unicode form."""
    for pattern, signs in _SCRIPTS:
        for match in pattern.finditer(row.left):
            number = next(filter(None, match.groups()))
            message = f"'{match[0]}' sẽ hiện ra như chữ, không nâng hay hạ được số"
            new = "".join(signs[int(digit)] for digit in number)
            yield Mark(match.start(), match.end(), message, replacement=new)


def _items_within(row: SourceLine, page: Page) -> Iterator[Mark]:
    """Yield each bullet within a line: list items joined into one paragraph."""
    if isinstance(row.block, Heading) or row.block.tag == "td":
        return
    found = [(match.start(), match.end(), match[1]) for match in _LISTED.finditer(row.left)]
    if not found and (listed := _DASHED.search(row.left)):
        dashes = _DASH.finditer(row.left, listed.start())
        found = [(match.start(), match.end(), match[0].strip()) for match in dashes]
    if not found:
        return
    before = page.document.line_text(row.line)[: row.column]
    margin = " " * (len(before) if before.lstrip()[:1].isdigit() else 0)
    for start, end, sign in found:
        message = f"dấu '{sign}' giữa dòng không tách thành mục"
        yield Mark(start, end, message, replacement=f"\n{margin}- ")


def _problems_of(
    line: int, marks: Iterable[Mark], page: Page, has_codes: bool
) -> Iterator[Problem]:
    """Yield the problems of a line, each with the corrected line."""
    found = list[Mark]()
    for mark in sorted(marks, key=lambda mark: mark.start):
        if not found or mark.start >= found[-1].end:
            found.append(mark)
    source = page.document.line_text(line)
    if not found and "*" not in source:  # fast path
        return
    mended = _mended(source, found)
    left = without_codes(page.contents.mark_lines[line - page.document.first_line])
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


def _marks_within(row: SourceLine, page: Page) -> Iterator[Mark]:
    """Yield the marks anywhere in a row."""
    if not (
        _SIGN.search(row.left)
        or "*" in row.left
        or "\\*" in row.source
        or "\\[" in row.source
        or "&amp;" in row.source
        or "www." in row.left
    ):
        return  # fast path
    for pattern, message, fix in _EVERYWHERE:
        for match in pattern.finditer(row.left):
            yield Mark(match.start(), match.end(), message, fix)
    for pattern, sign in _PAIRS:
        for match in pattern.finditer(row.left):
            if not any(map(str.isalnum, match[1])):  # a line of a drawn table
                continue
            message = f"dấu {sign} không có nghĩa ở đây, sẽ hiện ra như chữ"
            inner = row.source[match.start(1) : match.end(1)]
            yield Mark(match.start(), match.end(), message, replacement=f"**{inner}**")
    if "^" in row.left or "~" in row.left:
        yield from _scripts(row)
    yield from _items_within(row, page)
    for pattern, message, sign in _WRAPPED:
        for match in pattern.finditer(row.source):
            inner = f"{sign}{match[1]}{sign if sign != '&' else ''}"
            start = match.start() - (sign == "**" and match[0][0] == "*")  # a block begins so
            yield Mark(start, match.end(), message, replacement=inner)
    for match in _UNDERSCORED.finditer(row.left):
        sign, inner = match[1].replace("_", "*"), row.source[match.start(2) : match.end(2)]
        message = f"dấu {match[1]} dính liền chữ sau nên không thành chữ đậm, chữ nghiêng"
        yield Mark(match.start(), match.end(), message, replacement=f"{sign}{inner}{sign} ")
    for match in _ESCAPED_LINK.finditer(row.source):
        if "\\" in match[0]:
            message = "dấu \\ làm đường dẫn thành chữ"
            new = f"[{match[1]}]({match[2]})"
            yield Mark(match.start(), match.end(), message, replacement=new)
    for match in _MISBRACKETED.finditer(row.left):
        message = "đường dẫn dùng sai ngoặc: chữ ở trong [ ], địa chỉ ở trong ( )"
        address = match[3].rstrip(".,;")
        new = f"[{match[1] or match[2]}]({address}){match[3][len(address) :]}"
        yield Mark(match.start(), match.end(), message, replacement=new)
    for match in _BACKWARDS.finditer(row.left):
        message = "đường dẫn viết ngược: chữ ở trong ( ), địa chỉ ở trong [ ]"
        yield Mark(match.start(), match.end(), message, replacement=f"[{match[1]}]({match[2]})")
    for match in _ENTITY.finditer(row.left):
        message = f"'{match[0]}' thiếu dấu ; nên hiện ra như chữ"
        yield Mark(match.start(), match.end(), message, replacement=f"{match[0]};")
    if "](" not in row.left and "] (" not in row.left:  # a broken link, reported elsewhere
        for match in _ADDRESS.finditer(row.left):
            message = f"địa chỉ {match[0]} không bấm được"
            yield Mark(
                match.start(),
                match.end(),
                message,
                replacement=f"<{'https://' if match[0].startswith('www') else ''}{match[0]}>",
                severity=Severity.ADVICE,
            )


# One star or underscore before a word, closed where the next word begins: italics elsewhere.
_ITALIC = re.compile(r"(?<![\w*\\])\*(?=[^\s*\d#])[^*\n]*[^\s*\w]\*(?=\w)")
_UNDERSCORED = re.compile(r"(?<![\w/.@-])(__?)(?=[^\s_])([^_\n]*[^\s_])\1(?=\w)")
_EMPHASIS = re.compile(r"\*\*")


def mend_emphasis(line: str) -> str:
    """Return a line with valid emphasis marks, "" when that is not certain.

    Only blanks change: those inside the marks are removed, and one is inserted before a word.
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
