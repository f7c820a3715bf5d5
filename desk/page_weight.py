"""Page weight in bytes as sent (brotli where a copy exists), from the built files."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urldefrag

_RESOURCES = re.compile(r'<(?:script[^>]*? src|link rel="(?:preload|icon)"[^>]*? href)="([^"]+)"')
_IMAGE = re.compile(r'<img[^>]*? src="([^"]+)"')
_IMPORT = re.compile(r'(?:^|[;}\n])import\s*(?:[\w${},\s]+from\s*)?"([^"]+)"')


@dataclass(frozen=True)
class PageWeight:
    """The bytes of one page; `scripts` and `others` are loaded on a first visit at once.

    `picture` is the largest picture in a `src`, for browsers without AVIF.
    """

    address: str
    raw: int
    gzip: int
    html: int
    scripts: int
    others: int
    picture: int

    @property
    def first_visit(self) -> int:
        """Return the bytes of a first visit, with one picture."""
        return self.html + self.scripts + self.others + self.picture


def page_weights(site: Path) -> Iterator[PageWeight]:
    """Yield the weight of every page of a built and compressed site, sorted by address."""
    for page in sorted(site.rglob("index.html")):
        yield weigh_page(page, site)


def weigh_page(page: Path, site: Path) -> PageWeight:
    """Return the weight of one page."""
    text = page.read_text(encoding="utf-8")
    resources = [_resolve(page, link, site) for link in _RESOURCES.findall(text)]
    scripts = {file for link in resources if link.suffix == ".js" for file in _with_imports(link)}
    pictures = [_resolve(page, link, site) for link in _IMAGE.findall(text)]
    return PageWeight(
        address=page.parent.relative_to(site).as_posix(),
        raw=page.stat().st_size,
        gzip=bytes_sent(page, ".gz"),
        html=bytes_sent(page),
        scripts=sum(map(bytes_sent, scripts)),
        others=sum(bytes_sent(file) for file in set(resources) if file.suffix != ".js"),
        picture=max(map(bytes_sent, pictures), default=0),
    )


def _resolve(page: Path, link: str, site: Path) -> Path:
    path = unquote(urldefrag(link).url)
    return site / path.lstrip("/") if path.startswith("/") else (page.parent / path).resolve()


def _with_imports(script: Path) -> Iterator[Path]:
    """Yield a module and its static imports; `import()` runs on interaction only."""
    yield script
    for link in _IMPORT.findall(script.read_text(encoding="utf-8")):
        yield from _with_imports((script.parent / link).resolve())


def bytes_sent(file: Path, suffix: str = ".br") -> int:
    """Return what a server sends of a file: its compressed copy, if it has one."""
    copy = file.with_name(file.name + suffix)
    return (copy if copy.is_file() else file).stat().st_size
