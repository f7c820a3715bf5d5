"""The web servers of deploy/: their answers, what they write down; and what makes a release."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from support.project import REPOSITORY, write
from support.releases import DAY
from support.stores import use_store

from desk.audit.answers import Visitor, answer_findings
from desk.audit.store_server import BUCKET, nginx_before_store, store_server
from desk.audit.web_servers import caddy_server, nginx_server
from desk.publishing.release import STAGED, seal
from desk.publishing.targets import open_target
from portal.system.precompression import compress_site

NGINX, CADDY = REPOSITORY / "deploy/nginx/portal.conf", REPOSITORY / "deploy/Caddyfile"
STORE = REPOSITORY / "deploy/nginx/store.conf"
SERVERS = {"nginx": (nginx_server, NGINX), "caddy": (caddy_server, CADDY)}
# One file of each kind; the letters are what compressing it would save.
FILES = (
    "index.html",
    "404.html",
    "guides/index.html",
    "so-lieu/so-lieu.csv",
    "so-lieu/so-lieu.json",
    "feed.json",
    "rss.xml",
    "robots.txt",
    "sw.js",
    "version.json",
    "search/368b677dba/text.json",
    "assets/ff47276918/js/site.js",
    "assets/icons/app.webmanifest",
    "assets/icons/icon-192.png",
    "assets/qr/bài viết.svg",
    "assets/fonts/3b6fcc47ec.woff2",
    "assets/images/anh-800.2c34b5e96c.avif",
    "assets/images/anh-800.2c34b5e96c.webp",
    "assets/cards/guides-suc-khoe-c66add508614.png",
    "to-roi/dinh-danh/kich-hoat.pdf",
    "bien-tap/cms/LICENSE",
)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    for path in FILES:
        write(tmp_path / "site" / path, f"{path}: chào bà con." * 40)
    compress_site(tmp_path / "site", tmp_path / "cache", 1)
    return tmp_path / "site"


@contextmanager
def served(
    name: str, site: Path, configuration: str = "", log: Path | None = None
) -> Iterator[str]:
    """Serve the site by the configuration of deploy/, or this one; yield the address."""
    start, file = SERVERS[name]
    (run := site.parent / "run").mkdir()
    if configuration:
        file = write(site.parent / "configuration", configuration)
    with start(file, site, run, log) as root:
        yield root


@pytest.mark.parametrize("server", SERVERS)
def test_every_file_is_answered_as_the_table_of_headers_says(server: str, site: Path) -> None:
    with served(server, site) as root:
        accepted = ("br, gzip", "gzip", "identity")
        found = {each: list(answer_findings(root, site, each)) for each in accepted}
    assert found == {each: [] for each in accepted}


def test_a_store_behind_nginx_answers_as_the_table_of_headers_says(
    site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("weed", "run"):
        (tmp_path / name).mkdir()
    with store_server(tmp_path / "weed") as store:
        use_store(monkeypatch, f"http://{store}")
        own = shutil.ignore_patterns("version.json*")
        staged = shutil.copytree(site, tmp_path / STAGED, ignore=own)
        release = seal(staged, tmp_path, DAY, "")
        open_target(f"s3://{BUCKET}?compression=copies").publish(release)
        with nginx_before_store(STORE, store, tmp_path / "run") as root:
            accepted = ("br, gzip", "gzip", "identity")
            found = {each: list(answer_findings(root, release.folder, each)) for each in accepted}
            visitor = Visitor(root)
            state = visitor.get("releases/current.json")
            again = visitor.get("", headers={"If-None-Match": visitor.get("").headers["etag"]})
            visitor.close()
    assert found == {each: [] for each in accepted}
    assert (state.status, again.status) == (404, 304)


@pytest.mark.parametrize(
    ("line", "instead", "address", "what"),
    [
        (
            "text/csv  ",
            "text/plain",
            "so-lieu/so-lieu.csv",
            "Content-Type: text/plain; charset=utf-8, not text/csv; charset=utf-8",
        ),
        ("    gzip_vary on;", "", "robots.txt", "Vary: missing, not Accept-Encoding"),
        ("brotli_static on", "brotli_static off", "rss.xml", "Content-Encoding: gzip, not br"),
        (
            "(?:assets|search)/",
            "(?:assets)/",
            "search/368b677dba/text.json",
            "Cache-Control: no-cache, not public, max-age=31536000, immutable",
        ),
        ("nosniff always", "nosniff", "nowhere/", "X-Content-Type-Options is not nosniff"),
        ("403 =404", "403", "assets/", "status 403, not 404 with its page"),
        (
            "absolute_redirect off",
            "absolute_redirect on",
            "bien-tap",
            "status 301, not on to /bien-tap/",
        ),
    ],
)
def test_what_a_server_answers_otherwise_is_told(
    line: str, instead: str, address: str, what: str, site: Path
) -> None:
    text = NGINX.read_text(encoding="utf-8")
    assert line in text
    write(site / "bien-tap/index.html", "x")
    with served("nginx", site, text.replace(line, instead)) as root:
        found = [(each.address, each.what) for each in answer_findings(root, site)]
    assert (root + address, what) in found


def visit(root: str) -> None:
    """Search on the site as somebody whom headers tell about would."""
    visitor = Visitor(root)
    told = {"User-Agent": "Zalo 1", "Referer": "https://x.vn/ai", "Cookie": "a=b"}
    visitor.get("tim-kiem/?q=b%E1%BB%87nh+lao", headers=told)
    visitor.close()


@pytest.mark.parametrize("server", SERVERS)
def test_nobody_is_written_down(server: str, site: Path, tmp_path: Path) -> None:
    with served(server, site) as root:
        visit(root)
    logs = [file.name for file in (tmp_path / "run").rglob("*.log") if file.stat().st_size]
    assert logs == []


def counted(server: str, site: Path, log: Path) -> str:
    """Return what a server that counts readers keeps of that visit."""
    with served(server, site, log=log) as root:
        visit(root)
    return log.read_text(encoding="utf-8")


def test_nginx_counts_readers_by_network_and_page_alone(site: Path, tmp_path: Path) -> None:
    line = counted("nginx", site, tmp_path / "portal.log")
    told = r'127\.0\.0\.0 - - \[[^]]+\] "GET /tim-kiem/ HTTP/1\.1" 404 \d+ "-" "-"\n'
    assert re.fullmatch(told, line)


def test_caddy_counts_readers_by_network_and_page_alone(site: Path, tmp_path: Path) -> None:
    told = json.loads(counted("caddy", site, tmp_path / "portal.log"))
    told["request"].setdefault("client_ip", "127.0.0.0")  # since Caddy 2.7
    assert told["request"] == {
        "remote_ip": "127.0.0.0",
        "client_ip": "127.0.0.0",
        "proto": "HTTP/1.1",
        "method": "GET",
        "host": told["request"]["host"],
        "uri": "/tim-kiem/",
    }
    assert set(told) - {"bytes_read"} == {
        *("level", "ts", "logger", "msg", "request", "user_id", "duration", "size", "status")
    }


@pytest.mark.parametrize("file", [NGINX, STORE], ids=lambda file: file.stem)
def test_nginx_is_configured_without_a_known_weakness(file: Path) -> None:
    gixy = Path(sys.executable).with_name("gixy")
    run = subprocess.run([gixy, file], capture_output=True, text=True)
    assert "No issues found." in run.stdout


def lines_of(*targets: str) -> str:
    """Return what `make` would run for targets, with variables among them."""
    command = [
        "make",
        "-n",
        "--no-print-directory",
        "-o",
        ".venv/.run",
        "-o",
        ".venv/.dev",
        "-o",
        "node_modules/.run",
    ]
    others = ["-o", "node_modules/.dev", "-o", "browser", "-o", "servers", *targets]
    run = subprocess.run(
        [*command, *others], cwd=REPOSITORY, capture_output=True, text=True, check=True
    )
    return run.stdout


@pytest.mark.parametrize(
    ("says", "told"),
    [
        (
            "echo Traceback; echo '  File x'; echo 'ConnectionError: x'; exit 1",
            "ConnectionError: x\n"
            "không hỏi được kho gói: máy này không có mạng, hoặc kho không có gói cần\n"
            "    Cách sửa: xem mạng rồi chạy lại\n",
        ),
        ("echo 'pillow 1.0 GHSA-1' >&2; exit 1", "pillow 1.0 GHSA-1\n"),
        ("echo 'No known vulnerabilities found'", "No known vulnerabilities found\n"),
    ],
)
def test_a_missing_network_is_told_in_words_and_all_else_as_it_is(
    says: str, told: str, tmp_path: Path
) -> None:
    write(tmp_path / "pip-audit", f"#!/bin/sh\n{says}\n").chmod(0o755)
    command = ["make", "-s", "-o", ".venv/.dev", f"BIN={tmp_path}", "advisories"]
    run = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True)
    said = run.stdout + "".join(line for line in run.stderr.splitlines(True) if "***" not in line)
    assert (bool(run.returncode), said) == ("exit 1" in says, told)


OFF = ("0", "no", "off", "false", "không")


@pytest.mark.parametrize("target", ["build", "audit", "cms-try", "serve", "test", "canary"])
def test_only_a_release_is_built_where_publishing_takes_it_from(target: str) -> None:
    assert "dist" not in lines_of(target)


@pytest.mark.parametrize(
    ("switch", "is_on"),
    [
        ("ROLLBACK=1", True),
        ("ROLLBACK=co", True),
        *((f"ROLLBACK={off}", False) for off in ("", *OFF)),
    ],
)
def test_a_switch_that_says_no_is_off(switch: str, is_on: bool) -> None:
    assert ("--rollback" in lines_of("publish", switch)) is is_on


@pytest.mark.parametrize(
    ("target", "last"),
    [
        ("release", [".venv/bin/python scripts/seal_release.py"]),
        (
            "cms",
            [
                ".venv/bin/python scripts/build_cms.py --site dist/.next",
                ".venv/bin/python scripts/seal_release.py",
            ],
        ),
    ],
)
def test_a_release_is_checked_built_aside_and_sealed(target: str, last: list[str]) -> None:
    assert lines_of(target).splitlines()[-2 - len(last) :] == [
        ".venv/bin/python scripts/check_release.py",
        "RELEASE=true .venv/bin/mkdocs build --strict --site-dir dist/.next",
        *last,
    ]


@pytest.mark.parametrize(("target", "hidden"), [("staged", ""), ("build", "1")])
def test_only_who_releases_is_told_of_the_end_of_material(
    target: str, hidden: str, tmp_path: Path
) -> None:
    for name in ("python", "mkdocs"):
        write(tmp_path / name, '#!/bin/sh\necho "hidden: $NO_MKDOCS_2_WARNING"\n').chmod(0o755)
    command = ["make", "-s", "--no-print-directory", "-o", ".venv/.run", f"BIN={tmp_path}", target]
    run = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=True)
    assert set(run.stdout.splitlines()) == {f"hidden: {hidden}"}


PAGES_OF_OPERATORS = sorted((REPOSITORY / "deploy").glob("*.md"))


@pytest.mark.parametrize("page", PAGES_OF_OPERATORS, ids=lambda page: page.name)
def test_operators_are_sent_to_what_exists(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    made = (REPOSITORY / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"\bmake ([a-z][a-z-]+)", text))
    assert targets - set(re.findall(r"^([a-z-]+):", made, re.MULTILINE)) == set()
    places = re.findall(r"\]\((?!https?:)([^)#]+)", text)
    named = re.findall(r"`((?:deploy|decisions|scripts|data)/[\w./-]+)`", text)
    lost = [place for place in places if not (page.parent / place).exists()]
    assert lost + [name for name in named if not (REPOSITORY / name).exists()] == []
    anchors = {
        re.sub(r"[^\w -]", "", line).strip().lower().replace(" ", "-")
        for line in re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    }
    assert set(re.findall(r"\]\(#([^)]+)\)", text)) - anchors == set()
