"""Audits the answers of a web server: every file of the site, and what is no file."""

from __future__ import annotations

import http.client
import ssl
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlsplit

from desk.audit.visits import AuditFinding
from desk.publishing.http_headers import SECURITY_HEADERS, cache_control, content_type

_PAGE = "index.html"
_COPIES = {"br": ".br", "gzip": ".gz"}
_MOVED = (301, 308)  # nginx and Caddy differ


@dataclass(frozen=True)
class ServerAnswer:
    """A response, read whole; header names are in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class Visitor:
    """A connection to a server; its certificate may be self-signed."""

    def __init__(self, root: str) -> None:
        parts = urlsplit(root)
        host = parts.hostname or ""
        context = ssl.create_default_context()
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        self._connection = (
            http.client.HTTPSConnection(host, parts.port, context=context)
            if parts.scheme == "https"
            else http.client.HTTPConnection(host, parts.port)
        )

    def get(
        self, path: str, accepted: str = "br, gzip", headers: Mapping[str, str] | None = None
    ) -> ServerAnswer:
        """Return the answer to a GET of this path below the root."""
        sent = {"Accept-Encoding": accepted} | dict(headers or {})
        self._connection.request("GET", f"/{quote(path, safe='/?=&%+')}", headers=sent)
        answer = self._connection.getresponse()
        named = {name.lower(): value for name, value in answer.getheaders()}
        return ServerAnswer(answer.status, named, answer.read())

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()


def answer_findings(root: str, site: Path, accepted: str = "br, gzip") -> Iterator[AuditFinding]:
    """Yield each answer of the server at `root` that deviates from http_headers or the files.

    `accepted` are the encodings that the browser understands.
    """
    visitor = Visitor(root)
    for file in sorted(site.rglob("*")):
        if file.is_file() and file.suffix not in _COPIES.values():
            path = file.relative_to(site).as_posix()
            address = path.removesuffix(_PAGE) if file.name == _PAGE else path
            answer = visitor.get(address, accepted)
            for what in _faults(answer, path, file, accepted):
                yield AuditFinding(root + address, what)
    yield from _others(visitor, root, site)
    visitor.close()


def _faults(answer: ServerAnswer, path: str, file: Path, accepted: str) -> Iterator[str]:
    copies = {
        coding: copy
        for coding, suffix in _COPIES.items()
        if (copy := file.with_name(file.name + suffix)).is_file()
    }
    coding = next((each for each in copies if each in accepted), "")
    if answer.status != 200:
        yield f"status {answer.status}, not 200"
    elif answer.body != copies.get(coding, file).read_bytes():
        yield "not the content of the file"
    expected = SECURITY_HEADERS | {
        "Cache-Control": cache_control(path),
        "Content-Type": content_type(path),
        "Content-Encoding": coding,
    }
    if copies:
        expected["Vary"] = "Accept-Encoding"
    for name, value in expected.items():
        found = answer.headers.get(name.lower(), "")
        if found != value:
            yield f"{name}: {found or 'missing'}, not {value or 'set'}"


def _others(visitor: Visitor, root: str, site: Path) -> Iterator[AuditFinding]:
    """Yield what is wrong for a folder without its slash, nothing, a copy, and a folder."""
    folder = next(page.parent for page in sorted(site.glob(f"*/{_PAGE}"))).name
    answer = visitor.get(folder)
    if answer.status not in _MOVED or answer.headers.get("location") != f"/{folder}/":
        yield AuditFinding(root + folder, f"status {answer.status}, not on to /{folder}/")
    for path in ("nowhere/", f"{_PAGE}.br", "assets/", "assets/0123456789/js/x.js"):
        answer = visitor.get(path, "identity")
        if answer.status != 404 or answer.body != (site / "404.html").read_bytes():
            yield AuditFinding(root + path, f"status {answer.status}, not 404 with its page")
        if "max-age" in answer.headers.get("cache-control", ""):
            yield AuditFinding(root + path, "an address without a page is kept")
        for name, value in (SECURITY_HEADERS | {"Content-Type": content_type(_PAGE)}).items():
            if answer.headers.get(name.lower()) != value:
                yield AuditFinding(root + path, f"{name} is not {value}")
