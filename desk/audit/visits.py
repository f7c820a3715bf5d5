"""Visits every page in a browser: axe's accessibility checks, and all links without scripts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import urldefrag, urljoin, urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext

AXE_OPTIONS = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "rules": {"color-contrast-enhanced": {"enabled": True}},
}


@dataclass(frozen=True)
class View:
    """A viewport and colour scheme; at 200 % a screen of 1280 px is 640 px wide."""

    name: str
    width: int
    scheme: str


VIEWS = (View("light", 360, "light"), View("dark", 360, "dark"), View("200 %", 640, "light"))


@dataclass(frozen=True)
class AuditFinding:
    """A defect found on a page."""

    address: str
    what: str


def axe_findings(browser: Browser, addresses: Iterable[str], view: View) -> Iterator[AuditFinding]:
    """Yield axe's violations on these pages in one view."""
    context = browser.new_context(
        viewport={"width": view.width, "height": 800},
        color_scheme="dark" if view.scheme == "dark" else "light",
        bypass_csp=True,
        ignore_https_errors=True,
    )
    page, axe = context.new_page(), Axe()
    for address in addresses:
        page.goto(address)
        for violation in axe.run(page, options=AXE_OPTIONS).response["violations"]:
            place = violation["nodes"][0]["html"][:100]
            yield AuditFinding(address, f"axe ({view.name}): {violation['id']} {place}")
    context.close()


def tour_without_scripts(browser: Browser, start: str) -> tuple[set[str], list[AuditFinding]]:
    """Follow every link from `start` without JavaScript; return the pages visited and the findings.

    A finding is a status other than 200, a console message, or a request to another origin.
    """
    context = browser.new_context(java_script_enabled=False, ignore_https_errors=True)
    findings = list[AuditFinding]()
    seen, waiting = {start}, [start]
    while waiting:
        address = waiting.pop()
        links = _visit(context, address, start, findings)
        fresh = {link for link in links if link.startswith(start)} - seen
        seen |= fresh
        waiting += sorted(fresh)
    context.close()
    return seen, findings


def _visit(
    context: BrowserContext, address: str, start: str, findings: list[AuditFinding]
) -> set[str]:
    page = context.new_page()
    page.on("console", lambda message: findings.append(AuditFinding(address, message.text)))
    page.on("request", lambda request: _check_origin(request.url, address, start, findings))
    response = page.goto(address)
    if response is None or response.status != 200:
        findings.append(AuditFinding(address, f"answer {response and response.status}"))
    hrefs = page.locator("main a[href], nav a[href], footer a[href]").evaluate_all(
        "links => links.map((link) => link.getAttribute('href'))"
    )
    page.close()
    return {urldefrag(urljoin(address, href)).url for href in hrefs if _is_page(href)}


def _is_page(href: str) -> bool:
    parts = urlsplit(href)
    return not parts.scheme and parts.path[-1:] in ("/", ".", "")


def _check_origin(url: str, address: str, start: str, findings: list[AuditFinding]) -> None:
    if not url.startswith((start, "data:")):
        findings.append(AuditFinding(address, f"request to {url}"))
