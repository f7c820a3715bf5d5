"""Raw HTML is not allowed in content; `<details>` is part of the document.

As a second defence, `check_rendered` holds the rendered body to an allow-list.
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
# The allow-list for rendered bodies.
RENDERED_TAGS = frozenset(
    "a abbr blockquote br code data dd del details div dl dt em h1 h2 h3 h4 h5 h6 hr i img li ol p "
    "pre section span strong summary table tbody td th thead time tr ul".split()
)
RENDERED_ATTRIBUTES = SAFE_ATTRIBUTES | frozenset(
    "alt aria-labelledby data-icon data-stale-after datetime hidden href src start style "
    "value".split()
)
_ALIGNMENT = re.compile(r"text-align: (?:left|center|right);")  # of a table column
_ATTRIBUTE = re.compile(r"([^\s=\"'/]+)(?:\s*=\s*(\"[^\"]*\"|'[^']*'|[^\s\"']+))?")
_VALUE = r"\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s\"'=<>`]+)"
_ATTRIBUTES = rf"(?:\s+[a-z][a-z-]*(?:{_VALUE})?)*"
# A complete tag, or else the beginning of anything that browsers parse as markup.
_RENDERED = re.compile(rf"</?([a-z][a-z0-9]*)({_ATTRIBUTES})\s*/?>|<[a-z/!?]", re.IGNORECASE)


def check_markup(page: Page, _: Library) -> Iterator[Problem]:
    """Yield an error for each tag of raw HTML, well-formed `<details>` excepted.

    A table is one error, with the table in Markdown as remedy.
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
            rows = page.file.body.split("\n")[line - page.file.body_line :]
            yield Problem(page.path, line, *_describe(tag[1], *[*rows, ""][:2]))


def _describe(tag: str | None, source: str, following: str) -> tuple[str, str]:
    if tag is None:
        return "ghi chú HTML (<!-- -->) sẽ bị đăng công khai", "xóa ghi chú"
    if tag in ("details", "summary"):
        message = f"thẻ <{tag}> không khớp thành cặp"
        return message, "viết mỗi thẻ một dòng: <details>, <summary>…</summary>, rồi </details>"
    fix = f"xóa thẻ, hoặc viết &lt;{tag} nếu muốn hiện đúng chữ đó"
    return f"thẻ HTML <{tag}> không được dùng trong bài", line_as_markdown(source, following) or fix


def check_rendered(rendered: str, page: Page) -> Problem | None:
    """Return a problem for the first unsafe HTML in a rendered body, else None.

    The line is that of the same tag in the source, 1 when it is not found.
    """
    piece = find_unsafe_html(rendered)
    if piece is None:
        return None
    start = page.source.find(piece[:12].split()[0])
    line = page.source.count("\n", 0, max(start, 0)) + 1
    fix = "xóa, hoặc viết &lt; thay cho dấu < nếu muốn hiện đúng chữ đó"
    return Problem(page.path, line, f"mã HTML này có thể chạy: {piece}", fix)


def find_unsafe_html(rendered: str) -> str | None:
    """Return the first HTML of a rendered body that is not on the allow-list, else None.

    The output is parsed as browsers do, independently of the Markdown parser.
    """
    # Fast path: every "<" begins a safe tag that ends at the next ">".
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
