"""Raw HTML: none in content, which is data and never code; `<details>` is part of the document.

The rendered body is held to an allow-list once more by `check_rendered`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from portal.checks.html_as_markdown import line_as_markdown, table_as_markdown
from portal.checks.links import SAFE_SCHEMES, as_browsers_read
from portal.document.tree import RawHtml
from portal.library.library import Library, Page
from portal.source.problems import Problem

SAFE_ATTRIBUTES = frozenset(("class", "id", "lang", "open", "title"))
_TAG = re.compile(r"</?([a-zA-Z][^\s/>]*)|<[!?]")
# What Markdown's own output may consist of: its tags, those of figures, and the safe ones above.
RENDERED_TAGS = frozenset(
    "a abbr blockquote br code data dd del details div dl dt em h1 h2 h3 h4 h5 h6 hr i img li ol p "
    "pre section span strong summary table tbody td th thead time tr ul".split()
)
RENDERED_ATTRIBUTES = SAFE_ATTRIBUTES | frozenset(
    "alt aria-labelledby data-icon data-stale-after datetime hidden href src start style "
    "value".split()
)
_ALIGNMENT = re.compile(r"text-align: (?:left|center|right);")  # of a table's column
_ATTRIBUTE = re.compile(r"([^\s=\"'/]+)(?:\s*=\s*(\"[^\"]*\"|'[^']*'|[^\s\"']+))?")
_VALUE = r"\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s\"'=<>`]+)"
_ATTRIBUTES = rf"(?:\s+[a-z][a-z-]*(?:{_VALUE})?)*"
# A whole tag, or else the beginning of anything that a browser reads as markup.
_RENDERED = re.compile(rf"</?([a-z][a-z0-9]*)({_ATTRIBUTES})\s*/?>|<[a-z/!?]", re.IGNORECASE)


def check_markup(page: Page, _: Library) -> Iterator[Problem]:
    """Yield an error for each tag of raw HTML; `<details>` is none where it is well formed.

    A table is one error, with its lines in Markdown.
    """
    for node in page.document.walk():
        if not isinstance(node, RawHtml):
            continue
        first = page.document.line(node)
        table = table_as_markdown(node.html) if "<table" in node.html.lower() else ""
        if table:
            last = first + node.html.rstrip().count("\n")
            message = f"bảng viết bằng mã HTML, từ dòng này đến dòng {last}"
            yield Problem(page.path, first, message, table)
            continue
        for tag in _TAG.finditer(node.html):
            line = first + node.html.count("\n", 0, tag.start())
            yield Problem(page.path, line, *_describe(tag[1], page.document.line_text(line)))


def _describe(tag: str | None, source: str) -> tuple[str, str]:
    if tag is None:
        return "ghi chú HTML (<!-- -->) sẽ bị đăng công khai", "xóa ghi chú"
    if tag in ("details", "summary"):
        message = f"thẻ <{tag}> không khớp thành cặp"
        return message, "viết mỗi thẻ một dòng: <details>, <summary>…</summary>, rồi </details>"
    fix = f"xóa thẻ, hoặc viết &lt;{tag} nếu muốn hiện đúng chữ đó"
    return f"thẻ HTML <{tag}> không được dùng trong bài", line_as_markdown(source) or fix


def check_rendered(rendered: str, page: Page) -> Problem | None:
    """Return the first piece of a rendered body that could run or load something, as a problem.

    The line is that of the first such tag in the source, 1 when it is not there as it stands.
    """
    piece = find_unsafe_html(rendered)
    if piece is None:
        return None
    start = page.source.find(piece[:12].split()[0])
    line = page.source.count("\n", 0, max(start, 0)) + 1
    fix = "xóa, hoặc viết &lt; thay cho dấu < nếu muốn hiện đúng chữ đó"
    return Problem(page.path, line, f"mã HTML này có thể chạy: {piece}", fix)


def find_unsafe_html(rendered: str) -> str | None:
    """Return the first piece of a rendered body that is not on the allow-list, or None.

    It is read as a browser does, so that nothing depends on how the source was understood.
    """
    # Where each "<" begins a safe tag that ends at the next ">", there is nothing else to find.
    tags = {"<" + piece[: piece.find(">") + 1] for piece in rendered.split("<")[1:]}
    if all(map(_is_safe_tag, tags)):
        return None
    for tag in _RENDERED.finditer(rendered):
        if not _is_safe_tag(tag[0]):
            return rendered[tag.start() : max(tag.end(), tag.start() + 40)]
    return None


@lru_cache(maxsize=4096)  # a site has few different tags
def _is_safe_tag(source: str) -> bool:
    tag = _RENDERED.fullmatch(source)
    if not tag or (tag[1] or "").lower() not in RENDERED_TAGS:
        return False
    return all(map(_is_safe_attribute, _ATTRIBUTE.findall(tag[2])))


def _is_safe_attribute(attribute: tuple[str, str]) -> bool:
    name, value = attribute[0].lower(), attribute[1].strip("\"'")
    if name in ("href", "src"):
        scheme = as_browsers_read(value)[1]
        return not scheme or (name == "href" and scheme in SAFE_SCHEMES)
    if name == "style":
        return bool(_ALIGNMENT.fullmatch(value))
    return name in RENDERED_ATTRIBUTES
