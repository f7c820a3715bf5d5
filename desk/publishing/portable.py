"""A release as files to carry: pages that link to files, what they need, and a note of their age.

A page opened from a stick, or out of a ZIM, has no server that answers a folder with its
index.html, and nobody who renews it. What is carried is what can be reached from the home page.
"""

from __future__ import annotations

import datetime
import html
import json
import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urlsplit

from desk.publishing.release import Release
from portal.language.dates import add_months
from portal.language.text import format_day

MONTHS_FRESH = 3
_HOME = "index.html"
_VOID = frozenset(("link", "meta"))
_ROBOTS = "robots"  # what a draft tells search engines; the index of a ZIM would obey
_POLICY = "Content-Security-Policy"  # names hashes of code that is not carried
# What pages say for want of a script or of a service worker, and what is so in a copy.
SAID_ANEW = {
    "Trình duyệt này không chạy JavaScript nên": "Bản chép này",
    "Trình duyệt này không lưu được bài. Bà con mở trang này bằng Chrome hoặc Safari.": (
        "Bản chép này có sẵn mọi bài, không cần lưu."
    ),
}
_STYLE_ADDRESS = re.compile(r"url\(([^)]+)\)")
_PAST = "new Date()>=new Date({year},{month},{day})"  # the phone's own day


@dataclass(frozen=True)
class PortablePage:
    """A page to carry: its HTML, its title, and the paths of the files that it names."""

    html: str
    title: str
    named: frozenset[str]


@dataclass(frozen=True)
class PortableSite:
    """A release to carry.

    `pages` and `files` (the paths of all others) are by path; `redirects` are old path → path.
    """

    release: Release
    url: str
    pages: Mapping[str, PortablePage] = field(default_factory=dict)
    files: frozenset[str] = frozenset()
    redirects: Mapping[str, str] = field(default_factory=dict)


def portable_site(release: Release, *, with_scripts: bool) -> PortableSite:
    """Return what can be reached from a release's home page, with its links made for files.

    Without scripts nothing is left of what needs them: a browser runs no module from a file.
    """
    url = release.address
    redirects = dict(_redirects_in(release))
    known = frozenset(file.path for file in release.files).difference(redirects)
    note = age_note(release.date, url)
    pages, files, waiting = dict[str, PortablePage](), set[str](), [_HOME]
    while waiting:
        path = waiting.pop()
        if path in pages or path in files:
            continue
        if path.endswith(".html"):
            text = (release.folder / path).read_text(encoding="utf-8")
            carrier = _Carrier(path, url, known, redirects, note, with_scripts)
            pages[path] = carrier.carry(text)
            waiting += sorted(pages[path].named)
        else:
            files.add(path)
    return PortableSite(release, url, pages, frozenset(files), redirects)


def age_note(day: datetime.date, url: str) -> str:
    """Return the HTML that says of which day a copy is, and after three months that it is old.

    What it says without a script is true on any day.
    """
    end = add_months(day, MONTHS_FRESH)
    ask = "hãy xin bản mới ở tổ, hoặc xem trên mạng: "
    made = f"Bản chép ngày {format_day(day)}"
    fresh = f"{made}; sau ngày {format_day(end)} {ask}"
    old = f"{made} đã quá ba tháng, số gọi và cách làm có thể đã đổi: {ask}"
    past = _PAST.format(year=end.year, month=end.month - 1, day=end.day + 1)
    link = f'<a href="{html.escape(url)}">{html.escape(url.partition("//")[2].rstrip("/"))}</a>'
    return (
        f'<p class="kept-note" id="ban-chep">{fresh}{link}</p>'
        f"<script>if({past})document.getElementById('ban-chep').firstChild.nodeValue="
        f"{json.dumps(old, ensure_ascii=False)}</script>"
    )


def _redirects_in(release: Release) -> Iterator[tuple[str, str]]:
    """Yield path → path of each page that only leads to another."""
    for file in release.files:
        if file.path.endswith(_HOME):
            text = (release.folder / file.path).read_text(encoding="utf-8")
            if found := re.search(r'<meta http-equiv="refresh" content="0; url=([^"]+)">', text):
                yield file.path, _file_at(file.path, html.unescape(found[1]))


def _file_at(page: str, link: str) -> str:
    """Return the path of the file that a server answers a link of a page with."""
    path = urlsplit(link).path
    joined = posixpath.normpath(posixpath.join(posixpath.dirname(page), path))
    is_folder = not path or path.endswith(("/", "."))
    return posixpath.normpath(posixpath.join(joined, _HOME)) if is_folder else joined


