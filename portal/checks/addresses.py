"""Addresses: short links stand for one page each, and nothing that was published ever breaks."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator

from portal.checks.inputs import reads
from portal.language.likeness import nearest
from portal.library.addresses import PUBLISHED, REDIRECTS, Redirect
from portal.library.library import Library, Page
from portal.library.published_addresses import RESERVED, redirects_of, short_link
from portal.source.problems import Problem


def check_addresses(library: Library) -> Iterator[Problem]:
    """Yield an error for each short link or redirect that cannot work."""
    for page in library.pages:
        yield from _check_short_link(page, library)
    redirects = tuple(redirects_of(library))
    yield from _check_redirects(redirects, library)


@reads(REDIRECTS)
def check_published(library: Library) -> Iterator[Problem]:
    """Yield an error for each published address at which there is nothing any more."""
    live = library.page_addresses | {redirect.old for redirect in redirects_of(library)}
    for address, line in library.addresses.published.items():
        if address not in live and not _may_be_unread(address, library):
            target = _nearest_page(address, library)
            fix = f"thêm vào data/redirects.yml:  - {{from: {address}, to: {target}}}"
            message = f"địa chỉ đã đăng '{address}' không còn trang nào"
            yield Problem(PUBLISHED, line, message, fix)


def _check_short_link(page: Page, library: Library) -> Iterator[Problem]:
    slug, line = page.meta.get("shortlink"), page.line_of("shortlink")
    if slug in RESERVED:
        message = f"đường dẫn ngắn '{slug}' là tên trang web dùng cho việc khác"
        name = posixpath.basename(page.url.rstrip("/")) or "trang-chu"
        yield Problem(page.path, line, message, f"shortlink: {slug}-{name}")
    elif (address := short_link(page)) and address in library.page_addresses:
        message = f"đường dẫn ngắn '{slug}' trùng địa chỉ của một trang"
        yield Problem(page.path, line, message, f"shortlink: bai-{slug}")


def _check_redirects(redirects: Iterable[Redirect], library: Library) -> Iterator[Problem]:
    taken = dict[str, Redirect]()
    for redirect in redirects:
        first = taken.setdefault(redirect.old, redirect)
        if first is not redirect and redirect in library.addresses.redirects:
            message = f"địa chỉ cũ '{redirect.old}' đã dùng ở {first.path}:{first.line}"
            yield _problem(redirect, message, "xóa một trong hai dòng")
    for redirect in library.addresses.redirects:
        yield from _check_redirect(redirect, library)


def _check_redirect(redirect: Redirect, library: Library) -> Iterator[Problem]:
    old, new = redirect.old, redirect.new
    if old in library.page_addresses:
        message = f"địa chỉ cũ '{old}' vẫn là một trang đang có"
        yield _problem(redirect, message, "xóa dòng này, hoặc đổi tên trang đó")
    if new not in library.page_addresses and not library.may_hold(new):
        fix = f"to: {_final_target(new, library)}"
        yield _problem(redirect, f"địa chỉ cũ '{old}' dẫn tới '{new}', nơi không có trang", fix)


def _final_target(target: str, library: Library) -> str:
    """Return the page at which a chain of redirects ends, or the one with the nearest address."""
    table = {redirect.old: redirect.new for redirect in redirects_of(library)}
    seen = set[str]()
    while target not in library.page_addresses:
        if target in seen or target not in table:
            return _nearest_page(target, library)
        seen.add(target)
        target = table[target]
    return target


def _nearest_page(address: str, library: Library) -> str:
    """Return the address of the page that one surely means, "…" to be filled in when none is."""
    near = nearest(address, sorted(library.page_addresses))
    return near[0] if near else "…"


def _may_be_unread(address: str, library: Library) -> bool:
    """Return whether an address may be that of a page with an error, or its short link."""
    is_short = address.count("/") == 1
    lacks_link = any(not short_link(guide) for guide in library.guides)
    return library.may_hold(address) or (is_short and (lacks_link or bool(library.unreadable)))


def _problem(redirect: Redirect, message: str, fix: str) -> Problem:
    return Problem(redirect.path, redirect.line, message, fix)
