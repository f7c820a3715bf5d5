"""What pages hosts are told of headers and redirects."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from support.project import NOON_TODAY, REPOSITORY, write

from desk.publishing.host_files import list_headers
from desk.publishing.release import STAGED

sys.path.insert(0, str(REPOSITORY / "scripts"))
import seal_release


def test_what_is_kept_is_named_by_its_folder_and_all_else_is_left_to_the_host() -> None:
    paths = (
        *("index.html", "sw.js", "assets/offline/library.json", "assets/icons/app.webmanifest"),
        *("assets/0123456789/js/a.js", "assets/0123456789/js/b.js", "search/368b677dba/text.json"),
    )
    assert list_headers(paths) == (
        "/*\n"
        "  Content-Security-Policy: frame-ancestors 'self'\n"
        "  X-Content-Type-Options: nosniff\n"
        "  Referrer-Policy: strict-origin-when-cross-origin\n"
        "  Permissions-Policy: camera=(), microphone=(), geolocation=()\n"
        "  Cross-Origin-Opener-Policy: same-origin\n"
        "  Strict-Transport-Security: max-age=31536000\n"
        "/assets/0123456789/*\n  Cache-Control: public, max-age=31536000, immutable\n"
        "/assets/icons/*\n  Cache-Control: public, max-age=86400\n"
        "/search/368b677dba/*\n  Cache-Control: public, max-age=31536000, immutable\n"
    )


def test_a_release_holds_the_redirects(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", NOON_TODAY)
    write(project / "data/redirects.yml", "redirects:\n  - {from: /cu/, to: /}\n")
    write(project / "dist" / STAGED / "index.html", "<p>")
    assert seal_release.main(project) == 0
    assert (project / "dist/latest/_redirects").read_text() == (
        "/kich-hoat/ /guides/dinh-danh/kich-hoat/ 302\n/cu/ / 302\n"
    )
    assert (project / "dist/latest/_headers").read_text().startswith("/*\n  Content-")
