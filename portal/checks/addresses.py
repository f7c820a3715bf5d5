"""Checks of addresses: short links and redirects are valid, published addresses never break."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator, Mapping, Set

from portal.checks.inputs import reads
from portal.language.likeness import nearest
from portal.library.address_book import PUBLISHED, REDIRECTS, Redirect, is_file
from portal.library.learning_paths import PATHS
from portal.library.library import Library, Page
from portal.library.published_addresses import (
    RESERVED,
    addresses_with,
    copied_files,
    file_redirects,
    lasting_files,
    redirects_of,
    short_link,
)
from portal.library.topics import TOPICS
from portal.source.problems import Problem

_MAKING_PAPER = (TOPICS.path, PATHS.path)  # besides the guides


def check_addresses(library: Library) -> Iterator[Problem]:
    """Yield an error for each short link or redirect that is invalid."""
    for page in library.pages:
        yield from _check_short_link(page, library)
    redirects = (*redirects_of(library), *file_redirects(library))
    yield from _check_redirects(redirects, library)


@reads(REDIRECTS)
def check_published(library: Library) -> Iterator[Problem]:
    """Yield an error for each published address that no longer exists.

    What goes with such a page is not reported: it comes back with the page's redirect.
    """
    targets = library.page_addresses | _files_to_copy(library)
    redirects = (redirect.old for redirect in redirects_of(library))
    live = targets.union(redirects, copied_files(library))
    published = library.addresses.published
    gone = (address for address in published if address not in live)
    with_them = {each for address in gone for each in addresses_with(address)}
    for address, line in published.items():
        is_gone = address not in live and not _may_be_unread(address, library)
        if is_gone and address not in with_them:
            target = _nearest(address, targets)
            fix = f"thêm vào data/redirects.yml:  - {{from: {address}, to: {target}}}"
            what = "tệp" if is_file(address) else "trang"
            yield Problem(PUBLISHED, line, f"địa chỉ đã đăng '{address}' không còn {what} nào", fix)


def _files_to_copy(library: Library) -> Set[str]:
    return lasting_files(library) - copied_files(library).keys()


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
    files = _files_to_copy(library)
    for redirect in library.addresses.redirects:
        if redirect.is_file:
            yield from _check_copy(redirect, files, library)
        else:
            yield from _check_redirect(redirect, library)


def _check_copy(redirect: Redirect, files: Set[str], library: Library) -> Iterator[Problem]:
    old, new = redirect.old, redirect.new
    if old in files:
        yield _problem(redirect, f"địa chỉ cũ '{old}' vẫn là một tệp đang có", "xóa dòng này")
    elif posixpath.splitext(old)[1] != posixpath.splitext(new)[1]:
        message = f"địa chỉ cũ '{old}' là tệp, chỉ dẫn được tới một tệp cùng đuôi"
        yield _problem(redirect, message, f"to: {_nearest(old, files)}")
    elif new not in files and not _may_be_unread(new, library):
        message = f"địa chỉ cũ '{old}' dẫn tới '{new}', nơi không có tệp"
        table = {each.old: each.new for each in file_redirects(library)}
        yield _problem(redirect, message, f"to: {_final_target(new, table, files)}")


def _check_redirect(redirect: Redirect, library: Library) -> Iterator[Problem]:
    old, new = redirect.old, redirect.new
    if old in library.page_addresses:
        message = f"địa chỉ cũ '{old}' vẫn là một trang đang có"
        yield _problem(redirect, message, "xóa dòng này, hoặc đổi tên trang đó")
    if new not in library.page_addresses and not library.may_hold(new):
        table = {each.old: each.new for each in redirects_of(library)}
        fix = f"to: {_final_target(new, table, library.page_addresses)}"
        yield _problem(redirect, f"địa chỉ cũ '{old}' dẫn tới '{new}', nơi không có trang", fix)


def _final_target(target: str, table: Mapping[str, str], live: Set[str]) -> str:
    """Return the final target of a chain of redirects, or the nearest live address."""
    seen = set[str]()
    while target not in live:
        if target in seen or target not in table:
            return _nearest(target, live)
        seen.add(target)
        target = table[target]
    return target


def _nearest(address: str, live: Set[str]) -> str:
    """Return the nearest of the addresses with the same ending, or the placeholder "…"."""
    ending = posixpath.splitext(address)[1] or "/"
    near = nearest(address, sorted(each for each in live if each.endswith(ending)))
    return near[0] if near else "…"


def _may_be_unread(address: str, library: Library) -> bool:
    """Return whether an address may belong to an invalid page, or be its short link."""
    if is_file(address):
        return bool(library.unreadable) or library.is_damaged(*_MAKING_PAPER)
    is_short = address.count("/") == 1
    lacks_link = any(not short_link(guide) for guide in library.guides)
    return library.may_hold(address) or (is_short and (lacks_link or bool(library.unreadable)))


def _problem(redirect: Redirect, message: str, fix: str) -> Problem:
    return Problem(redirect.path, redirect.line, message, fix)
