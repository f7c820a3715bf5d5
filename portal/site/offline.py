"""What a phone keeps to read without a network: the service worker's list, and the pages' sizes."""

from __future__ import annotations

import hashlib
import json
import math
import os
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from portal.images.usage import pictures_on
from portal.images.variants import Picture
from portal.library.addresses import Redirect
from portal.library.library import Library, Page
from portal.site.scripts import minify_script

SHELL_PAGES = (
    "",
    "guides/",
    "tim-kiem/",
    "goi-giup/",
    "toi-o-dau/",
    "da-luu/",
)  # beside the topics
MAX_MOVED = 500  # redirects, some 10 KB: every phone loads them, also for pages it never reads
PAGE_SIZE = "<i data-page-size></i>"  # in templates: only a finished page tells its size


@dataclass(frozen=True)
class Shell:
    """Addresses from the site's root that are kept from the second page on."""

    pages: tuple[str, ...]
    scripts: tuple[str, ...]


def shell_of(site: Path, topic_ids: Iterable[str], versioned_folder: str) -> Shell:
    """Return the pages and scripts of the shell that exist in a built site."""
    wanted = [*SHELL_PAGES, *(f"guides/{topic}/" for topic in topic_ids)]
    pages = tuple(page for page in wanted if (site / page / "index.html").is_file())
    scripts = (file for file in sorted((site / versioned_folder).rglob("*")) if file.is_file())
    return Shell(pages, tuple(file.relative_to(site).as_posix() for file in scripts))


def service_worker(source: str, site: Path, shell: Shell, redirects: Iterable[Redirect]) -> str:
    """Return the text of sw.js; its version changes with any byte of the shell or of the worker.

    A table of more than `MAX_MOVED` redirects is left out.
    """
    moved = {each.old.rstrip("/"): each.new for each in redirects}
    digest = hashlib.sha256(source.encode())
    for page in shell.pages:
        digest.update((site / page / "index.html").read_bytes())
    build = {
        "version": digest.hexdigest()[:12],
        "shell": shell.pages,
        "scripts": shell.scripts,
        "moved": moved if len(moved) <= MAX_MOVED else {},
    }
    return f"const BUILD={json.dumps(build, separators=(',', ':'))};\n{minify_script(source)}\n"


def picture_bytes(library: Library, pictures: Mapping[str, Picture]) -> dict[str, int]:
    """Return page address → bytes that its pictures add when the page is saved, one file each."""
    sizes = {page.url: _picture_bytes_on(page, pictures) for page in library.pages}
    return {url: size for url, size in sizes.items() if size}


def tell_page_size(html: str, page: Page, pictures: Mapping[str, Picture]) -> str:
    """Return a finished page with what saving it takes, as "40 KB", in the place of `PAGE_SIZE`."""
    before, mark, after = html.partition(PAGE_SIZE)
    if not mark:
        return html
    told = len("00\u00a0KB".encode())  # as long as what is told
    size = len(before.encode()) + told + len(after.encode()) + _picture_bytes_on(page, pictures)
    return f"{before}{math.ceil(size / 1000)}\u00a0KB{after}"


def _picture_bytes_on(page: Page, pictures: Mapping[str, Picture]) -> int:
    if "![" not in page.file.body:
        return 0
    return sum(each.middle_bytes for each in pictures_on(page, pictures))


def page_sizes(site: Path, files: Iterable[str], pictures: Mapping[str, int]) -> str:
    """Return the bytes of pages with their pictures as JSON: address from the root → size.

    `files` are those of all pages, by their paths within the site.
    """
    sizes = dict[str, int]()
    for path in sorted(files, key=lambda path: path.split("/")):
        with suppress(FileNotFoundError):  # MkDocs writes no empty page
            url = path.removesuffix("index.html")
            sizes[url] = os.stat(f"{site}/{path}").st_size + pictures.get(url, 0)  # noqa: PTH116 - a Path costs more than the question
    return json.dumps(sizes, ensure_ascii=False, separators=(",", ":"))
