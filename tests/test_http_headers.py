"""What hosts are told of each published file."""

from __future__ import annotations

import pytest

from desk.publishing.http_headers import cache_control, content_type

FOREVER, DAY, ASK = "public, max-age=31536000, immutable", "public, max-age=86400", "no-cache"


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("assets/images/anh-800.2c34b5e96c.avif", FOREVER),
        ("assets/cards/guides-suc-khoe-c66add508614.png", FOREVER),
        ("assets/ff47276918/js/site.js", FOREVER),
        ("assets/fonts/3b6fcc47ec.woff2", FOREVER),
        ("search/368b677dba/text.json", FOREVER),
        ("search/index.json", ASK),
        ("assets/icons/icon-192.png", DAY),
        # Their addresses are printed or sent, so they stay the same when the content changes.
        ("assets/qr/guides-dinh-danh-kich-hoat-vneid.svg", ASK),
        ("to-roi/dinh-danh/kich-hoat-vneid.pdf", ASK),
        ("to-roi/sim-0912345678-cua-ai.pdf", ASK),  # a telephone number is no digest
        ("guides/dinh-danh/kich-hoat-vneid/index.html", ASK),
        ("guides/assets/fonts/index.html", ASK),
        ("kich-hoat/index.html", ASK),
        ("sw.js", ASK),
        ("version.json", ASK),
        ("offline-pages.json", ASK),
    ],
)
def test_only_what_is_named_by_its_content_is_kept_for_good(path: str, expected: str) -> None:
    assert cache_control(path) == expected


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("index.html", "text/html; charset=utf-8"),
        ("so-lieu/so-lieu.csv", "text/csv; charset=utf-8"),
        ("feed.json", "application/feed+json"),
        ("so-lieu/feed.json", "application/json"),
        ("rss.xml", "text/xml; charset=utf-8"),
        ("assets/icons/app.webmanifest", "application/manifest+json"),
        ("bien-tap/cms/LICENSE", "application/octet-stream"),
    ],
)
def test_types_are_told_for_hosts_that_know_none(path: str, expected: str) -> None:
    assert content_type(path) == expected
