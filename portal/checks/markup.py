"""Raw HTML and attributes: an allow-list, since content is data and never code.

What is not listed here is refused: scripts, frames, forms, event handlers, inline style, comments.
The rendered body is held to an allow-list once more by `check_rendered`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from portal.checks.links import SAFE_SCHEMES, as_browsers_read
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
# Only these does Markdown make a link of; anything else between < and > is a tag to a browser.
_AUTOLINK = re.compile(r"<(?:https?://[^<>\s\"']*|[^<>\s!/@]+@[^<>\s/@]+)>")
_ATTRIBUTE = re.compile(r"([^\s=\"'/]+)(?:\s*=\s*(\"[^\"]*\"|'[^']*'|[^\s\"']+))?")
_ATTRIBUTE_LIST = re.compile(
    r"\{(?<!\{\{):?[ \t]*((?:[#.][\w:-]+|[\w:-]+\s*=|[\w:-]+\s)[^{}\n]*)\}"
)
# What Markdown's own output may consist of: its tags, those of figures, and the safe ones above.
RENDERED_TAGS = SAFE_TAGS | frozenset(
    "a blockquote code data del div em h1 h2 h3 h4 h5 h6 hr i img li ol p pre section span strong "
    "table tbody td th thead time tr ul".split()
)
RENDERED_ATTRIBUTES = SAFE_ATTRIBUTES | frozenset(
    "alt aria-labelledby data-icon data-stale-after datetime hidden href src start style "
    "value".split()
)
_ALIGNMENT = re.compile(r"text-align: (?:left|center|right);")  # of a table's column
_VALUE = r"\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s\"'=<>`]+)"
_ATTRIBUTES = rf"(?:\s+[a-z][a-z-]*(?:{_VALUE})?)*"
# A whole tag, or else the beginning of anything that a browser reads as markup.
_RENDERED = re.compile(rf"</?([a-z][a-z0-9]*)({_ATTRIBUTES})\s*/?>|<[a-z/!?]", re.IGNORECASE)


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
