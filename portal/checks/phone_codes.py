"""Service codes such as *100*…#, whose stars Markdown would parse as emphasis."""

from __future__ import annotations

import re
from collections.abc import Iterator

from portal.document.contents import Contents
from portal.document.parser import parse
from portal.library.library import Library, Page
from portal.source.problems import Problem

# A token with a digit between stars or hashes, and words or figures multiplied by stars.
# Underscores around it are emphasis.
_TOKEN = re.compile(
    r"(?:(?!_)[\w*#<>…]{1,60})?[*#]\d(?:[\w*#…]|<[^<>\n]{1,30}>|[<>]){0,60}[*#](?:[\w*#…]{0,60}(?<!_))?"
    r"|(?<![^\W_])[^\W_]{1,60}(?:\*[^\W_]+)+"
)
# A number partly masked by stars, which stay unchanged.
_MASK = re.compile(r"(?<![\d*])\d{0,20}\*{3,}(?:[^\S\n]+\*{3,})*[^\S\n]*\d+|(?<!\d)\d+\*{3,}")


def check_phone_codes(page: Page, _: Library) -> Iterator[Problem]:
    """Yield an error for each line with a code that would be rendered without one of its marks."""
    for line, harmed in harmed_codes(page.contents):
        message = f"dấu * trong '{harmed[0][0]}' sẽ mất khi lên trang"
        yield Problem(page.path, line, message, _escaped(harmed).strip())


def harmed_codes(contents: Contents) -> Iterator[tuple[int, list[re.Match[str]]]]:
    """Yield (line, codes that lose a mark) of each line with such a code."""
    sources, texts = contents.document.source.split("\n"), contents.text.split("\n")
    for number, (source, text) in enumerate(zip(sources, texts, strict=True)):
        if harmed := _harmed_in(source, text):
            yield number + contents.document.first_line, harmed


def without_codes(text: str) -> str:
    """Return a text of the same length with codes and masked numbers replaced by blanks."""
    for pattern in (_MASK, _TOKEN):
        text = pattern.sub(lambda match: " " * len(match[0]), text)
    return text


def _harmed_in(source: str, text: str) -> list[re.Match[str]]:
    if "*" not in source and "#" not in source:  # fast path
        return []
    return [
        match
        for match in _TOKEN.finditer(source)
        if _is_harmed(match[0], text[match.start() : match.end()])
    ]


def _escaped(codes: list[re.Match[str]]) -> str:
    """Return the line with the stars of codes escaped; marks of bold words stay."""
    for kept in ((0, 2), (2, 2), (2, 0), (0, 0)):
        mended = codes[0].string
        for code in reversed(codes):
            mended = mended[: code.start()] + _escape(code[0], kept) + mended[code.end() :]
        contents = Contents(parse(mended))
        if not _harmed_in(mended, contents.text) and "**" not in contents.marks:
            break
    return mended


def _escape(token: str, kept: tuple[int, int]) -> str:
    """Return a token with its stars escaped, except so many at either end."""
    before = "*" * kept[0] if token.startswith("*" * kept[0]) else ""
    after = "*" * kept[1] if token.endswith("*" * kept[1]) else ""
    inner = token[len(before) : len(token) - len(after)]
    return before + inner.replace("*", "\\*") + after


def _is_harmed(token: str, kept: str) -> bool:
    """Return whether `kept`, the rendered token, lacks stars other than those of bold words."""
    if kept == token or not kept.strip():  # complete, or code or an address
        return False
    inner = token.strip("*")
    start = len(token) - len(token.lstrip("*"))
    end = start + len(inner)
    if kept[start:end] != inner:
        return True
    before, after = token[:start], token[end:]
    lost = len(before) - kept[:start].count("*"), len(after) - kept[end:].count("*")
    if lost == (1, 1):  # in italics, unless it is a code
        return "#" in inner or "*" in inner
    is_cut = lost[0] == len(before) and lost[0] > 0 and "*" in inner
    return is_cut or 1 in lost or max(lost) > 2
