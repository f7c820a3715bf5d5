"""Offline reading: the service worker, the files that phones cache whole, and the pages' sizes."""

from __future__ import annotations

import hashlib
import json
import math
import os
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from portal.images.usage import pictures_on
from portal.images.variants import Picture
from portal.library.address_book import Redirect
from portal.library.library import Library, Page
from portal.library.rehearsals import PAGES
from portal.search.index import LEADS, dump_json
from portal.site.bundles import BundledFile, bundle, page_to_bundle, version_of
from portal.site.scripts import minify_script

SHELL_PAGES = (
    "",
    "guides/",
    "tim-kiem/",
    "goi-giup/",
    "toi-o-dau/",
    "kiem-tra-ten-mien/",
    "da-luu/",
)  # besides the topics
# District pages: the place finder has the same table. Texts for loudspeakers: who reads them out
# has them on paper. Rehearsals: each is saved by itself.
LEFT_OUT = ("toi-o-dau/", "loa/", PAGES)
FOLDER = "assets/offline/"
MAX_MOVED = 500  # redirects, some 10 KB, which every phone loads
# In templates: the sizes are known only once the page, or the whole site, is finished.
PAGE_SIZE = "<i data-page-size></i>"
LIBRARY_SIZE = "<i data-library-size></i>"
DRAWINGS_SIZE = "<i data-drawings-size></i>"


@dataclass(frozen=True)
class BuiltSite:
    """A site whose pages are written.

    `urls` are those of its pages, `versioned_folder` holds its scripts; `measure` returns the
    compressed size of a file in bytes.
    """

    folder: Path
    urls: tuple[str, ...]
    versioned_folder: str
    measure: Callable[[Path], int]

    def pages(self, urls: Iterable[str]) -> Iterator[tuple[str, str]]:
        """Yield each URL with its HTML, if the page exists."""
        for url in urls:
            with suppress(FileNotFoundError):  # MkDocs writes no empty page
                yield url, self.file_of(url).read_text(encoding="utf-8")

    def file_of(self, url: str) -> Path:
        """Return the file of a page; `use_directory_urls` decides how its URL ends."""
        return self.folder / (url if url.endswith(".html") else f"{url}index.html")

    def scripts(self) -> tuple[str, ...]:
        """Return the paths of all files in the scripts' folder."""
        files = sorted((self.folder / self.versioned_folder).rglob("*"))
        return tuple(file.relative_to(self.folder).as_posix() for file in files if file.is_file())

    def bundled(self, url: str, html: str) -> BundledFile:
        """Return a page as bundles hold it."""
        return BundledFile(url, page_to_bundle(html), version_of(html, self.versioned_folder))


@dataclass(frozen=True)
class Shell:
    """What every phone caches from the second page view on: a bundle of pages, paths of scripts."""

    pages: bytes
    scripts: tuple[str, ...]


def write_offline_files(site: BuiltSite, topic_ids: Iterable[str]) -> Shell:
    """Write the bundles, and their sizes into those pages of the shell that offer them."""
    (site.folder / FOLDER).mkdir(parents=True)
    wanted = dict.fromkeys((*SHELL_PAGES, *(f"guides/{topic}/" for topic in topic_ids)))
    pages = dict(site.pages(wanted))
    library = _write_library(site, [url for url in site.urls if url not in wanted])
    sizes = {
        LIBRARY_SIZE: (library + site.measure(site.folder / LEADS), _worker_size(site, pages)),
        DRAWINGS_SIZE: (_write_drawings(site), 0),
    }
    for url, html in pages.items():
        pages[url] = _with_sizes(html, sizes)
        if pages[url] != html:
            site.file_of(url).write_text(pages[url], encoding="utf-8")
    shell = bundle(site.bundled(url, html) for url, html in pages.items())
    (site.folder / FOLDER / "shell.json").write_bytes(shell)
    return Shell(shell, site.scripts())


