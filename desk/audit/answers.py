"""How the server answers: compressed copies, how long a browser may keep what, and security."""

from __future__ import annotations

import http.client
import ssl
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from desk.audit.visits import Finding

_SECURITY = {
    "content-security-policy": "frame-ancestors 'self'",
    "x-content-type-options": "nosniff",
    "referrer-policy": "strict-origin-when-cross-origin",
}
_VARIES = {"vary": "Accept-Encoding"}
_KEPT_FOR_GOOD = "public, max-age=31536000, immutable"


def answer_findings(root: str, site: Path) -> Iterator[Finding]:
    """Yield where the server at `root` does not answer as deploy/nginx/portal.conf promises."""
    script = next(site.glob("assets/*/js/site.js")).relative_to(site).as_posix()
    face = next(site.glob("assets/fonts/*.woff2")).relative_to(site).as_posix()
    expected: dict[str, tuple[int, dict[str, str]]] = {
        "": (200, {"content-encoding": "br", "cache-control": "no-cache", **_VARIES, **_SECURITY}),
        "sw.js": (200, {"content-encoding": "br", "cache-control": "no-cache"}),
        script: (200, {"content-encoding": "br", "cache-control": _KEPT_FOR_GOOD, **_SECURITY}),
        face: (200, {"cache-control": _KEPT_FOR_GOOD, "content-type": "font/woff2"}),
        "assets/icons/app.webmanifest": (200, {"content-type": "application/manifest+json"}),
        "guides": (301, {"location": "/guides/"}),
        "nowhere/": (404, {"content-type": "text/html", **_SECURITY}),
        "index.html.br": (404, {}),
    }
    for path, (status, headers) in expected.items():
        answer = ask_server(root, path)
        if answer.status != status:
            yield Finding(root + path, f"status {answer.status}, not {status}")
        for name, value in headers.items():
            found = answer.getheader(name, "").partition("; charset")[0]
            if found != value:
                yield Finding(root + path, f"{name}: {found or 'missing'}, not {value}")


def ask_server(root: str, path: str, accepted: str = "br, gzip") -> http.client.HTTPResponse:
    """Return the answer to a GET, read to its end; the server has a certificate of its own."""
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    parts = urlsplit(root)
    connection = http.client.HTTPSConnection(parts.hostname or "", parts.port, context=context)
    connection.request("GET", f"/{path}", headers={"Accept-Encoding": accepted})
    answer = connection.getresponse()
    answer.read()
    return answer
