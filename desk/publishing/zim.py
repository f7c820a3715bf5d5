"""Packing a release into a ZIM file, which Kiwix hotspots and apps serve without a network.

Our own scripts run in it, search included; readers of ZIM files without scripts find pages by title
and by the words that libzim indexes. libzim is GPL-3.0-or-later: an optional package (extra `zim`).
"""

from __future__ import annotations

import html
import io
import os
import re
import shlex
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import libzim.reader
import libzim.writer
from PIL import Image

from desk.publishing.folder import sole_copier
from desk.publishing.http_headers import content_type
from desk.publishing.portable import PortableSite, portable_site
from desk.publishing.release import Release
from desk.publishing.target import Publication, PublishError
from portal.system.files import explain_write_error

ENDING = ".zim"
_HOME = "index.html"
_LANGUAGE = "vie"
_NAME = "ky-nang-so-ninh-binh_vi"
_ICON, _ICON_SIZE = "assets/icons/app-192.png", 48
_MAX_TITLE, _MAX_DESCRIPTION = 30, 80  # characters; the ZIM specification's
_FOR_SCRIPTS = re.compile(r"(?:assets/[0-9a-f]{10}|search)/.+(?<!\.br)(?<!\.gz)")


@dataclass(frozen=True)
class ZimTarget:
    """A ZIM file."""

    file: Path

    @classmethod
    def at(cls, address: str) -> ZimTarget:
        """Return the target of a path that ends in .zim, or of zim://path.

        Raises:
            PublishError: the name does not end so.
        """
        file = Path(address.removeprefix("zim://")).expanduser().absolute()
        if file.suffix != ENDING:
            message = f"tệp ZIM phải có đuôi {ENDING}, đang là '{address}'"
            raise PublishError(message, f"viết như TO={shlex.quote(str(file.with_suffix(ENDING)))}")
        return cls(file)

    def publish(self, release: Release) -> Publication:
        """Write the file beside the old one, then put it in its place."""
        if not self.file.parent.is_dir():
            fix = f"mkdir -p {shlex.quote(str(self.file.parent))}"
            raise PublishError(f"không thấy thư mục {self.file.parent}", fix)
        with sole_copier(self.file.parent):
            return self._replace(release)

    def _replace(self, release: Release) -> Publication:
        if os.path.lexists(self.file) and _said_in(self.file, "Name") != _NAME:
            message = f"{self.file} không phải tệp ZIM của trang này, hoặc đã hỏng"
            fix = "không cần nó nữa thì xóa rồi chạy lại; còn cần thì viết tên tệp khác trong TO"
            raise PublishError(message, fix)
        if _said_in(self.file, "Release") == release.name:
            return Publication(release.name)
        site = portable_site(release, with_scripts=True)
        fresh = self.file.with_name(f".{self.file.name}")
        try:
            fresh.unlink(missing_ok=True)
            count = _write(site, fresh)
            fresh.chmod(0o644)
            fresh.replace(self.file)
        except (OSError, RuntimeError) as error:  # libzim's own are RuntimeError
            with suppress(OSError):  # a disk that is read-only: the first error says so
                fresh.unlink(missing_ok=True)
            raise _explain(error, self.file) from error
        return Publication(release.name, count, self.file.stat().st_size)

    def roll_back(self) -> Publication:
        """Refuse: the file holds one release."""
        message = f"{self.file} chỉ giữ một bản, không trở lại được"
        place = shlex.quote(str(self.file))
        fix = f".venv/bin/python scripts/publish.py --to {place} --release dist/TEN-BAN-CU"
        raise PublishError(message, fix)


class _Entry(libzim.writer.Item):  # type: ignore[misc]  # libzim has no types
    """A file of the site as libzim asks for it."""

    def __init__(self, path: str, data: bytes, title: str = "") -> None:
        super().__init__()
        self._path, self._data, self._title = path, data, title

    def get_path(self) -> str:
        return self._path

    def get_title(self) -> str:
        return self._title

    def get_mimetype(self) -> str:
        return content_type(self._path).partition(";")[0]

    def get_contentprovider(self) -> libzim.writer.ContentProvider:
        return libzim.writer.StringProvider(self._data)

    def get_hints(self) -> dict[libzim.writer.Hint, int]:
        return {libzim.writer.Hint.FRONT_ARTICLE: bool(self._title)}