def _write_library(site: BuiltSite, urls: Iterable[str]) -> int:
    """Write the bundle of these pages and the list of their versions; return its size."""
    versions = dict[str, str]()

    def read() -> Iterator[BundledFile]:
        for url, html in site.pages(url for url in urls if not url.startswith(LEFT_OUT)):
            bundled = site.bundled(url, html)
            versions[url] = bundled.version
            yield bundled

    file = site.folder / FOLDER / "library.json"
    file.write_bytes(bundle(read()))
    size = site.measure(file)
    listed = dump_json({"size": size, "files": versions})
    (site.folder / FOLDER / "versions.json").write_bytes(listed)
    return size


def _write_drawings(site: BuiltSite) -> int:
    """Write the bundle of all drawings; return its size."""
    drawings = sorted((site.folder / "assets/images").glob("*.svg"))
    file = site.folder / FOLDER / "drawings.json"
    paths = ((each.relative_to(site.folder).as_posix(), each) for each in drawings)
    file.write_bytes(
        bundle(BundledFile(path, each.read_text(encoding="utf-8")) for path, each in paths)
    )
    return site.measure(file)


def _worker_size(site: BuiltSite, pages: Mapping[str, str]) -> int:
    """Return the bytes that installing the worker loads, overestimated by about a fifth."""
    shell = bundle(site.bundled(url, html) for url, html in pages.items())
    scripts = ((site.folder / path).read_bytes() for path in site.scripts())
    return sum(len(zlib.compress(data)) for data in (shell, *scripts))


def _with_sizes(html: str, sizes: Mapping[str, tuple[int, int]]) -> str:
    """Return a page with its size placeholders filled in.

    The second size of each pair is added where no worker is installed yet.
    """
    for mark, (size, more) in sizes.items():
        filled = f'<span data-kb="{_tens(size)}" data-more-kb="{_tens(more)}">{_tens(size)}</span>'
        html = html.replace(mark, filled)
    return html


def _tens(size: int) -> int:
    """Return kilobytes, rounded up to tens."""
    return math.ceil(size / 10_000) * 10


def service_worker(source: str, shell: Shell, redirects: Iterable[Redirect]) -> str:
    """Return the text of sw.js; its version changes with any byte of the shell or of the worker.

    A table of more than `MAX_MOVED` redirects is left out.
    """
    moved = {each.old.rstrip("/"): each.new for each in redirects}
    build = {
        "version": hashlib.sha256(source.encode() + shell.pages).hexdigest()[:12],
        "scripts": shell.scripts,
        "moved": moved if len(moved) <= MAX_MOVED else {},
    }
    return f"const BUILD={json.dumps(build, separators=(',', ':'))};\n{minify_script(source)}\n"


def picture_bytes(library: Library, pictures: Mapping[str, Picture]) -> dict[str, int]:
    """Return page address → bytes of its pictures when the page is saved, one file each."""
    sizes = {page.url: _picture_bytes_on(page, pictures) for page in library.pages}
    return {url: size for url, size in sizes.items() if size}


def tell_page_size(html: str, page: Page, pictures: Mapping[str, Picture]) -> str:
    """Return a finished page with `PAGE_SIZE` replaced by its download size, such as "40 KB"."""
    before, mark, after = html.partition(PAGE_SIZE)
    if not mark:
        return html
    told = len("00\u00a0KB".encode())  # as long as the replacement
    size = len(before.encode()) + told + len(after.encode()) + _picture_bytes_on(page, pictures)
    return f"{before}{math.ceil(size / 1000)}\u00a0KB{after}"


def _picture_bytes_on(page: Page, pictures: Mapping[str, Picture]) -> int:
    if "![" not in page.file.body:
        return 0
    return sum(each.middle_bytes for each in pictures_on(page, pictures))


def page_sizes(site: Path, files: Iterable[str], pictures: Mapping[str, int]) -> str:
    """Return the JSON of page sizes, with pictures: address from the root → bytes.

    `files` are the paths of all pages within the site.
    """
    sizes = dict[str, int]()
    for path in sorted(files, key=lambda path: path.split("/")):
        with suppress(FileNotFoundError):  # MkDocs writes no empty page
            url = path.removesuffix("index.html")
            sizes[url] = os.stat(f"{site}/{path}").st_size + pictures.get(url, 0)  # noqa: PTH116 - a Path costs more than the question
    return json.dumps(sizes, ensure_ascii=False, separators=(",", ":"))
