"""Unfinished links and code fences, which would be rendered as literal marks.

Only unambiguous cases are reported; a strict build reports none of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from portal.document.contents import Reference
from portal.document.tree import Fence
from portal.language.copied_address import is_own_machine
from portal.library.library import Library, Page
from portal.source.problems import Problem

# These search the text nodes, in which a valid link has no brackets.
_APART = re.compile(
    r"(!?\[[^\[\]\n]*[^\W\d_]{2}[^\[\]\n]*\])[^\S\n]+"
    r"\((https?://[^\s()]+|(?:tel|mailto):[^\s()]+|[^\s():]+\.(?:md(?:#[^\s()]*)?|svg|png|jpe?g|webp))\)"
)
_UNDEFINED = re.compile(
    r"(!?)\[(?<![\]\\\w]\[)([^\[\]\n]*[^\W\d_]{2}[^\[\]\n]*)\]\[([^\[\]\n^]+)\]"
)
_ATTRIBUTES = re.compile(r"\{(?<!\{\{)(?::[^{}\n]*|[ \t]*(?:[#.][\w:-]+|[\w:-]+\s*=)[^{}\n]*)\}")
_TAG = re.compile(
    r"</?(?:[bipqsu]|[a-z]\d?:[a-z]+|[a-z]{2,10}[1-6]?)(?=[\s>/]|$)", re.IGNORECASE | re.MULTILINE
)
_WEB = re.compile(r"https?:(?!//[^\s/?#]+\.[^\s/?#.])", re.IGNORECASE)
_MAIL = re.compile(r"mailto:(?![^\s@?/]+@[^\s@?]+\.[^\s@?]+)", re.IGNORECASE)

_SCHEMES = re.compile(r"(?:https?:[/\\]*)+", re.IGNORECASE)
_WHOLE_MAIL = "ghi đủ địa chỉ thư, dạng tên@nơi-nhận"


def check_broken_marks(page: Page, _: Library) -> Iterator[Problem]:
    """Yield an error for each broken link and code fence."""
    for link in page.contents.links:
        if wrong := _wrong_target(link):
            yield Problem(page.path, link.line, *wrong)
        elif not link.text.strip() and not _has_picture(link, page):
            message = f"đường dẫn tới {link.target} không có chữ nào để bấm"
            yield Problem(page.path, link.line, message, f"[tên trang đó]({link.target})")
    for line, message, fix in _unclosed_fences(page):
        yield Problem(page.path, line, message, fix)
    for offset, message, fix in _find_marks(page):
        yield Problem(page.path, page.contents.line_at(offset), message, fix)


def _has_picture(link: Reference, page: Page) -> bool:
    return any(image.line == link.line for image in page.contents.images)


def _wrong_target(link: Reference) -> tuple[str, str] | None:
    if link.target in ("", "#"):
        return f"đường dẫn '[{link.text}]()' không có đích", f"[{link.text}](ten-bai.md)"
    if _WEB.match(link.target) and not is_own_machine(link.target):
        message = f"địa chỉ '{link.target}' thiếu tên trang"
        whole = "https://" + _SCHEMES.sub("", link.target).lstrip("/\\")
        is_whole = whole != link.target and not _WEB.match(whole)
        return message, whole if is_whole else "ghi đủ địa chỉ của trang sau https://"
    if _MAIL.match(link.target):
        box = link.target[7:].lstrip("/")
        fix = f"mailto:{box}" if not _MAIL.match(f"mailto:{box}") else _WHOLE_MAIL
        return f"'{link.target}' không phải địa chỉ thư", fix
    return None


def _unclosed_fences(page: Page) -> Iterator[tuple[int, str, str]]:
    """Yield each unclosed code fence, which contains the rest of the page."""
    document = page.document
    for node in document.walk():
        if not isinstance(node, Fence) or node.is_indented:
            continue
        first = document.line(node)
        opened = document.source_bytes[node.start :].lstrip()[:20].decode(errors="ignore")
        mark = opened[: len(opened) - len(opened.lstrip(opened[0]))]
        last = document.line_text(min(first + 1 + node.text.count("\n"), document.last_line))
        closing = last.strip(" \t>")
        if first == document.last_line or set(closing) != {mark[0]} or len(closing) < len(mark):
            message = f"khung chữ mở bằng {mark} mà không đóng"
            yield first, message, f"thêm một dòng  {mark}  ở cuối khung"


def _find_marks(page: Page) -> Iterator[tuple[int, str, str]]:
    left, source = page.contents.marks, page.document.source
    yield from _find_cut_links(left, source)
    for match in _APART.finditer(left):
        message = f"giữa '{match[1]}' và '({match[2]})' có dấu cách nên không thành đường dẫn"
        yield match.start(), message, _line_with(source, match.span(), f"{match[1]}({match[2]})")
    for match in _UNDEFINED.finditer(left):
        message = f"'{match[0]}' nhắc tới [{match[3]}] không có ở đâu trong bài"
        target = "ten-hinh.jpg" if match[1] else "ten-bai.md"
        yield match.start(), message, f"{match[1]}[{match[2]}]({target})"
    for match in _ATTRIBUTES.finditer(left):
        message = f"'{match[0]}' không có nghĩa ở đây, sẽ hiện ra như chữ"
        yield match.start(), message, f"xóa {match[0]}"
    for match in _TAG.finditer(left):
        message = f"mã HTML '{match[0]}' viết dở, sẽ hiện ra như chữ"
        fix = f"xóa, hoặc viết &lt;{match[0][1:]} nếu muốn hiện đúng chữ đó"
        yield match.start(), message, fix


def _find_cut_links(left: str, source: str) -> Iterator[tuple[int, str, str]]:
    """Yield each "](" that is not part of a link, with the link's text as written."""
    end = 0
    while (middle := left.find("](", end)) >= 0:
        start, end = _opening(left, middle), middle + 2
        words = source[start + 1 : middle]
        if start < 0 or "\n\n" in words:
            continue
        mark = "!" if left[start - 1 : start] == "!" else ""
        target, bracket, _ = left[end:].partition("\n")[0].partition(")")
        span = start - len(mark), end + len(target) + len(bracket)
        if bracket:
            message = f"đường dẫn '{target}' có dấu cách, hoặc dấu ngoặc không khớp"
            link = f"{mark}[{words}]({_mended(target)})"
            yield middle, message, _line_with(source, span, link)
        else:
            target = target.split()[0] if target.strip() else ""
            message = f"đường dẫn '{mark}[{words}]({target}' không có dấu ) để đóng"
            span = span[0], end + len(target)
            yield middle, message, _line_with(source, span, f"{mark}[{words}]({target})")


def _line_with(source: str, span: tuple[int, int], new: str) -> str:
    """Return the line of a part of the source with the part replaced."""
    start = source.rfind("\n", 0, span[0]) + 1
    rest = source[span[1] :].partition("\n")[0]
    return f"{source[start : span[0]]}{new}{rest}".strip()


def _opening(left: str, closing: int) -> int:
    """Return the offset of the bracket that a "]" closes, -1 for none."""
    depth = 0
    for place in range(closing - 1, -1, -1):
        depth += (left[place] == "]") - (left[place] == "[")
        if depth < 0:
            return place
    return -1


def _mended(target: str) -> str:
    """Return a valid target: blanks become hyphens or, in an address, %20; a title is dropped."""
    words = target.split()
    if len(words) > 1 and words[1][0] in "\"'“”‘’(":
        return words[0]
    host, slash, path = target.partition("://")[2].partition("/")
    if not host:
        return "-".join(words)
    is_number = re.fullmatch(r"[\d\s]*", path)
    path = ("" if is_number else "%20").join(path.split())
    return f"{target.partition('://')[0]}://{''.join(host.split())}{slash}{path}"
