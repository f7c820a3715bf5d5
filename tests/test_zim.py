"""A release as a ZIM file: what a reader of such files finds in it."""

from __future__ import annotations

import datetime
import os
import resource
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlencode, urlsplit
from urllib.request import urlopen

import pytest
from libzim.reader import Archive
from libzim.search import Query, Searcher
from libzim.suggestion import SuggestionSearcher
from libzim.writer import Creator
from support.crawl import crawl
from support.project import REPOSITORY

from desk.audit.web_servers import free_port, running
from desk.publishing.release import STAGED, Release, seal
from desk.publishing.target import PublishError
from desk.publishing.targets import open_target
from desk.publishing.zim import ZimTarget

DAY = datetime.date(2026, 11, 30)
KIWIX = "https://kiwix.example.vn/kns/"
GUIDE = "guides/dinh-danh/quen-passcode/index.html"


@pytest.fixture(scope="module")
def release(site_under_a_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Release:
    dist = tmp_path_factory.mktemp("dist")
    shutil.copytree(site_under_a_path, dist / STAGED, copy_function=os.link)
    return seal(dist / STAGED, dist, DAY, "")


@pytest.fixture(scope="module")
def file(release: Release, tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("zim") / "kns.zim"
    target = open_target(str(file))
    sent = target.publish(release)
    assert (sent.release, sent.bytes_sent) == (release.name, file.stat().st_size)
    assert target.publish(release).files_sent == 0
    return file


def test_it_opens_at_the_home_page_and_says_what_it_is(file: Path, release: Release) -> None:
    archive = Archive(file)
    assert archive.main_entry.get_item().path == "index.html"
    assert archive.check()
    told = {name: archive.get_metadata(name) for name in archive.metadata_keys}
    assert told.pop("Illustration_48x48@1").startswith(b"\x89PNG")
    assert b"text/html=" in told.pop("Counter")
    assert {name: value.decode() for name, value in told.items()} == {
        "Name": "ky-nang-so-ninh-binh_vi",
        "Title": "Kỹ năng số Ninh Bình",
        "Description": "Hướng dẫn cho bà con.",
        "Language": "vie",
        "Creator": "Kỹ năng số Ninh Bình",
        "Publisher": "Kỹ năng số Ninh Bình",
        "Date": "2026-11-30",
        "Source": "https://to.example.vn/ky-nang-so/",
        "Release": release.name,
    }


def test_pages_are_found_by_title_and_by_words_without_accents(file: Path) -> None:
    archive = Archive(file)
    titles = SuggestionSearcher(archive).suggest("quên pass").getResults(0, 5)
    assert GUIDE in list(titles)
    assert archive.get_entry_by_path(GUIDE).title == "Quên passcode VNeID"
    words = Searcher(archive).search(Query().set_query("khoa tai khoan")).getResults(0, 5)
    assert "guides/an-toan/lo-bam-link/index.html" in list(words)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("quen-passcode/", GUIDE),  # a short link
        ("quen-passcode", GUIDE),
        ("quen-passcode/index.html", GUIDE),
        ("guides/dinh-danh/quen-passcode/", GUIDE),  # as search names it
    ],
)
def test_other_addresses_of_a_page_lead_to_it(file: Path, old: str, new: str) -> None:
    entry = Archive(file).get_entry_by_path(old)
    assert entry.is_redirect
    assert entry.get_redirect_entry().path == new


def test_kiwix_serves_pages_titles_words_and_other_addresses(file: Path) -> None:
    port = free_port()
    command = ["kiwix-serve", "--port", str(port), "--address", "127.0.0.1", str(file)]
    root = f"http://127.0.0.1:{port}"

    def ask(path: str, **query: str) -> tuple[str, str]:
        with urlopen(f"{root}/{path}?{urlencode(query)}") as answer:
            return urlsplit(answer.url).path, answer.read().decode()

    with running(command, port):
        home, page = ask("kns/")
        assert (home.endswith("kns/index.html"), "Kỹ năng số Ninh Bình" in page) == (True, True)
        assert GUIDE in ask("suggest", content="kns", term="quen pass")[1]
        found = ask("search", content="kns", pattern="khoa tai khoan")[1]
        assert "kns/guides/an-toan/lo-bam-link/index.html" in found
        for typed in ("quen-passcode/", "quen-passcode", "guides/dinh-danh/quen-passcode"):
            assert ask(f"kns/{typed}")[0].endswith(f"kns/{GUIDE}")


