"""The headers that an object store keeps with a file and sends to readers."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from desk.publishing.http_headers import cache_control, content_type


@dataclass(frozen=True)
class ObjectHeaders:
    """Type, Cache-Control and Content-Encoding ("" for none) of an object."""

    type: str
    caching: str
    encoding: str = ""

    def token(self, sha256: str) -> str:
        """Return a name for these headers with a content, by its SHA-256."""
        parts = (sha256, self.type, self.caching, self.encoding)
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:24]


def headers_of(path: str, encoding: str = "") -> ObjectHeaders:
    """Return the headers of a file of the site, by its path."""
    return ObjectHeaders(content_type(path), cache_control(path), encoding)
