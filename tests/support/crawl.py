"""Every address that the files of a built site name, and what of it leads nowhere."""

from __future__ import annotations

import ctypes
import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pypdfium2
import pypdfium2.raw as pdfium

Reader = Callable[[bytes, str], Iterable[str]]  # content, address of the root → addresses
_IN_CSS = re.compile(r"""url\(["']?([^"')]+)""")
_IN_SCRIPT = re.compile(r"""(?:from|import)\s*\(?\s*["'`](\.[^"'`$]+)""")
_BESIDE_SCRIPT = re.compile(r"""URL\(["'`]([^"'`$]+)["'`],\s*import\.meta\.url""")
_UNDER_ROOT = re.compile(r"""URL\(["'`]([^"'`$]+)["'`],\s*(?:ROOT|root)\b""")
_ROOT_ABSOLUTE = re.compile(r"""(?:fetch|import|URL|Request|assign)\(["'`](/[^"'`]*)""")
_LINKS = ("href", "src", "action", "poster", "data", "data-place-finder")


class _Links(HTMLParser):
    """Collects the addresses in a page's attributes and styles."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(html)
        self.found += _IN_CSS.findall(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        self.found += [values[name] for name in _LINKS if values.get(name)]
        listed = values.get("srcset", "").split(",")
        self.found += [each.split()[0] for each in listed if each.strip()]
        if "data-base" in values:
            self.found += [f"{values['data-base']}/{path}" for path in ("", "search/index.json")]
        if values.get("http-equiv") == "refresh":
            self.found.append(values["content"].partition("url=")[2])


def _page(data: bytes, _: str) -> Iterable[str]:
    return _Links(data.decode()).found


def _style(data: bytes, _: str) -> Iterable[str]:
    return _IN_CSS.findall(data.decode())


def _script(data: bytes, root: str) -> Iterator[str]:
    text = data.decode()
    for pattern in (_IN_SCRIPT, _BESIDE_SCRIPT, _ROOT_ABSOLUTE):
        yield from pattern.findall(text)
    yield from (root + path for path in _UNDER_ROOT.findall(text) if path != "bien-tap/")
    build, _, end = text.removeprefix("const BUILD=").partition(";\n")
    if end:
        named = json.loads(build)
        yield from (root + path for path in named["scripts"])
        for old, new in named["moved"].items():
            yield from (f"{root}{old}/", root + new)


def _manifest(data: bytes, _: str) -> Iterator[str]:
    manifest = json.loads(data)
    yield from (manifest["start_url"], manifest["scope"])
    yield from (icon["src"] for icon in manifest["icons"])


def _addresses(data: bytes, root: str) -> Iterator[str]:
    for address, target in json.loads(data).items():
        yield from (root + address, root + str(target if isinstance(target, str) else ""))


def _bundle(data: bytes, root: str) -> Iterator[str]:
    """Yield the addresses of the bundled files, and those that they name."""
    held = json.loads(data)
    for path, row in held["files"].items():
        yield root + path
        if isinstance(row, list):
            pieces = (held["shared"][each] if isinstance(each, int) else each for each in row[1:])
            read = _style if path.endswith(".svg") else _page
            yield from (urljoin(root + path, each) for each in read("".join(pieces).encode(), root))


def _leads(data: bytes, root: str) -> Iterator[str]:
    leads = json.loads(data)
    yield leads["text"]
    folder = ""
    for url in leads["urls"].split("\n"):  # the folder is named where it changes
        start = url.rstrip("/").rfind("/") + 1
        folder = url[:start] or folder
        yield root + (folder + url[start:]).removeprefix("/")


def _paper(data: bytes, _: str) -> Iterator[str]:
    """Yield the links of a PDF."""
    document = pypdfium2.PdfDocument(data)
    for page in document:
        place, link = ctypes.c_int(0), pdfium.FPDF_LINK()
        while pdfium.FPDFLink_Enumerate(page, ctypes.byref(place), ctypes.byref(link)):
            action = pdfium.FPDFLink_GetAction(link)
            length = pdfium.FPDFAction_GetURIPath(document, action, None, 0)
            address = ctypes.create_string_buffer(length)
            pdfium.FPDFAction_GetURIPath(document, action, address, length)
            if address.value:
                yield address.value.decode()


def _nothing(_: bytes, __: str) -> Iterable[str]:
    return ()


# The first that fits; what fits none is a kind of file that nobody has thought of here.
_READERS: tuple[tuple[str, Reader], ...] = (
    (r"sw\.js|assets/\w+/(js|search)/.+\.js", _script),
    (r".+\.html", _page),
    (r".+\.css", _style),
    (r".+\.svg", _style),
    (r".+\.webmanifest", _manifest),
    (r"addresses\.json|offline-pages\.json", _addresses),
    (r"assets/offline/.+\.json", _bundle),
    (r"search/index\.json", _leads),
    (r".+\.pdf", _paper),
    (r"search/\w+/text\.json|assets/\w+/js/places\.json", _nothing),
    (
        r"feed\.json|so-lieu/.+\.json|version\.json|(.+/)?to-in\.json",
        _nothing,
    ),  # `_whole` reads them
    (r".+\.(xml|txt|csv|png|jpg|webp|avif|woff2)", _nothing),
)
_BINARY = (".png", ".jpg", ".webp", ".avif", ".woff2", ".pdf")


def _whole(data: bytes, root: str) -> Iterator[str]:
    """Yield what begins as the site's own address does, with or without the scheme."""
    own = re.escape(root.partition("//")[2].partition("/")[0])
    for scheme, rest in re.findall(rf"(https?://)?{own}([^\s\"'<>\\),;]*)", data.decode()):
        end = "" if scheme or rest.endswith("/") else "/"  # as read aloud
        yield f"{urlsplit(root).scheme}://{urlsplit(root).netloc}{rest}{end}"


def addresses_of(site: Path, path: str, root: str) -> set[str]:
    """Return what a file of a site at `root` names, as whole addresses without fragments."""
    data = (site / path).read_bytes()
    readers = [reader for pattern, reader in _READERS if re.fullmatch(pattern, path)]
    assert readers, f"{path}: say in support/crawl.py which addresses such a file names"
    page = root + path
    found = {urljoin(page, each) for each in readers[0](data, root)}
    if not path.endswith(_BINARY):
        found |= set(_whole(data, root))
    return {each.partition("#")[0] for each in found}


@dataclass(frozen=True)
class Crawl:
    """What the files of a site name of its own host.

    `dead` are "file: address" of what no file answers; `unnamed` the files that nothing names.
    """

    dead: list[str]
    unnamed: set[str]


def crawl(site: Path, root: str, *, answers_folders: bool = True) -> Crawl:
    """Look up every address that the files of a site at `root` name.

    As pages hosts do, a folder is answered with its index.html; from a stick it is not.
    """
    files = {file.relative_to(site).as_posix() for file in site.rglob("*") if file.is_file()}
    dead, named = list[str](), set[str]()
    for path in sorted(files):
        for address in sorted(addresses_of(site, path, root)):
            if urlsplit(address).netloc == urlsplit(root).netloc:
                file = _file_at(address.partition("?")[0], root, answers_folders)
                named.add(file)
                if file not in files:
                    dead.append(f"{path}: {address}")
    return Crawl(dead, files - named)


def _file_at(address: str, root: str, answers_folders: bool) -> str:
    """Return the path of the file that a host answers with, "" without one."""
    path = unquote(address.removeprefix(root))
    if not address.startswith(root):
        return ""
    return f"{path}index.html" if answers_folders and (not path or path[-1] == "/") else path