def _write(site: PortableSite, file: Path) -> int:
    """Write a ZIM file; return how many files of the site it holds."""
    home = site.pages[_HOME]
    writer = libzim.writer.Creator(file).config_indexing(True, _LANGUAGE).set_mainpath(_HOME)
    count = 0
    with _quiet(), writer:
        for entry in _entries(site, home.title):
            writer.add_item(entry)
            count += 1
        for path, target in sorted(_redirections(site).items()):
            writer.add_redirection(path, "", target, {})
        for name, value in _metadata(site).items():
            writer.add_metadata(name, value)
        writer.add_illustration(_ICON_SIZE, _illustration(site.release))
    return count


@contextmanager
def _quiet() -> Iterator[None]:
    """Leave out what libzim says of its progress, in English and past Python's own streams."""
    streams = (1, 2)
    kept = [os.dup(each) for each in streams]
    try:
        with Path(os.devnull).open("wb") as nowhere:
            for each in streams:
                os.dup2(nowhere.fileno(), each)
            yield
    finally:
        for each, saved in zip(streams, kept, strict=True):
            os.dup2(saved, each)
            os.close(saved)


def _entries(site: PortableSite, site_name: str) -> Iterator[_Entry]:
    """Yield pages with their titles, the files that they need, and those that scripts fetch."""
    for path, page in sorted(site.pages.items()):
        title = page.title.removesuffix(f" – {site_name}")
        yield _Entry(path, page.html.encode(), title)
    for path in sorted(site.files | _for_scripts(site.release)):
        yield _Entry(path, (site.release.folder / path).read_bytes())


def _for_scripts(release: Release) -> set[str]:
    return {file.path for file in release.files if _FOR_SCRIPTS.fullmatch(file.path)}


def _redirections(site: PortableSite) -> dict[str, str]:
    """Return path → page: short links, and addresses without index.html, as search has them.

    Both with the last slash and without, which people leave out when they type.
    """
    ends = {**site.redirects, **{path: path for path in site.pages}}
    carried = {path: target for path, target in ends.items() if target in site.pages}
    folders = {path.removesuffix(_HOME): target for path, target in carried.items()}
    files = {path: target for path, target in carried.items() if path != target}
    typed = {path.rstrip("/"): target for path, target in folders.items()}
    return {path: target for path, target in {**typed, **folders, **files}.items() if path}


def _metadata(site: PortableSite) -> dict[str, str]:
    """Return what the ZIM specification asks for."""
    home = site.pages[_HOME]
    name = home.title
    description = re.search(r'<meta name="description" content="([^"]*)">', home.html)
    told = html.unescape(description[1]) if description else name
    return {
        "Name": _NAME,
        "Title": _shortened(name, _MAX_TITLE),
        "Description": _shortened(told, _MAX_DESCRIPTION),
        "Language": _LANGUAGE,
        "Creator": name,
        "Publisher": name,
        "Date": site.release.date.isoformat(),
        "Source": site.url,
        "Release": site.release.name,
    }


def _shortened(text: str, length: int) -> str:
    """Return a text of at most so many characters, cut between words."""
    if len(text) <= length:
        return text
    return f"{text[: length - 1].rpartition(' ')[0]}…"


def _illustration(release: Release) -> bytes:
    stream = io.BytesIO()
    with Image.open(release.folder / _ICON) as icon:
        icon.resize((_ICON_SIZE, _ICON_SIZE)).save(stream, "PNG")
    return stream.getvalue()


def _said_in(file: Path, name: str) -> str:
    """Return a ZIM file's metadata of a name, "" for none or a broken file."""
    with suppress(RuntimeError, KeyError, UnicodeDecodeError):
        return str(libzim.reader.Archive(file).get_metadata(name).decode())
    return ""


def _explain(error: OSError | RuntimeError, file: Path) -> PublishError:
    if isinstance(error, OSError):
        return PublishError(*explain_write_error(error, file, file.parent))
    fix = f"xem chỗ trống: df -h {shlex.quote(str(file.parent))}, xóa bớt tệp rồi chạy lại"
    return PublishError(f"không ghi được {file}, thường vì đĩa đã đầy ({error})", fix)
