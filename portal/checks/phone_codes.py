"""Codes that a telephone dials, such as *100*…#: Markdown must not take their stars away."""

from __future__ import annotations

import re
from collections.abc import Iterator

from portal.document.contents import Contents
from portal.document.parser import parse
from portal.library.library import Library, Page
from portal.source.problems import Problem

# A token with a digit between stars or hashes, and figures multiplied by stars.
# Underscores around it are marks of emphasis.
_TOKEN = re.compile(
    r"(?:(?!_)[\w*#<>…][\w*#<>…]*)?[*#]\d[\w*#<>…]*[*#](?:[\w*#…]*(?<!_))?|\d+(?:\*\d+)+"
)


def check_phone_codes(page: Page, _: Library) -> Iterator[Problem]:
    """Yield an error for each line with a code that readers would see without one of its marks."""
    for line, harmed in harmed_codes(page.contents):
        message = f"dấu * trong '{harmed[0][0]}' sẽ mất khi lên trang"
        yield Problem(page.path, line, message, _escaped(harmed).strip())


def harmed_codes(contents: Contents) -> Iterator[tuple[int, list[re.Match[str]]]]:
    """Yield each line with the codes in it that lose one of their marks."""
    sources, texts = contents.document.source.split("\n"), contents.text.split("\n")
    for number, (source, text) in enumerate(zip(sources, texts, strict=True)):
        if harmed := _harmed_in(source, text):
            yield number + contents.document.first_line, harmed


def without_codes(text: str) -> str:
    """Return a text of the same length with its codes blanked out."""
    return _TOKEN.sub(lambda match: " " * len(match[0]), text)


def _harmed_in(source: str, text: str) -> list[re.Match[str]]:
    if "*" not in source and "#" not in source:  # as in most lines
        return []
    return [
        match
        for match in _TOKEN.finditer(source)
        if _is_harmed(match[0], text[match.start() : match.end()])
    ]


def _escaped(codes: list[re.Match[str]]) -> str:
    """Return the line of codes that keep their stars; those that make words bold stay marks."""
    for kept in ((0, 2), (2, 2), (2, 0), (0, 0)):
        mended = codes[0].string
        for code in reversed(codes):
            mended = mended[: code.start()] + _escape(code[0], kept) + mended[code.end() :]
        contents = Contents(parse(mended))
        if not _harmed_in(mended, contents.text) and "**" not in contents.marks:
            break
    return mended


def _escape(token: str, kept: tuple[int, int]) -> str:
    """Return a token with its stars escaped but so many at either end, where so many stand."""
    before = "*" * kept[0] if token.startswith("*" * kept[0]) else ""
    after = "*" * kept[1] if token.endswith("*" * kept[1]) else ""
    inner = token[len(before) : len(token) - len(after)]
    return before + inner.replace("*", "\\*") + after


def _is_harmed(token: str, kept: str) -> bool:
    """Return whether stars are missing from what is `kept` of a token, but those of bold words."""
    if kept == token or not kept.strip():  # nothing is missing, or it is code or an address
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
