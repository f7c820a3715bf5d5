"""Releases on a branch that a git host serves as pages; the host is a bare repository here."""

from __future__ import annotations

import datetime
import os
import subprocess
from pathlib import Path

import pytest
from support.project import write
from support.releases import release_of

from desk.publishing.pages_branch import PagesBranch, explain_git
from desk.publishing.target import PublishError
from desk.publishing.targets import open_target

OLD, NEW = "assets/0123456789/js/site.js", "assets/abcdef0123/js/site.js"


def git(folder: Path, *arguments: str) -> str:
    command = ["git", "-c", "init.defaultBranch=main", "-C", str(folder), *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


@pytest.fixture
def host(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a bare repository that a clone, the current folder, has as its origin."""
    (tmp_path / "host.git").mkdir()
    git(tmp_path / "host.git", "init", "--quiet", "--bare")
    (tmp_path / "clone").mkdir()
    git(tmp_path / "clone", "init", "--quiet")
    git(tmp_path / "clone", "remote", "add", "origin", str(tmp_path / "host.git"))
    monkeypatch.chdir(tmp_path / "clone")
    return tmp_path / "host.git"


def shown(host: Path) -> set[str]:
    return {*git(host, "ls-tree", "-r", "--name-only", "gh-pages").split()}


def text(host: Path, path: str) -> str:
    return git(host, "show", f"gh-pages:{path}")


def test_a_release_is_one_commit_and_old_assets_stay(host: Path, tmp_path: Path) -> None:
    target = open_target("pages://gh-pages")
    first = release_of(tmp_path / "dist", {"index.html": "một", "index.html.br": "x", OLD: "1"})
    assert target.publish(first).files_sent == 3
    assert shown(host) == {".nojekyll", ".replaced-assets", OLD, "index.html", "version.json"}
    assert target.publish(first).files_sent == 0
    second = release_of(tmp_path / "dist", {"index.html": "hai", NEW: "2"})
    assert target.publish(second).files_sent == 3
    assert shown(host) == {".nojekyll", ".replaced-assets", OLD, NEW, "index.html", "version.json"}
    assert git(host, "log", "--format=%s", "gh-pages").splitlines() == [
        f"Publish {second.name}",
        f"Publish {first.name}",
    ]
    assert git(Path.cwd(), "status", "--porcelain") == ""


def test_rolling_back_goes_one_further_each_time(host: Path, tmp_path: Path) -> None:
    target = open_target("pages://gh-pages")
    releases = [release_of(tmp_path / "dist", {"index.html": each}) for each in ("a", "b", "c")]
    for release in releases:
        target.publish(release)
    for release, page in ((releases[1], "b"), (releases[0], "a")):
        assert target.roll_back().release == release.name
        assert text(host, "index.html") == page
    with pytest.raises(PublishError) as error:
        target.roll_back()
    assert str(error.value) == (
        "nhánh gh-pages không còn bản nào trước bản đang chạy\n"
        "    Cách sửa: sửa bài, chạy make release rồi make publish"
    )


def test_a_release_published_again_counts_once_for_rolling_back(host: Path, tmp_path: Path) -> None:
    target = open_target("pages://gh-pages")
    first, second = (release_of(tmp_path / "dist", {"index.html": each}) for each in "ab")
    for release in (first, second, first):
        target.publish(release)
    assert target.roll_back().release == second.name
    assert text(host, "index.html") == "b"
    with pytest.raises(PublishError, match="không còn bản nào trước bản đang chạy"):
        target.roll_back()
    target.publish(third := release_of(tmp_path / "dist", {"index.html": "c"}))
    assert target.roll_back().release == second.name  # not what was rolled back from
    assert third.name in git(host, "log", "--format=%s", "gh-pages")


@pytest.mark.parametrize(
    ("errors", "message"),
    [
        (
            "fatal: unable to access 'https://x.vn/': Could not resolve host: x.vn",
            "không nối được tới kho git, hoặc mạng đứt giữa chừng",
        ),
        (
            "ssh: connect to host x.vn port 22: Connection refused\n"
            "fatal: Could not read from remote repository.",
            "không nối được tới kho git, hoặc mạng đứt giữa chừng",
        ),
        (
            "fatal: could not read Username for 'https://x.vn': No such device or address",
            "kho git không nhận tên, khóa hay quyền ghi của máy này",
        ),
        (
            "remote: Permission to to/x.git denied to nam.\nfatal: unable to access 'https://x.vn/'"
            ": The requested URL returned error: 403",
            "kho git không nhận tên, khóa hay quyền ghi của máy này",
        ),
        (
            "git@x.vn: Permission denied (publickey).\n"
            "fatal: Could not read from remote repository.",
            "kho git không nhận tên, khóa hay quyền ghi của máy này",
        ),
        (
            "remote: error: GH006: Protected branch update failed for refs/heads/gh-pages.\n"
            " ! [remote rejected] a -> gh-pages (protected branch hook declined)",
            "kho git không cho ghi lên nhánh gh-pages",
        ),
        (
            "fatal: unable to access 'https://x.vn/': server certificate verification failed.",
            "chứng thư (https) của kho git không hợp lệ với máy này",
        ),
        (
            "remote: Repository not found.\nfatal: repository 'https://x.vn/' not found",
            "origin không dẫn tới kho git nào",
        ),
        ("error: unable to create temporary file: No space left on device", "đĩa đã đầy"),
        (
            "error: insufficient permission for adding an object to repository database .git/obj",
            "không có quyền ghi vào .git của thư mục này",
        ),
        (
            "fatal: something new",
            "không đẩy được lên nhánh gh-pages: fatal: something new",
        ),
    ],
)
def test_what_git_says_is_told_in_words(errors: str, message: str) -> None:
    assert explain_git(errors, "gh-pages").message == message


def test_previews_stand_beside_the_site_and_each_other_for_a_month(
    host: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = release_of(tmp_path / "dist", {"index.html": "trang"})
    preview = release_of(tmp_path / "dist", {"index.html": "thử", NEW: "2"})
    monkeypatch.setenv("GIT_COMMITTER_DATE", "2026-01-01T00:00:00Z")
    open_target("pages://gh-pages/xem-thu/7").publish(preview)
    monkeypatch.delenv("GIT_COMMITTER_DATE")
    open_target("pages://gh-pages/xem-thu/12").publish(preview)
    assert {"xem-thu/7/index.html", f"xem-thu/12/{NEW}"} < shown(host)
    open_target("pages://gh-pages").publish(site)
    assert {path for path in shown(host) if path.startswith("xem-thu/")} == {
        "xem-thu/12/index.html", f"xem-thu/12/{NEW}", "xem-thu/12/version.json",
    }  # fmt: skip
    assert text(host, "index.html") == "trang"


def test_an_asset_stays_for_thirty_days_after_the_last_release_that_names_it(
    host: Path, tmp_path: Path
) -> None:
    day = datetime.date(2026, 6, 1)
    for days, asset in ((0, OLD), (200, NEW), (220, NEW), (230, NEW), (231, NEW)):
        release = release_of(tmp_path / "dist", {"index.html": str(days), asset: "1"})
        today = day + datetime.timedelta(days=days)
        PagesBranch("gh-pages", today=today).publish(release)
        assert (OLD in shown(host)) is (days < 231), days
    assert NEW in shown(host)


def test_a_domain_of_ones_own_stays(host: Path, tmp_path: Path) -> None:
    write(Path("CNAME"), "kns.example.vn\n")
    git(Path(), "add", "CNAME")
    identity = ("-c", "user.name=x", "-c", "user.email=x@x")
    git(Path(), *identity, "commit", "--quiet", "-m", "By hand")
    git(Path(), "push", "--quiet", "origin", "HEAD:refs/heads/gh-pages")
    open_target("pages://gh-pages").publish(release_of(tmp_path / "dist", {"index.html": "a"}))
    assert text(host, "CNAME") == "kns.example.vn\n"


def test_what_another_job_pushed_meanwhile_is_kept(host: Path, tmp_path: Path) -> None:
    """A hook of the host lets the other preview in just before ours, once."""
    one = release_of(tmp_path / "dist", {"index.html": "một"})
    open_target("pages://gh-pages/xem-thu/1").publish(one)
    other = git(host, "rev-parse", "gh-pages").strip()
    open_target("pages://gh-pages/xem-thu/2").publish(one)
    late = git(host, "rev-parse", "gh-pages").strip()
    git(host, "update-ref", "refs/heads/gh-pages", other)
    hook = write(tmp_path / "clone/.git/hooks/pre-push", f"""#!/bin/sh
git -C {host} update-ref refs/heads/gh-pages {late}
rm -f "$0"
""")  # fmt: skip
    hook.chmod(0o755)
    open_target("pages://gh-pages/xem-thu/3").publish(one)
    folders = {path.split("/")[1] for path in shown(host) if path.startswith("xem-thu/")}
    assert folders == {"1", "2", "3"}


@pytest.mark.parametrize("address", ["pages://", "pages://../x", "pages://gh-pages/../x"])
def test_an_address_of_another_form_is_refused(address: str) -> None:
    with pytest.raises(PublishError) as error:
        open_target(address)
    assert str(error.value) == (
        f"không hiểu TO='{address}'\n    Cách sửa: viết như TO=pages://gh-pages"
    )


def test_what_git_says_is_told_without_the_token(
    host: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GITHUB_TOKEN", "bi-mat")
    git(Path(), "remote", "set-url", "origin", str(tmp_path / "khong-co.git"))
    target = PagesBranch.at("pages://gh-pages")
    with pytest.raises(PublishError) as error:
        target.publish(release_of(tmp_path / "dist", {"index.html": "a"}))
    assert str(error.value) == ("origin không dẫn tới kho git nào\n    Cách sửa: git remote -v")
    assert "bi-mat" not in os.fsdecode(subprocess.check_output(["git", "config", "--list"]))


def test_a_branch_of_sources_is_not_replaced(host: Path, tmp_path: Path) -> None:
    write(Path("mkdocs.yml"), "site_name: x\n")
    git(Path.cwd(), "add", ".")
    git(Path.cwd(), "-c", "user.name=x", "-c", "user.email=x@x.vn", "commit", "-qm", "x")
    git(Path.cwd(), "push", "--quiet", "origin", "HEAD:main")
    before = git(host, "rev-parse", "main")
    for address in ("pages://main", "pages://main/xem-thu/1"):
        with pytest.raises(PublishError) as error:
            open_target(address).publish(release_of(tmp_path / "dist", {"index.html": "một"}))
        assert str(error.value) == (
            "nhánh main đang giữ thứ khác, không phải trang đã đăng\n"
            "    Cách sửa: viết tên một nhánh chỉ để đăng: TO=pages://gh-pages"
        )
    assert git(host, "rev-parse", "main") == before
