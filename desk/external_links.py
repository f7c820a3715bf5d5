"""Checks whether official addresses in guides still respond; for a scheduled job only.

Only domains on the allow-list are requested, one at a time with pauses, and failures are retried. A
build never does this.
"""

from __future__ import annotations

import http.client
import socket
import ssl
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit

from portal.library.library import Library
from portal.source.problems import Problem, Severity

OFFICIAL_DOMAINS = (
    "gov.vn",
    "zalo.me",
    "play.google.com",
    "apps.apple.com",
    "support.google.com",
    "support.apple.com",
)
USER_AGENT = "Mozilla/5.0 (compatible; kiem-tra-lien-ket; trang ky nang so cong dong)"
MAX_REDIRECTS = 5
_RETRIED = (429, 500, 502, 503, 504)  # temporary errors


@dataclass(frozen=True)
class Occurrence:
    """The position of an address in the content."""

    path: str
    line: int


@dataclass(frozen=True)
class Patience:
    """Rate limits: seconds of timeout, between requests and before a retry."""

    timeout: float = 20
    pause: float = 2
    retry_after: float = 30
    tries: int = 3


@dataclass(frozen=True)
class Answer:
    """A server's response: an HTTP status, or 0 and the reason of a failure."""

    status: int
    reason: str = ""
    location: str = ""


Ask = Callable[[str], Answer]


@dataclass(frozen=True)
class Outcome:
    """The result for one address after retries; `moved_to` after a permanent redirect."""

    answer: Answer
    moved_to: str = ""


@dataclass(frozen=True)
class LinkReport:
    """The problems, and the number of addresses requested and skipped."""

    problems: list[Problem] = field(default_factory=list)
    asked: int = 0
    skipped: int = 0


def external_links(library: Library) -> Mapping[str, list[Occurrence]]:
    """Return web address → its occurrences in the contacts and in the text of pages.

    Sources of facts are left out: newspapers are cited as they were read.
    """
    found = defaultdict[str, list[Occurrence]](list)
    for site in library.contacts.sites:
        found[site.url].append(Occurrence("data/contacts.yml", 1))
    for page in library.pages:
        for link in page.contents.links:
            address = link.target.partition("#")[0]
            if urlsplit(address).scheme in ("http", "https"):
                found[address].append(Occurrence(page.path, link.line))
    return found


def is_official(address: str, domains: Iterable[str] = OFFICIAL_DOMAINS) -> bool:
    """Return whether an address is https on one of the domains or a subdomain."""
    parts = urlsplit(address)
    host = parts.hostname or ""
    return parts.scheme == "https" and any(
        host == domain or host.endswith(f".{domain}") for domain in domains
    )


def is_online(domains: Iterable[str] = OFFICIAL_DOMAINS) -> bool:
    """Return whether this machine finds any of the domains; without a network none."""
    for domain in domains:
        with suppress(OSError):
            return bool(socket.getaddrinfo(domain, 443))
    return False


def check_external_links(
    library: Library,
    ask: Ask,
    patience: Patience,
    domains: Iterable[str] = OFFICIAL_DOMAINS,
    sleep: Callable[[float], None] = time.sleep,
) -> LinkReport:
    """Request every official address once and return the problems."""
    allowed = tuple(domains)
    links = external_links(library)
    asked = [address for address in links if is_official(address, allowed)]
    problems = list[Problem]()
    for number, address in enumerate(asked):
        if number:
            sleep(patience.pause)
        outcome = follow(address, ask, patience, allowed, sleep)
        problems += _problems(address, outcome, links[address])
    return LinkReport(sorted(problems), len(asked), len(links) - len(asked))


def follow(
    address: str,
    ask: Ask,
    patience: Patience,
    domains: tuple[str, ...],
    sleep: Callable[[float], None],
) -> Outcome:
    """Return the outcome for an address, following redirects within the allow-list."""
    target, moved_to = address, ""
    for _ in range(MAX_REDIRECTS):
        answer = _ask_patiently(target, ask, patience, sleep)
        if not 300 <= answer.status < 400 or not answer.location:
            return Outcome(answer, moved_to)
        target = urljoin(target, answer.location)
        if answer.status in (301, 308):
            moved_to = target
        if not is_official(target, domains):
            return Outcome(Answer(0, f"dẫn sang trang ngoài danh sách: {target}"))
    return Outcome(Answer(0, f"chuyển hướng quá {MAX_REDIRECTS} lần"))


def _ask_patiently(
    address: str, ask: Ask, patience: Patience, sleep: Callable[[float], None]
) -> Answer:
    answer = ask(address)
    for _ in range(patience.tries - 1):
        if answer.status and answer.status not in _RETRIED:
            break
        sleep(patience.retry_after)
        answer = ask(address)
    return answer


def _problems(address: str, outcome: Outcome, places: list[Occurrence]) -> Iterator[Problem]:
    status = outcome.answer.status
    for place in places:
        if not 200 <= status < 400:
            why = outcome.answer.reason or f"máy chủ trả lời {status}"
            message = f"{address} không mở được: {why}"
            fix = "mở thử bằng trình duyệt; hỏng thật thì thay hoặc bỏ đường dẫn"
            yield Problem(place.path, place.line, message, fix)
        elif outcome.moved_to:
            message = f"{address} đã chuyển hẳn sang địa chỉ khác"
            yield Problem(place.path, place.line, message, outcome.moved_to, Severity.ADVICE)


def request_site(address: str, timeout: float, tls: ssl.SSLContext | None = None) -> Answer:
    """Return the response to a GET of an https address, without its body."""
    parts = urlsplit(address)
    path = parts._replace(scheme="", netloc="", fragment="").geturl() or "/"
    connection = http.client.HTTPSConnection(
        parts.netloc, timeout=timeout, context=tls or ssl.create_default_context()
    )
    try:
        connection.request("GET", path, headers={"User-Agent": USER_AGENT, "Accept": "text/html"})
        response = connection.getresponse()
        return Answer(response.status, location=response.getheader("Location", ""))
    except (OSError, http.client.HTTPException, ValueError) as error:
        return Answer(0, f"không trả lời ({type(error).__name__})")
    finally:
        connection.close()
