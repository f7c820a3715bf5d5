"""Checks of links: existing target, safe scheme, descriptive text."""

from __future__ import annotations

import html
import posixpath
import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple
from urllib.parse import quote, unquote

from portal.document.contents import Reference
from portal.language.copied_address import is_own_machine
from portal.language.likeness import nearest
from portal.language.telephone import DIALLED, codes_in, is_same_number, plain_number, shown_numbers
from portal.language.text import fold, shorten, slugify
from portal.library.library import Library, Page, url_of
from portal.library.published_addresses import redirects_of
from portal.source.page_limits import pasted_picture
from portal.source.problems import Problem, Severity

SAFE_SCHEMES = ("https", "http", "tel", "mailto", "sms")
_VERBS = {"tel": "gọi", "sms": "nhắn"}  # scheme → verb for messages
_SCHEME = re.compile(r"([a-zA-Z][a-zA-Z0-9+.-]*):")
# Browsers remove these before parsing the scheme, so "java&#10;script:" would run.
_IGNORED = re.compile(r"[\x00-\x20\x7f-\x9f\u200b-\u200f\ufeff]+")


_DOMAIN = re.compile(
    r"(?:[\w-]+\.)+(?:vn|com|net|org|gov|edu|me|info|io)(?::\d+)?(?:[/?#].*)?", re.IGNORECASE
)
_MAILBOX = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_SLIPPED = re.compile(  # in quotation marks, or with other signs after "https"
    r"[\"“”'‘’]*(https?)[:;,./\\]+((?:[\w-]+\.)+\w+[^\"“”'‘’\s]*)[\"“”'‘’]*", re.IGNORECASE
)
_SUFFIX = re.compile(r"\.(?:md|html?|markdown)$", re.IGNORECASE)
_DOCUMENTS = (".doc", ".docx", ".xls", ".xlsx", ".ppt", ".pptx", ".odt", ".txt", ".rtf")


class InternalLink(NamedTuple):
    """A link to a page or an anchor of one; `uri` is its resolved path within docs/.

    `target` is as written, `path` and `anchor` are its parts; `page` is the `uri` of its page.
    """

    page: str
    line: int
    target: str
    path: str
    anchor: str
    uri: str


def check_link_schemes(page: Page, _: Library) -> Iterator[Problem]:
    """Yield an error for each unsafe link, external picture, or number other than the link's text.

    For http there is advice.
    """
    for link in page.contents.references:
        target, scheme = as_browsers_read(link.target)
        if scheme == "//":
            message = f"đường dẫn {target} thiếu https:"
            yield Problem(page.path, link.line, message, f"https:{target}")
        elif scheme:
            yield from _check_scheme(page, link, scheme)
        if scheme in _VERBS and not link.is_image:
            yield from _check_number(page, link, target)


def internal_links(page: Page) -> list[InternalLink]:
    """Return the internal links of a page, which are checked against all pages."""
    found = list[InternalLink]()
    for link in page.contents.links:
        target, scheme = as_browsers_read(link.target)
        if not scheme:
            path, _, anchor = unquote(target).partition("#")
            joined = posixpath.join(posixpath.dirname(page.uri), path)
            uri = posixpath.normpath(joined) if path else page.uri
            found.append(InternalLink(page.uri, link.line, link.target, path, anchor, uri))
    return found


def check_internal_links(links: Iterable[InternalLink], library: Library) -> Iterator[Problem]:
    """Yield an error for each link to a missing page, file or anchor."""
    for link in links:
        linked = library.by_uri.get(link.uri)
        if linked and link.anchor:
            yield from _check_anchor(link, linked, library)
        elif not (linked or _leads_somewhere(link.uri, library)):
            message = f"đường dẫn '{link.target}' không tới trang nào"
            table = library.lacking_table(url_of(link.uri))
            again = f"lấy lại {table} từ git (git checkout {table}), hoặc bỏ đường dẫn này"
            yield _problem(link, message, again if table else _nearest_path(link, library), library)


def as_browsers_read(target: str) -> tuple[str, str]:
    """Return (target as browsers parse it, scheme): "" within the site, "//" protocol-relative."""
    plain = _IGNORED.sub("", html.unescape(target))
    scheme = _SCHEME.match(plain)
    if scheme:
        return plain, scheme[1].lower()
    return plain, "//" if plain.replace("\\", "/").startswith("//") else ""


def _check_scheme(page: Page, link: Reference, scheme: str) -> Iterator[Problem]:
    if link.is_image and scheme == "data":
        yield pasted_picture(len(link.target), link.line, page.path)
    elif link.is_image:
        message = f"hình lấy từ nơi khác: {shorten(link.target)}"
        yield Problem(page.path, link.line, message, "chép tệp hình vào cạnh bài, ghi tên tệp")
    elif scheme not in SAFE_SCHEMES and nearest(scheme, ("https", "http")):
        fix = f"https://{link.target.partition(':')[2].lstrip('/')}"
        yield Problem(page.path, link.line, f"'{scheme}:' là https: gõ nhầm", fix)
    elif scheme not in SAFE_SCHEMES:
        message = f"đường dẫn kiểu '{scheme}:' có thể gây hại cho người đọc"
        yield Problem(page.path, link.line, message, "chỉ dùng https:, tel:, mailto: hoặc tệp .md")
    elif scheme == "http" and not is_own_machine(link.target):  # reported once
        message = f"đường dẫn không mã hóa: {link.target}"
        fix = "https" + link.target[4:]
        yield Problem(page.path, link.line, message, fix, Severity.ADVICE)


