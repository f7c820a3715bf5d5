"""Mistyped, misrecognised or lost characters: quotes, digits, addresses, accents."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from urllib.parse import unquote

from portal.document.contents import SourceLine
from portal.document.tree import Heading, Words
from portal.language.keystrokes import compose_alone, compose_keys
from portal.language.syllables import is_bare_syllable, is_syllable
from portal.language.text import UPPER_CASE
from portal.library.library import Library, Page
from portal.source.problems import Problem, Severity

Cure = Callable[[re.Match[str]], str]

_DIGITS = str.maketrans("OolI", "0011")
# A number of four digits or more in which one is a letter that looks like it.
_NUMBER = re.compile(r"(?<![\w.,])(?=[OolI\d]*[OolI])[OolI]?\d(?:[ .]?[OolI\d])*[ .]?\d(?![\w])")
_MIN_DIGITS = 4
_MIN_COMPOSED = 2  # words in a row that are keystrokes: one alone may be English ("box")
_PLAIN_KEYS = re.compile(r"aa|ee|oo|dd|[aou]w|\d", re.IGNORECASE)
_MIN_TONES = 3  # words in a row with nothing but a tone's key: two may be English ("Box Max")


def _as_number(found: re.Match[str]) -> str:
    letters = sum(letter.isalpha() for letter in found[0])
    digits = sum(letter.isdigit() for letter in found[0])
    is_number = digits >= _MIN_DIGITS and letters <= digits // 3
    return found[0].translate(_DIGITS) if is_number else found[0]


def _as_quotation(found: re.Match[str]) -> str:
    return f"“{next(filter(None, found.groups()))}”"


def _as_address(found: re.Match[str]) -> str:
    return f"{'https' if found[0].startswith('https') else 'http'}://"


def _as_letters(found: re.Match[str]) -> str:
    return unquote(found[0])


def _as_bold(found: re.Match[str]) -> str:
    return "**" if found[0] in ("[b]", "[/b]") else ""


def _as_nothing(_: re.Match[str]) -> str:
    return ""


def _as_composed(found: re.Match[str]) -> str:
    """Compose the keystrokes of consecutive words, unless quoted or too few."""
    before = found.string[: found.start()]
    words = found[0].split(" ") if before.count("“") <= before.count("”") else []
    composed = [compose_keys(word) for word in words]
    keys = [word for new, word in zip(composed, words, strict=True) if new]
    if len(keys) < (_MIN_COMPOSED if any(map(_PLAIN_KEYS.search, keys)) else _MIN_TONES):
        return found[0]
    return " ".join(new or word for new, word in zip(composed, words, strict=True))


def _as_composed_alone(found: re.Match[str]) -> str:
    before = found.string[: found.start()]
    is_quoted = before.count("“") > before.count("”")
    return found[0] if is_quoted else compose_alone(found[0]) or found[0]


def _as_capitalised(found: re.Match[str]) -> str:
    is_word = found[0].isalpha() and found[0][1:].isupper() and is_syllable(found[0])
    return found[0].swapcase() if is_word else found[0]


def _as_spaced(found: re.Match[str]) -> str:
    before, sign, after = found.groups()
    if not sign:
        return ""
    is_inside = before.isascii() and after.isascii()  # of an address or a file's name
    is_text = not is_inside and is_syllable(before) and is_syllable(after)
    return f"{before}{sign} " if is_text else found[0]


_CURED = (  # (pattern, message, correction)
    (_NUMBER, "trong con số có chữ cái trông như chữ số", _as_number),
    (
        re.compile(r"\bhttps?(?:[;.,]?//|:/(?!/)|:\s+//|://\s+|[;.,]:?//)\s*(?=[\w-]+\.\w)"),
        "địa chỉ gõ sai sau chữ http nên không bấm được",
        _as_address,
    ),
    (
        re.compile(
            r"\"([^\"“”\n]{1,300})”|“([^\"“”\n]{1,300})\"|''([^'\n]{1,300})''|,,([^\"“”\n]{1,300})[“”\"]"
            r"|„([^\"„“”\n]{1,300})[“”]|“([^\"“”'\n]{1,300})''|``([^`'\n]{1,300})''"
            r"|(?<!<)<<([^<>\n]{1,300})>>|´([^´`\n]{1,300})´|(?<!\w)‘‘([^’\n]{1,300})’’"
        ),
        "hai dấu ngoặc kép khác loại, máy không biết là lời trích",
        _as_quotation,
    ),
    (
        re.compile(r"(?:%[0-9A-Fa-f]{2}){2,}|(?<=\w)%20(?=\w)"),
        "còn mã % của địa chỉ thay cho chữ",
        _as_letters,
    ),
    (
        re.compile(r"\[/?(?:b|i|u|strong|em|center|url|img|color|size)(?:=[^\]\n]*)?\](?!\()"),
        "mã kiểu [b] của diễn đàn hiện ra như chữ",
        _as_bold,
    ),
    (re.compile(r"\s*[¶↵↲]\s*$"), "còn dấu xuống dòng của Word", _as_nothing),
    (
        re.compile(r"(?<![\w/.@-])[A-Za-z][A-Za-z0-9]*(?: [A-Za-z][A-Za-z0-9]*)+(?![\w/@-])"),
        "chữ gõ kiểu Telex hoặc VNI mà máy chưa bỏ dấu",
        _as_composed,
    ),
    (
        re.compile(r"(?<![\w/.@&-])[^\W\d_]{3,8}(?![\w/@-]|\.\w)"),
        "chữ gõ kiểu Telex hoặc VNI mà máy chưa bỏ dấu",
        _as_composed_alone,
    ),
    (
        re.compile(rf"(?<!\w)[^\W\d_{UPPER_CASE}][{UPPER_CASE}]+(?![\w\x80-\xbf])"),
        "chữ hoa, chữ thường bị đảo",
        _as_capitalised,
    ),
)
_SPACED = (  # the same, for advice
    (
        re.compile(
            r"(?<!\w)([^\W\d_]+) *([,;!?]|\.(?=[^\W\d_a-z]))(?=([^\W\d_]+)(?!\w))"
            r"|(?<=\S)(?<!^[-+*]) +(?=[,;:!?.](?:\s|$))"
        ),
        "dấu cách đứng trước dấu câu, hoặc thiếu sau dấu câu",
        _as_spaced,
    ),
)
_SAID = (  # (pattern, message, remedy)
    (
        re.compile("\ufffd"),
        "có chữ đã mất, chỉ còn dấu \ufffd",
        "gõ lại chữ ấy theo bản gốc",
    ),
    (
        re.compile(r"[^\W\d_]\?[^\W\d_][^?\n]*[^\W\d_]\?[^\W\d_]"),
        "nhiều chữ có dấu đã thành dấu ?",
        "gõ lại dòng này theo bản gốc",
    ),
    (
        re.compile(r"[┌┐└┘├┤│┃║╔╗╚╝╠╣]"),
        "khung kẻ bằng ký tự vỡ ra trên điện thoại",
        "viết thành bảng, hoặc thành trích dẫn:  > chữ trong khung",
    ),
    (
        re.compile(r"[aăâeêioôơuưyAĂÂEÊIOÔƠUƯY][´`ˋˊ˜¨][^\W\d_]?"),
        "dấu thanh rời khỏi chữ",
        "gõ lại chữ ấy",
    ),
    (
        re.compile(r"!\[[^\]\n]+\](?![(\[:])|!\([^)\n]+\)\([^)\n]+\)"),
        "hình viết dở, hiện ra như chữ",
        "viết  ![lời tả hình](ten-hinh.jpg)",
    ),
)
# A character that every pattern needs.
_SIGN = re.compile(
    r"[\"´<%\[¶↵↲\ufffd`ˋˊ˜¨]|\d[ .]?[OolI]|[OolI][ .]?\d|[a-z][1-9]|\w[?,;.!][^\W\d_]"
    r"|\s[,;:.?!]|!\(|http|''|,,|‘‘|„|[│-╣]|^\s*[=+#•\-–—_~^─━═▬▔▁]|(?i:[aeiouy][a-z]{0,3}[sfrxj]\b|aa|ee|oo|dd|[aou]w)|[^\W\d_][sfrxj]\b"
    rf"|\b[^\W\d_{UPPER_CASE}][{UPPER_CASE}]"
)
_LINE = re.compile(r"([=+#•\-–—_~^─━═▬▔▁])(?:\s?\1){3,}\s*")
_WORD = re.compile(r"[^\W_]+")
_BARE = 8  # consecutive syllables without accents


def check_mistyped(page: Page, _: Library) -> Iterator[Problem]:
    """Yield an error for each line with characters that were mistyped or lost.

    Vietnamese without accents is advice: it may be quoted.
    """
    rows = page.contents.rows
    for at, row in enumerate(rows):
        is_last = at + 1 == len(rows) or rows[at + 1].block.start != row.block.start
        if _SIGN.search(row.left) or row.source.endswith("\\"):  # rare
            for message, fix in _errors_in(row, page, is_last):
                yield Problem(page.path, row.line, message, fix)
            for message, fix in _cures_of(row, page, _SPACED):
                yield Problem(page.path, row.line, message, fix, Severity.ADVICE)
    own = page.contents.own_words.split("\n")
    for number, words in enumerate(own, page.document.first_line):
        if found := _without_accents(words):
            message = f"chữ không dấu: '{found}…'"
            yield Problem(page.path, number, message, "viết có dấu", Severity.ADVICE)


def _errors_in(row: SourceLine, page: Page, is_last: bool) -> Iterator[tuple[str, str]]:
    yield from _cures_of(row, page, _CURED)
    for pattern, message, fix in _SAID:
        if pattern.search(row.left):
            yield message, fix
    is_cell = isinstance(row.block, Words) and row.block.tag == "td"
    if isinstance(row.block, Heading) or is_cell:
        return
    if _LINE.fullmatch(row.left.strip()):
        yield "dòng gạch này hiện ra nguyên như chữ", "xóa, hoặc viết  ---  giữa hai dòng trống"
    if is_last and row.source.endswith("\\"):
        kept = page.document.line_text(row.line).rstrip("\\").strip()
        yield "dấu \\ ở cuối đoạn hiện ra như chữ", kept or "xóa dòng này"


def _cures_of(
    row: SourceLine, page: Page, slips: tuple[tuple[re.Pattern[str], str, Cure], ...]
) -> Iterator[tuple[str, str]]:
    """Yield each mistake of a row as its message and the corrected line."""
    whole = page.document.line_text(row.line)
    before, after = whole[: row.column], whole[row.column + len(row.source) :]
    said = ""
    for pattern, message, cure in slips:
        mended = _cured(row, pattern, cure)
        if mended != row.source and message != said:
            said = message
            yield message, f"{before}{mended}{after}".strip()


def _cured(row: SourceLine, pattern: re.Pattern[str], cure: Cure) -> str:
    """Return a row with each match corrected, unless a match contains marks or code."""
    parts, end = list[str](), 0
    for found in pattern.finditer(row.left):
        start, stop = found.span()
        if "\0" in found[0] and row.left[start:stop] != row.source[start:stop]:
            whole = pattern.match(row.source, start)
            if not whole or whole.end() != stop:
                continue
            found = whole
        parts += (row.source[end:start], cure(found))
        end = stop
    return "".join((*parts, row.source[end:]))


def _without_accents(words: str) -> str:
    """Return the first words of a line of Vietnamese without accents, else ""."""
    found = _WORD.findall(words) if words.isascii() else []
    if len(found) < _BARE or not all(map(is_bare_syllable, found)):
        return ""
    return " ".join(found[:4])
