"""Marks of Markdown that make nothing: readers would see them as they stand, or a dead link.

Only what cannot be meant otherwise is reported; each is published without a word by a strict build.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from portal.library import Library, Page
from portal.problems import Problem
from portal.prose import CUT_LINK, Link

_FENCE = re.compile(r"\n[ \t]*(`{3,}|~{3,})")
_APART = re.compile(
    r"\[([^\[\]\n]*[^\W\d_]{2}[^\[\]\n]*)\][ \t]+\(((?:https?://[^\s()]+|[^\s():]+\.md(?:#[^\s()]*)?))\)"
)
_REFERENCE = re.compile(r"\[(?<![\]!\\\w]\[)([^\[\]\n]*[^\W\d_]{2}[^\[\]\n]*)\]\[([^\[\]\n^]+)\]")
_DEFINED = re.compile(r"^ {0,3}\[([^\]\n]+)\]:", re.MULTILINE)
_WEB = re.compile(r"https?:(?!//[^\s/?#]+\.[^\s/?#.])", re.IGNORECASE)
_MAIL = re.compile(r"mailto:(?![^\s@?]+@[^\s@?]+\.[^\s@?]+)", re.IGNORECASE)


def check_broken_marks(page: Page, _: Library) -> Iterator[Problem]:
    """Yield an error for each link and each frame of code that readers could not use as such."""
    for link in page.prose.links:
        if wrong := _wrong_target(link):
            yield Problem(page.path, link.line, *wrong)
    for offset, message, fix in _find_marks(page):
        yield Problem(page.path, page.prose.line_at(offset), message, fix)


def _wrong_target(link: Link) -> tuple[str, str] | None:
    if not link.target:
        return f"đường dẫn '[{link.text}]()' không có đích", f"[{link.text}](ten-bai.md)"
    if _WEB.match(link.target):
        message = f"địa chỉ '{link.target}' thiếu tên trang"
        return message, "ghi đủ địa chỉ, ví dụ:  https://vneid.gov.vn"
    if _MAIL.match(link.target):
        return f"'{link.target}' không phải địa chỉ thư", "mailto:ten@noi-nhan.vn"
    return None


def _find_marks(page: Page) -> Iterator[tuple[int, str, str]]:
    text = page.prose.text
    if "```" in text or "~~~" in text:
        yield from _find_fence(text)
    if "](" in text:
        yield from _find_cut_links(text)
    if "] " in text:
        for match in _APART.finditer(text):
            message = f"giữa '[{match[1]}]' và '({match[2]})' có dấu cách nên không thành đường dẫn"
            yield match.start(), message, f"[{match[1]}]({match[2]})"
    if "][" in text:
        yield from _find_undefined(text)


def _find_fence(text: str) -> Iterator[tuple[int, str, str]]:
    """Yield the first frame that is not closed: all that follows stands in it."""
    if opened := _FENCE.search("\n" + text):
        message = f"khung chữ mở bằng {opened[1]} mà không đóng"
        yield opened.start(), message, f"thêm một dòng  {opened[1]}  ở cuối khung"


def _find_cut_links(text: str) -> Iterator[tuple[int, str, str]]:
    for match in CUT_LINK.finditer(text):
        start = text.rfind("[", 0, match.start())
        words = text[start + 1 : match.start()]
        if start < 0 or "\n\n" in words or text[start - 1 : start] == "\\":
            continue
        mark = "!" if text[start - 1 : start] == "!" else ""
        target, bracket, _ = match["rest"].partition(")")
        if bracket:
            message = f"đường dẫn '{target}' có dấu cách, hoặc dấu ngoặc không khớp"
            yield match.start(), message, f"{mark}[{words}]({_mended(target)})"
        else:
            target = target.split()[0] if target.strip() else ""
            message = f"đường dẫn '{mark}[{words}]({target}' không có dấu ) để đóng"
            yield match.start(), message, f"{mark}[{words}]({target})"


def _mended(target: str) -> str:
    """Return a target as it can be read: files are named with hyphens; a title is left out."""
    words = target.split()
    if len(words) > 1 and words[1][0] in "\"'“”‘’(":
        return words[0]
    return ("" if "://" in target else "-").join(words)


def _find_undefined(text: str) -> Iterator[tuple[int, str, str]]:
    known = {_label(name) for name in _DEFINED.findall(text)}
    for match in _REFERENCE.finditer(text):
        if _label(match[2]) not in known:
            message = f"'[{match[1]}][{match[2]}]' nhắc tới [{match[2]}] không có ở đâu trong bài"
            yield match.start(), message, f"[{match[1]}](ten-bai.md)"


def _label(name: str) -> str:
    return " ".join(name.lower().split())
