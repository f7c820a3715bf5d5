"""The HTTP headers of each published file: how long it is kept, its type, what browsers may do.

The one table for every kind of host. A store gets these values with each file; the configurations
of web servers in deploy/ are run and compared with it, file by file (desk/audit/answers.py).
"""

from __future__ import annotations

import re
from pathlib import PurePosixPath

KEPT_FOR_GOOD = "public, max-age=31536000, immutable"
KEPT_A_DAY = "public, max-age=86400"
ASKED_AGAIN = "no-cache"

# Names that carry a digest never change their content; all else is asked for again, which costs one
# 304 answer. sw.js must never be kept: a phone could not learn of a new build. What is printed or
# sent (pages, QR codes, PDFs) keeps its address when its content changes.
_CACHE_RULES = (
    (re.compile(r"^(?:assets|search)/[0-9a-f]{10}/"), KEPT_FOR_GOOD),
    (re.compile(r"^assets/(?:cards|fonts|images)/"), KEPT_FOR_GOOD),
    (re.compile(r"^assets/icons/"), KEPT_A_DAY),
)
_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".xml": "text/xml; charset=utf-8",  # feeds too: browsers show it, others they download
    ".csv": "text/csv; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".webmanifest": "application/manifest+json",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".webp": "image/webp",
    ".avif": "image/avif",
    ".woff2": "font/woff2",
    ".pdf": "application/pdf",
}
_TYPES_OF_FILES = {"feed.json": "application/feed+json"}
_UNKNOWN = "application/octet-stream"

# With every answer. Each page has the policy for its own inline code; here is what it cannot say.
SECURITY_HEADERS = {
    "Content-Security-Policy": "frame-ancestors 'self'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Strict-Transport-Security": "max-age=31536000",
}


def cache_control(path: str) -> str:
    """Return Cache-Control of a file, by its path from the site's root."""
    return next((value for rule, value in _CACHE_RULES if rule.search(path)), ASKED_AGAIN)


def content_type(path: str) -> str:
    """Return Content-Type of a file, by its path from the site's root."""
    suffix = PurePosixPath(path).suffix
    return _TYPES_OF_FILES.get(path) or _TYPES.get(suffix, _UNKNOWN)
