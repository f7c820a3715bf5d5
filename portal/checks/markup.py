"""Raw HTML and attributes: an allow-list, since content is data and never code.

What is not listed here is refused: scripts, frames, forms, event handlers, inline style, comments.
The rendered page is guarded once more by `find_unsafe_html`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from portal.library import Library, Page
from portal.problems import Problem

SAFE_TAGS = frozenset(
    "abbr br dd details dl dt kbd mark q small sub summary sup wbr".split()
)  # no attribute of these loads or runs anything
SAFE_ATTRIBUTES = frozenset(("class", "id", "lang", "open", "title"))
CONTENT_CLASSES = frozenset(
    ("trang-tri",)
)  # classes that an editor may give; others could hide text

_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/>]*)([^<>]*)(>?)|<[!?][^>]*>?")
_AUTOLINK = re.compile(r"<(?:[a-zA-Z][a-zA-Z0-9+.-]{1,31}:[^<>\s]*|[^<>\s@]+@[^<>\s@]+)>")
_ATTRIBUTE = re.compile(r"([^\s=\"'/]+)(?:\s*=\s*(\"[^\"]*\"|'[^']*'|[^\s\"']+))?")
_ATTRIBUTE_LIST = re.compile(r"(?<!\{)\{:?[ \t]*((?:[#.][\w:-]+|[\w:-]+\s*=|[\w:-]+\s)[^{}\n]*)\}")
_UNSAFE_HTML = re.compile(
    r"<(?:script|iframe|object|embed|form|style|link|meta|base|svg|math|template|applet|frame)\b"
    r"|<[a-z][^>]*\s(?:on[a-z]+|style|srcdoc|formaction)\s*="
    r"|(?:href|src|action|xlink:href)\s*=\s*[\"']?\s*(?:javascript|data|vbscript):",
    re.IGNORECASE,
)


def check_markup(page: Page, _: Library) -> Iterator[Problem]:
    """Yield an error for each raw tag or attribute that is not on the allow-list."""
    prose = page.prose
    text = _AUTOLINK.sub(lambda match: " " * len(match[0]), prose.text)
    for tag in _TAG.finditer(text):
        line = prose.line_at(tag.start())
        for message, fix in _check_tag(tag):
            yield Problem(page.path, line, message, fix)
    for listed in _ATTRIBUTE_LIST.finditer(text):
        line = prose.line_at(listed.start())
        for message, fix in _check_attributes(_shorthand_as_attributes(listed[1])):
            yield Problem(page.path, line, message, fix)


def _check_tag(tag: re.Match[str]) -> Iterator[tuple[str, str]]:
    if tag[2] is None:
        yield "ghi chú HTML (<!-- -->) sẽ bị đăng công khai", "xóa ghi chú"
    elif tag[2].lower() not in SAFE_TAGS:
        fix = f"xóa thẻ, hoặc viết &lt;{tag[2]} nếu muốn hiện đúng chữ đó"
        yield f"thẻ HTML <{tag[2]}> không được dùng trong bài", fix
    elif not tag[4]:
        yield f"thẻ <{tag[2]}> không đóng bằng dấu >", f"<{tag[2]}>"
    else:
        yield from _check_attributes(tag[3])


def _check_attributes(source: str) -> Iterator[tuple[str, str]]:
    for name, value in _ATTRIBUTE.findall(source):
        if name.lower() not in SAFE_ATTRIBUTES:
            yield f"thuộc tính '{name}' không được dùng trong bài", f"xóa {name}=…"
        elif name.lower() == "class":
            unknown = set(value.strip("\"'").split()) - CONTENT_CLASSES
            for each in sorted(unknown):
                yield f"lớp '.{each}' không được dùng trong bài", f"xóa .{each}"


def _shorthand_as_attributes(source: str) -> str:
    """Return an attribute list with ".x" and "#x" written out, as `attr_list` reads them."""
    return re.sub(
        r"(^|\s)([#.])([\w:-]+)",
        lambda match: f"{match[1]}{'id' if match[2] == '#' else 'class'}={match[3]}",
        source,
    )


def find_unsafe_html(rendered: str) -> str | None:
    """Return the first piece of rendered content that could run or load something, or None."""
    match = _UNSAFE_HTML.search(rendered)
    return match[0] if match else None
