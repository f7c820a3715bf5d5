"""What the nginx configuration says of names that the build gives."""

from __future__ import annotations

import re

import pytest
from conftest import REPOSITORY

FOREVER, DAY, ASK = "public, max-age=31536000, immutable", "public, max-age=86400", "no-cache"


def cache_control(address: str) -> str:
    """Return the header of the first rule that fits, as nginx takes it from a `map`."""
    text = (REPOSITORY / "deploy/nginx/portal.conf").read_text(encoding="utf-8")
    block = text.partition("map $uri $portal_cache {")[2].partition("\n}")[0]
    rules = re.findall(r'^ +"~(\S+)" +"([^"]+)";', block, re.MULTILINE)
    assert len(rules) == 4
    return next((value for rule, value in rules if re.search(rule, address)), ASK)


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("/assets/images/anh-800.2c34b5e96c.avif", FOREVER),
        ("/assets/cards/guides-suc-khoe-c66add508614.png", FOREVER),
        ("/assets/ff47276918/js/site.js", FOREVER),
        ("/assets/fonts/3b6fcc47ec.woff2", FOREVER),
        ("/assets/icons/icon-192.png", DAY),
        # Their addresses are printed or sent, so they stay the same when the content changes.
        ("/assets/qr/guides-dinh-danh-kich-hoat-vneid.svg", ASK),
        ("/to-roi/dinh-danh/kich-hoat-vneid.pdf", ASK),
        ("/guides/dinh-danh/kich-hoat-vneid/", ASK),
        ("/kich-hoat/", ASK),
        ("/sw.js", ASK),
        ("/offline-pages.json", ASK),
    ],
)
def test_only_what_is_named_by_its_content_is_kept_for_good(address: str, expected: str) -> None:
    assert cache_control(address) == expected
