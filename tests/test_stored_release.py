"""Under which keys and with which headers the files of a release lie in a store."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from desk.publishing.release import Release, ReleaseFile, role_of
from desk.publishing.store_state import (
    StoreState,
    read_manifest,
    read_state,
    write_manifest,
    write_state,
)
from desk.publishing.stored_release import Compression, uploads_of

NOON = datetime.datetime(2026, 11, 30, 12, tzinfo=datetime.UTC)
PATHS = (
    "index.html",
    "index.html.br",
    "index.html.gz",
    "guides/x/index.html",
    "a.csv",
    "a.csv.br",
    "a.csv.gz",
    "tai-ve.gz",
    "to-roi/a.pdf",
    "assets/icons/a.svg",
)


def release_with(*paths: str) -> Release:
    files = tuple(ReleaseFile(path, path, len(path), role_of(path)) for path in sorted(paths))
    return Release(Path("/r"), "0", NOON.date(), "", {}, files)


@pytest.mark.parametrize(
    ("compression", "expected"),
    [
        (Compression.GZIP, {"index.html": ("index.html.gz", "gzip"), "a.csv": ("a.csv", "")}),
        (Compression.PLAIN, {"index.html": ("index.html", ""), "a.csv": ("a.csv", "")}),
        (
            Compression.COPIES,
            {
                "index.html": ("index.html.gz", "gzip"),
                "index.html.br": ("index.html.br", "br"),
                "a.csv": ("a.csv.gz", "gzip"),
                "a.csv.br": ("a.csv.br", "br"),
            },
        ),
    ],
)
def test_who_compresses(compression: Compression, expected: dict[str, tuple[str, str]]) -> None:
    uploads = uploads_of(release_with(*PATHS), compression, folder_keys=False)
    found = {each.stored.key: (each.file.name, each.headers.encoding) for each in uploads}
    assert found == {
        **expected,
        "guides/x/index.html": ("index.html", ""),
        "tai-ve.gz": ("tai-ve.gz", ""),
        "to-roi/a.pdf": ("a.pdf", ""),
        "assets/icons/a.svg": ("a.svg", ""),
    }
    html = [each.headers for each in uploads if each.stored.key.startswith("index")]
    assert {headers.type for headers in html} == {"text/html; charset=utf-8"}


def test_pages_lie_under_their_addresses_too_where_a_store_knows_no_index_documents() -> None:
    uploads = uploads_of(release_with(*PATHS), Compression.PLAIN, folder_keys=True)
    tokens = {each.stored.key: each.stored.token for each in uploads}
    assert tokens["guides/x/"] == tokens["guides/x/index.html"]
    assert [key for key in tokens if key.endswith("/")] == ["guides/x/"]


def test_the_same_bytes_with_other_headers_are_another_content() -> None:
    def token(path: str) -> str:
        file = ReleaseFile(path, "same", 1, role_of(path))
        release = Release(Path("/r"), "0", NOON.date(), "", {}, (file,))
        return uploads_of(release, Compression.PLAIN, folder_keys=False)[0].stored.token

    assert token("a/index.html") == token("b/index.html")
    assert len({token("a.html"), token("a.txt"), token("assets/icons/a.txt")}) == 3


def test_manifest_and_state_are_read_as_they_were_written() -> None:
    objects = [each.stored for each in uploads_of(release_with(*PATHS), Compression.PLAIN, True)]
    assert read_manifest(write_manifest(objects)) == {each.key: each for each in objects}
    state = StoreState(("b", "a"), ("c",), {"a": NOON}, "holder")
    assert read_state(write_state(state)) == state