def test_every_address_in_it_leads_to_an_entry(file: Path, tmp_path: Path) -> None:
    site = unpack(file, tmp_path / "site")
    dead = [line.split(": ") for line in crawl(site, KIWIX).dead]
    assert [line for line in dead if not line[0].endswith(".js")] == []
    # Asked for where pages are kept on the phone, and for addresses that do not exist.
    names = ("drawings.json", "library.json", "versions.json", "sw.js", "addresses.json")
    asked = {
        *(f"{KIWIX}assets/offline/{name}" for name in names[:3]),
        *(f"{KIWIX}{name}" for name in (*names[3:], "offline-pages.json")),
    }
    assert {address for _, address in dead} == asked
    page = (site / GUIDE).read_text(encoding="utf-8")
    assert "Bản chép ngày 30/11/2026; sau ngày 28/2/2027 hãy xin bản mới" in page
    assert "data-offline" not in page  # no service worker
    assert not (site / "sw.js").exists()
    assert list(site.glob("search/*/text.json"))


def unpack(file: Path, folder: Path) -> Path:
    """Write the files of the site, without redirects and what libzim adds, into a folder."""
    archive = Archive(file)
    for number in range(archive.all_entry_count):
        entry = archive._get_entry_by_id(number)
        path = folder / entry.path
        if archive.has_entry_by_path(entry.path) and not entry.is_redirect:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(bytes(entry.get_item().content))
    return folder


def write_another(file: Path) -> None:
    with Creator(file) as writer:
        writer.add_metadata("Name", "wikipedia_vi")


@pytest.mark.parametrize(
    "put",
    [
        write_another,
        lambda file: file.write_bytes(b"ZIM broken off"),  # perhaps a download that goes on
        lambda file: file.mkdir(),
        lambda file: file.symlink_to("khong-co"),
    ],
    ids=["another", "broken", "folder", "link"],
)
def test_what_is_not_ours_for_sure_is_not_replaced(
    release: Release, tmp_path: Path, put: Callable[[Path], object]
) -> None:
    file = tmp_path / "wikipedia_vi.zim"
    put(file)
    before = file.lstat()
    with pytest.raises(PublishError) as error:
        ZimTarget(file).publish(release)
    assert str(error.value) == (
        f"{file} không phải tệp ZIM của trang này, hoặc đã hỏng\n"
        "    Cách sửa: không cần nó nữa thì xóa rồi chạy lại; "
        "còn cần thì viết tên tệp khác trong TO"
    )
    assert file.lstat() == before


def test_a_full_disk_is_told_and_the_old_file_stays(release: Release, tmp_path: Path) -> None:
    file = tmp_path / "kns.zim"
    ZimTarget(file).publish(release)
    (other := tmp_path / "dist").mkdir()
    shutil.copytree(release.folder, other / STAGED, copy_function=os.link)
    newer = seal(other / STAGED, other, DAY + datetime.timedelta(days=1), "")
    before = file.read_bytes()

    def limit() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)  # then write(2) fails
        resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))

    script = REPOSITORY / "scripts/publish.py"
    command = [sys.executable, script, "--to", file, "--release", newer.folder]
    run = subprocess.run(command, capture_output=True, text=True, preexec_fn=limit)
    assert run.returncode == 1
    assert f"không ghi được {file}, thường vì đĩa đã đầy (" in run.stderr
    assert run.stderr.endswith(
        f"    Cách sửa: xem chỗ trống: df -h {tmp_path}, xóa bớt tệp rồi chạy lại\n"
    )
    assert file.read_bytes() == before
    assert sorted(each.name for each in tmp_path.iterdir()) == ["dist", "kns.zim"]


def test_without_libzim_its_installation_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "desk.publishing.zim")
    monkeypatch.setitem(sys.modules, "libzim.reader", None)
    with pytest.raises(PublishError) as error:
        open_target("/srv/kns.zim")
    assert str(error.value) == (
        "máy này chưa cài libzim, gói để ghi tệp ZIM\n"
        "    Cách sửa: .venv/bin/pip install --require-hashes -r requirements-zim.txt"
    )


@pytest.mark.parametrize(
    ("address", "message"),
    [
        (
            "zim:///srv/kns.zip",
            "tệp ZIM phải có đuôi .zim, đang là 'zim:///srv/kns.zip'\n"
            "    Cách sửa: viết như TO=/srv/kns.zim",
        ),
        (
            "/khong co/kns.zim",
            "không thấy thư mục /khong co\n    Cách sửa: mkdir -p '/khong co'",
        ),
    ],
)
def test_a_place_that_cannot_be_written_to_is_said(
    release: Release, address: str, message: str
) -> None:
    with pytest.raises(PublishError) as error:
        open_target(address).publish(release)
    assert str(error.value) == message