def _check_number(page: Page, link: Reference, target: str) -> Iterator[Problem]:
    """Yield an error for a number that cannot be dialled or differs from the link's text."""
    scheme, _, address = target.partition(":")
    if code := "".join(codes_in(unquote(address))):
        yield from _check_code(page, link, address, code)
        return
    dialled, verb = address.partition("?")[0], _VERBS[scheme.lower()]
    numbers = shown_numbers(link.text)
    shown = next((each for each in numbers if not is_same_number(each, dialled)), "")
    right = shown or next(iter(numbers), "")
    words = f"ghi số cần {verb} sau {scheme.lower()}: chỉ gồm chữ số"
    fix = f"[{right}]({scheme}:{plain_number(right)})" if right else words
    if not DIALLED.fullmatch(dialled):
        yield Problem(page.path, link.line, f"bấm vào không {verb} được số '{dialled}'", fix)
    elif shown:
        message = f"chữ ghi {shown} nhưng bấm vào {verb} {dialled}"
        yield Problem(page.path, link.line, message, fix)


def _check_code(page: Page, link: Reference, address: str, code: str) -> Iterator[Problem]:
    """Yield an error for a service code that differs from the text or is not percent-encoded."""
    shown = codes_in(link.text)
    right = shown[0] if shown else code
    escaped = right.replace("*", "\\*")
    fix = f"[{escaped}](tel:{quote(right, safe='')})"
    if unquote(address) != right:
        message = f"chữ ghi '{link.text}' nhưng bấm vào gọi '{unquote(address)}'"
        yield Problem(page.path, link.line, message, fix)
    elif address != quote(code, safe=""):
        message = f"trong địa chỉ gọi '{address}', dấu * phải viết %2A, dấu # phải viết %23"
        yield Problem(page.path, link.line, message, fix)


def _check_anchor(link: InternalLink, linked: Page, library: Library) -> Iterator[Problem]:
    anchors = [heading.anchor for heading in linked.contents.headings]
    if link.anchor in anchors:
        return
    near = nearest(link.anchor, anchors)
    fix = f"{link.path}#{near[0]}" if near else f"bỏ '#{link.anchor}'"
    message = f"không có mục '#{link.anchor}' trong {linked.path}"
    yield _problem(link, message, fix, library)


def _leads_somewhere(uri: str, library: Library) -> bool:
    is_made = uri in library.generated_uris
    return is_made or _is_file(uri, library) or library.may_hold(url_of(uri))


def _is_file(uri: str, library: Library) -> bool:
    """Return whether a link leads to a file in docs/ other than a page, such as a PDF."""
    if uri.startswith(("..", "/")) or uri.endswith(".md"):
        return False
    return (library.docs / uri).is_file()


def _nearest_path(link: InternalLink, library: Library) -> str:
    """Return the nearest valid target of a broken link, else an instruction."""
    if meant := _meant_elsewhere(link.target):
        return meant
    page = library.by_short_link.get(link.target.strip("/.")) or _moved_page(link, library)
    if page:
        return posixpath.relpath(page.uri, posixpath.dirname(link.page))
    uris = (*library.by_uri, *library.generated_uris)
    known = {other.removesuffix(".md"): other for other in uris}
    stem = _SUFFIX.sub("", link.uri)
    folder = posixpath.normpath(f"{stem}/index")
    if folder in known:
        return posixpath.relpath(known[folder], posixpath.dirname(link.page))
    name = slugify(posixpath.basename(stem))
    same_name = [each for each in known if posixpath.basename(each) == name]
    names = {posixpath.basename(each): each for each in known}
    near = same_name if len(same_name) == 1 else [names[each] for each in nearest(name, names)]
    if near and len(same_name) < 2:
        return posixpath.relpath(known[near[0]], posixpath.dirname(link.page))
    if posixpath.splitext(link.path)[1].lower() in _DOCUMENTS:
        return "viết nội dung tệp ấy thành bài, hoặc lưu thành PDF đặt cạnh bài rồi ghi tên tệp"
    return "ghi đường dẫn tới tệp .md có thật, hoặc bỏ đường dẫn và giữ lại chữ"


def _meant_elsewhere(target: str) -> str:
    """Return the https address of a target without a scheme, "" when it is not one."""
    if _DOMAIN.match(target):
        return f"https://{target}"
    if slip := _SLIPPED.fullmatch(target):
        return f"{slip[1].lower()}://{slip[2]}"
    if _MAILBOX.fullmatch(target):
        return f"mailto:{target}"
    number = plain_number(target)
    return f"tel:{number}" if DIALLED.fullmatch(number) else ""


def _moved_page(link: InternalLink, library: Library) -> Page | None:
    """Return the page to which the link's old address redirects."""
    table = {redirect.old: redirect.new for redirect in redirects_of(library)}
    address, seen = url_of(link.uri), set[str]()
    while address in table and address not in seen:
        seen.add(address)
        address = table[address]
    return next((page for page in library.pages if seen and page.url == address), None)


def _problem(link: InternalLink, message: str, fix: str, library: Library) -> Problem:
    return Problem(library.by_uri[link.page].path, link.line, message, fix)


def check_link_texts(page: Page, library: Library) -> Iterator[Problem]:
    """Yield advice for links whose text does not say where they lead (style.vi.md §12)."""
    vague = library.wording.vague_link_texts
    for link in page.contents.links:
        if fold(" ".join(link.text.split())).strip(" .") in vague:
            message = f"chữ của đường dẫn '{link.text}' không nói dẫn đến đâu"
            fix = "viết rõ đích, ví dụ: [Mở Cổng Dịch vụ công quốc gia](…)"
            yield Problem(page.path, link.line, message, fix, Severity.ADVICE)
