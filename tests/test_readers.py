"""What `measure_publish.py` counts as a page without its files."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.project import REPOSITORY, write

from desk.audit.changed_release import with_changed_scripts
from desk.audit.readers import SiteReader, readable_pages
from desk.audit.slow_line import slow_line
from desk.audit.web_servers import nginx_server
from desk.publishing.release import STAGED, Release, seal

PAGE = '<script type="module" src="../assets/0123456789/js/site.js"></script>'
SCRIPTS = "assets/0123456789/js"


@pytest.fixture
def release(tmp_path: Path) -> Release:
    files = {
        "a/index.html": PAGE,
        "b/index.html": "<p>",  # an address that leads on
        f"{SCRIPTS}/site.js": 'import"./share.js";import("./zoom.js")',
        f"{SCRIPTS}/share.js": "1",
        f"{SCRIPTS}/zoom.js": "2",
        "search/index.json": '{"text":"search/abcdef0123/text.json"}',
        "search/abcdef0123/text.json": "[]",
    }
    for path, text in files.items():
        write(tmp_path / "dist" / STAGED / path, text)
    return seal(tmp_path / "dist" / STAGED, tmp_path / "dist", datetime.date(2026, 11, 30), "")


@pytest.fixture
def served(release: Release, tmp_path: Path) -> Iterator[str]:
    (run := tmp_path / "run").mkdir()
    with nginx_server(REPOSITORY / "deploy/nginx/portal.conf", release.folder, run) as root:
        yield root


def test_a_page_is_loaded_with_all_that_it_names_and_that_this_imports(
    release: Release, served: str
) -> None:
    reader = SiteReader(served, [release])
    assert readable_pages(release) == ["a/index.html"]
    page = reader.open_page("a/index.html")
    assert page.releases == {release.name}
    assert page.parts == ("search/index.json", f"{SCRIPTS}/site.js")
    assert reader.load_parts(page.parts) == []
    (release.folder / SCRIPTS / "zoom.js").unlink()
    (release.folder / "search/abcdef0123/text.json").write_text("of no release")
    assert sorted(reader.load_parts(page.parts)) == [
        f"{SCRIPTS}/zoom.js",
        "search/abcdef0123/text.json",
    ]
    write(release.folder / "a/index.html", "<p>half")
    assert reader.open_page("a/index.html").releases == frozenset()


def test_new_scripts_change_every_page_that_names_them(release: Release, tmp_path: Path) -> None:
    new = with_changed_scripts(release, tmp_path / "new")
    changed = {file.path for file in new.files} ^ {file.path for file in release.files}
    assert len(changed) == 6  # three scripts, under either name
    pages = [(each.folder / "a/index.html").read_text() for each in (release, new)]
    assert pages[0].replace("0123456789", "xxxxxxxxxx") == pages[1].replace(
        next(path.split("/")[1] for path in changed if "0123456789" not in path), "xxxxxxxxxx"
    )
    assert release.digest != new.digest


def test_a_slow_line_counts_what_passes(served: str, release: Release) -> None:
    port = int(served.rsplit(":", 1)[1].strip("/"))
    with slow_line("127.0.0.1", port, 0) as line:
        reader = SiteReader(f"https://localhost:{line.port}/", [release])
        assert reader.open_page("a/index.html").releases == {release.name}
        assert line.received > line.sent > 0
