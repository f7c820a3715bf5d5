"""What the nginx configuration says of names that the build gives, and how a release gets there."""

from __future__ import annotations

import re
import shlex
import subprocess
from pathlib import Path

import pytest
from conftest import REPOSITORY, write

from desk.audit.answers import ask_server
from desk.audit.nginx import nginx_server
from portal.system.precompression import compress_site

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


@pytest.mark.parametrize("accepted", ["br, gzip", "gzip", "identity"])
def test_caches_on_the_way_are_told_that_a_page_has_compressed_copies(
    tmp_path: Path, accepted: str
) -> None:
    for name in ("index.html", "404.html"):
        write(tmp_path / "site" / name, "<p>Chào bà con.</p>" * 200)
    compress_site(tmp_path / "site", tmp_path / "cache", 1)
    (run := tmp_path / "run").mkdir()
    with nginx_server(REPOSITORY / "deploy/nginx/portal.conf", tmp_path / "site", run) as root:
        answers = [ask_server(root, path, accepted) for path in ("", "khong-co/")]
    assert [answer.status for answer in answers] == [200, 404]
    assert [answer.getheader("Vary") for answer in answers] == ["Accept-Encoding"] * 2


def lines_of(target: str) -> str:
    """Return what `make` would run for a target."""
    command = ["make", "-n", "-o", ".venv/.run", "-o", ".venv/.dev", "-o", "node_modules/.run"]
    others = ["-o", "node_modules/.dev", "-o", "browser", "-o", "nginx", target]
    run = subprocess.run(
        [*command, *others], cwd=REPOSITORY, capture_output=True, text=True, check=True
    )
    return run.stdout


@pytest.mark.parametrize("target", ["build", "audit", "cms-try", "serve", "test", "canary"])
def test_only_a_release_is_built_where_publishing_takes_it_from(target: str) -> None:
    assert "dist" not in lines_of(target)


@pytest.mark.parametrize("target", ["release", "cms"])
def test_a_release_touches_only_its_own_folder(target: str) -> None:
    lines = lines_of(target).splitlines()
    assert ".venv/bin/mkdocs build --strict --site-dir dist/site" in lines
    assert all("--site dist/site" in line for line in lines if "build_cms.py" in line)


def test_the_published_folder_gets_whole_files_that_the_server_may_read(tmp_path: Path) -> None:
    """New files take their places at the end, then old ones go; modes are not this machine's."""
    readme = (REPOSITORY / "README.md").read_text(encoding="utf-8")
    line = next(line for line in readme.splitlines() if line.startswith("rsync"))
    command = shlex.split(line, comments=True)
    assert command[-2:] == ["dist/site/", "server:/srv/portal/site/"]
    assert {"--delay-updates", "--delete-delay"} < set(command)
    write(tmp_path / "dist/site/a/index.html", "<p>").chmod(0o600)
    (tmp_path / "dist/site/a").chmod(0o700)
    write(tmp_path / "there/old.html", "<p>")
    subprocess.run([*command[:-1], "there/"], cwd=tmp_path, check=True)
    found = {file.name: oct(file.stat().st_mode)[-3:] for file in (tmp_path / "there").rglob("*")}
    assert found == {"a": "755", "index.html": "644"}