class _Carrier(HTMLParser):
    """Rewrites one page."""

    def __init__(
        self,
        path: str,
        url: str,
        known: frozenset[str],
        redirects: Mapping[str, str],
        note: str,
        with_scripts: bool,
    ) -> None:
        super().__init__(convert_charrefs=False)
        self._path, self._url, self._known, self._redirects = path, url, known, redirects
        self._note, self._with_scripts = note, with_scripts
        self._out, self._named = list[str](), set[str]()
        self._dropped = ""  # the element that is being left out
        self._in_noscript = self._in_style = self._in_title = False
        self._title = ""

    def carry(self, text: str) -> PortablePage:
        """Return the rewritten page."""
        self.feed(text)
        self.close()
        return PortablePage("".join(self._out), self._title.strip(), frozenset(self._named))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Write a tag with its links made for files, or begin to leave its element out."""
        if self._dropped:
            return
        values = dict(attrs)
        if self._is_dropped(tag, values):
            self._dropped = "" if tag in _VOID else tag
            return
        if tag == "noscript" and not self._with_scripts:
            self._in_noscript = True
            return
        self._in_style, self._in_title = tag == "style", tag == "title"
        carried = {name: self._attribute(tag, name, value) for name, value in attrs}
        carried.pop("data-offline", None)  # no service worker: everything is here
        if not self._with_scripts:
            carried.pop("data-base", None)
        if carried == values:
            self._out.append(self.get_starttag_text() or "")
        else:
            self._out.append(f"<{tag}{''.join(map(_written, carried.items()))}>")
        if values.get("id") == "noi-dung":
            self._out.append(self._note)

    handle_startendtag = handle_starttag

    def handle_endtag(self, tag: str) -> None:
        """Write an end tag, or end what is left out."""
        if self._dropped:
            self._dropped = "" if tag == self._dropped else self._dropped
            return
        self._in_style = self._in_title = False
        if tag == "noscript" and self._in_noscript:
            self._in_noscript = False
            return
        self._out.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        """Write text; a style names files, too."""
        if self._dropped:
            return
        for said, anew in SAID_ANEW.items():
            data = data.replace(said, anew)
        if self._in_style:
            for link in _STYLE_ADDRESS.findall(data):
                self._link(link.strip("\"'"))
        if self._in_title:
            self._title += data
        self._out.append(data)

    def handle_entityref(self, name: str) -> None:
        """Write a character reference as it was."""
        self._reference(f"&{name};")

    def handle_charref(self, name: str) -> None:
        """Write a character reference as it was."""
        self._reference(f"&#{name};")

    def _reference(self, text: str) -> None:
        if not self._dropped:
            self._out.append(text)
            self._title += html.unescape(text) if self._in_title else ""

    def handle_decl(self, decl: str) -> None:
        """Write the document type."""
        self._out.append(f"<!{decl}>")

    def _is_dropped(self, tag: str, values: Mapping[str, str | None]) -> bool:
        if values.get("http-equiv") == _POLICY or values.get("name") == _ROBOTS:
            return True
        if tag == "link" and values.get("rel") in ("manifest", "preload", "alternate"):
            return True  # a browser asks for these only over the network
        is_search = tag == "form" and values.get("role") == "search"
        return not self._with_scripts and (tag == "script" or is_search)

    def _attribute(self, tag: str, name: str, value: str | None) -> str | None:
        if not value or (name == "href" and tag == "use"):
            return value
        if name in ("href", "src", "action"):
            return self._link(value)
        if name == "srcset":
            parts = (each.split() for each in value.split(","))
            return ", ".join(" ".join((self._link(link), *rest)) for link, *rest in parts)
        return value

    def _link(self, link: str) -> str:
        """Return a link that leads to a file, or to the site for what is not carried."""
        parts = urlsplit(link)
        if parts.scheme or parts.netloc or not (parts.path or parts.query):
            return link
        path = _file_at(self._path, link)
        path = self._redirects.get(path, path)
        if path not in self._known:
            return self._url + path.removesuffix(_HOME)
        self._named.add(path)
        relative = posixpath.relpath(path, posixpath.dirname(self._path) or ".")
        return parts._replace(path=relative).geturl()


def _written(attribute: tuple[str, str | None]) -> str:
    name, value = attribute
    return f" {name}" if value is None else f' {name}="{html.escape(value)}"'
