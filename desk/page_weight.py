"""What a visit weighs in bytes as sent (brotli where there is a copy), from the built files."""

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
    """Bytes of one page; `scripts` and `others` are what a first visit fetches before any act.

    `picture` is the heaviest picture in its `src`, the one that a browser without AVIF takes.
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
        """Return the bytes of a first visit with one picture."""
        return self.html + self.scripts + self.others + self.picture


def page_weights(site: Path) -> Iterator[PageWeight]:
    """Yield the weight of every page of a built and compressed site, in the order of addresses."""
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
        gzip=_sent(page, ".gz"),
        html=_sent(page),
        scripts=sum(map(_sent, scripts)),
        others=sum(_sent(file) for file in set(resources) if file.suffix != ".js"),
        picture=max(map(_sent, pictures), default=0),
    )


def _resolve(page: Path, link: str, site: Path) -> Path:
    path = unquote(urldefrag(link).url)
    return site / path.lstrip("/") if path.startswith("/") else (page.parent / path).resolve()


def _with_imports(script: Path) -> Iterator[Path]:
    """Yield a module and what it imports at once; `import()` waits until a reader acts."""
    yield script
    for link in _IMPORT.findall(script.read_text(encoding="utf-8")):
        yield from _with_imports((script.parent / link).resolve())


def _sent(file: Path, suffix: str = ".br") -> int:
    copy = file.with_name(file.name + suffix)
    return (copy if copy.is_file() else file).stat().st_size
