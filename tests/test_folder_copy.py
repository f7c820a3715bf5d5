"""Copies of a release to carry: their links, what is left out of them, and their age."""

from __future__ import annotations

import datetime
import json
import os
import shlex
from pathlib import Path

import pytest
from support.crawl import crawl
from support.project import write

from desk.publishing.folder import NAME, START, FolderTarget
from desk.publishing.portable import age_note, portable_site
from desk.publishing.release import STAGED, Release, seal
from desk.publishing.target import PublishError
from desk.publishing.targets import open_target
from portal.system.files import sole_writer

DAY = datetime.date(2026, 11, 30)
HEAD = """\
<!doctype html>
<html lang="vi"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'self'">
<meta name="robots" content="noindex,nofollow">
<link rel="canonical" href="https://kns.example.vn/">
<link rel="manifest" href="assets/icons/app.webmanifest">
<link rel="icon" href="assets/icons/mark.svg">
<title>Nhà &amp; xóm</title>
<style>@font-face{src:url(assets/fonts/3b6fcc47ec.woff2)}</style>
</head><body data-base="." data-offline>
<main id="noi-dung">
"""
FILES = {
    "assets/fonts/3b6fcc47ec.woff2": "font",
    "assets/icons/mark.svg": "<svg/>",
    "assets/icons/app.webmanifest": "{}",
    "assets/cards/nha-0123456789ab.png": "card",
    "assets/0123456789/js/site.js": "1",
    "assets/a.avif": "a",
    "assets/b.jpg": "b",
    "bai/index.html": "<title>Bài</title><a href='..'>Nhà</a> <a href='.'>Bài</a>",
    "ngan/index.html": '<meta http-equiv="refresh" content="0; url=../bai/">',
    "sw.js": "1",
    "to/x.pdf": "pdf",
}


def release_of(folder: Path, body: str) -> Release:
    for path, text in {**FILES, "index.html": HEAD + body}.items():
        write(folder / STAGED / path, text)
    return seal(folder / STAGED, folder, DAY, "")


@pytest.mark.parametrize(
    ("written", "copied"),
    [
        ('<a href="bai/">x</a>', '<a href="bai/index.html">x</a>'),
        ('<a href="bai/#buoc">x</a>', '<a href="bai/index.html#buoc">x</a>'),
        ('<a href=".">x</a>', '<a href="index.html">x</a>'),
        ('<a href="./#a">x</a>', '<a href="index.html#a">x</a>'),
        ('<a href="#a">x</a>', '<a href="#a">x</a>'),
        ('<a href="ngan/">x</a>', '<a href="bai/index.html">x</a>'),  # where it leads
        ('<a href="to/x.pdf">x</a>', '<a href="to/x.pdf">x</a>'),
        ('<a href="mat/">x</a>', '<a href="https://kns.example.vn/mat/">x</a>'),
        ('<a href="https://x.vn/">x</a>', '<a href="https://x.vn/">x</a>'),
        ('<a href="tel:113">x</a>', '<a href="tel:113">x</a>'),
        ('<a href="bai/" class="a&amp;b">x</a>', '<a href="bai/index.html" class="a&amp;b">x</a>'),
        (
            '<source srcset="assets/a.avif 480w, assets/b.jpg 800w">',
            '<source srcset="assets/a.avif 480w, assets/b.jpg 800w">',
        ),
        ('<svg viewBox="0 0 9 9"><use href="#i"/></svg>',) * 2,
        ('<code>href="bai/" &lt;a&gt; &#8203;</code>',) * 2,
        ('<script type="module" src="assets/0123456789/js/site.js"></script>y', "y"),
        ('<form role="search" action="bai/"><input></form>y', "y"),
        (
            "<noscript><p>Trình duyệt này không chạy JavaScript nên không tìm được.</p></noscript>",
            "<p>Bản chép này không tìm được.</p>",
        ),
    ],
)
def test_a_page_is_made_for_files(tmp_path: Path, written: str, copied: str) -> None:
    page = portable_site(release_of(tmp_path, written), with_scripts=False).pages["index.html"]
    assert page.html.partition("</script>")[2] == f"\n{copied}"
    assert page.title == "Nhà & xóm"


def test_what_the_home_page_leads_to_is_carried_and_no_more(tmp_path: Path) -> None:
    body = '<a href="bai/"><img src="assets/b.jpg"></a><script src="sw.js"></script>'
    site = portable_site(release_of(tmp_path, body), with_scripts=False)
    assert set(site.pages) == {"index.html", "bai/index.html"}
    assert site.files == {"assets/fonts/3b6fcc47ec.woff2", "assets/icons/mark.svg", "assets/b.jpg"}
    assert site.redirects == {"ngan/index.html": "bai/index.html"}
    head = site.pages["index.html"].html
    assert "Content-Security-Policy" not in head
    assert "noindex" not in head  # what search engines are told of a draft
    assert "manifest" not in head
    assert "<body>" in head


def test_a_copy_says_of_which_day_it_is_and_until_when_to_use_it() -> None:
    note = age_note(DAY, "https://kns.example.vn/")
    assert note.partition("<script>")[0] == (
        '<p class="kept-note" id="ban-chep">Bản chép ngày 30/11/2026; sau ngày 28/2/2027 hãy xin '
        'bản mới ở tổ, hoặc xem trên mạng: <a href="https://kns.example.vn/">kns.example.vn</a></p>'
    )


def test_every_link_of_a_copy_leads_to_a_file_of_it(carried: Path) -> None:
    found = crawl(carried / NAME, "https://usb.example.vn/", answers_folders=False)
    assert found.dead == []
    assert found.unnamed == {"version.json"}
    assert (carried / NAME / "to-roi/dinh-danh/cai-may.pdf").is_file()


def test_a_copy_takes_the_place_of_the_old_one_and_of_nothing_else(tmp_path: Path) -> None:
    (stick := tmp_path / "usb").mkdir()
    write(stick / "anh-cuoi/a.txt", "của người ta")
    target = open_target(str(stick))
    first = release_of(tmp_path / "dist", "một")
    assert target.publish(first).files_sent == 4
    assert target.publish(first).files_sent == 0
    write(stick / f".{NAME}.moi/index.html", "of a copy that was broken off")
    second = release_of(tmp_path / "dist", "hai")
    assert target.publish(second).release == second.name
    assert sorted(each.name for each in stick.iterdir()) == sorted((START, "anh-cuoi", NAME))
    assert (stick / NAME / "index.html").read_text(encoding="utf-8").endswith("hai")
    assert json.loads((stick / NAME / "version.json").read_text())["digest"] == second.digest


def test_of_two_copiers_at_once_the_second_is_refused(tmp_path: Path) -> None:
    (stick := tmp_path / "usb").mkdir()
    release = release_of(tmp_path / "dist", "một")
    with sole_writer(stick) as is_alone:
        assert is_alone
        with pytest.raises(PublishError) as error:
            FolderTarget(stick).publish(release)
    assert str(error.value) == (
        f"một lần đăng khác đang ghi vào {stick}\n    Cách sửa: đợi lần ấy xong rồi chạy lại"
    )
    assert list(stick.iterdir()) == []
    assert FolderTarget(stick).publish(release).files_sent == 4


@pytest.mark.parametrize(
    ("theirs", "named"),
    [
        (".git/config", ".git/config"),
        ("bai/ghi-chu.txt", "bai/ghi-chu.txt"),
        ("index.html", "khac.txt"),
    ],
)
def test_a_folder_of_the_same_name_keeps_what_is_not_ours(
    tmp_path: Path, theirs: str, named: str
) -> None:
    place = tmp_path / "kho" / NAME
    write(place / theirs, "của người ta")
    write(place / "khac.txt", "của người ta")
    with pytest.raises(PublishError) as error:
        FolderTarget(tmp_path / "kho").publish(release_of(tmp_path / "dist", "một"))
    assert str(error.value) == (
        f"{place} giữ tệp không do lệnh này chép: {named}\n"
        "    Cách sửa: đổi tên thư mục ấy, hoặc viết thư mục khác trong TO"
    )
    assert (place / theirs).read_text(encoding="utf-8") == "của người ta"


def test_what_somebody_put_into_a_copy_is_kept_and_named(tmp_path: Path) -> None:
    (stick := tmp_path / "usb").mkdir()
    FolderTarget(stick).publish(release_of(tmp_path / "dist", '<a href="bai/">một</a>'))
    write(stick / NAME / "bai/.DS_Store", "")  # nobody's
    FolderTarget(stick).publish(release_of(tmp_path / "dist", "hai"))
    note = write(stick / NAME / "ghi-chu.txt", "gọi cô Sáu")
    with pytest.raises(PublishError, match=r"chép: ghi-chu\.txt"):
        FolderTarget(stick).publish(release_of(tmp_path / "dist", "ba"))
    assert note.read_text(encoding="utf-8") == "gọi cô Sáu"


def test_a_link_in_place_of_the_copy_is_kept(tmp_path: Path) -> None:
    write(tmp_path / "khac/a.txt", "của người ta")
    (stick := tmp_path / "usb").mkdir()
    (stick / NAME).symlink_to(tmp_path / "khac")
    with pytest.raises(PublishError, match=f"chép: {NAME}"):
        FolderTarget(stick).publish(release_of(tmp_path / "dist", "một"))
    assert (tmp_path / "khac/a.txt").read_text(encoding="utf-8") == "của người ta"


def test_everybody_may_read_a_copy_whatever_the_umask(tmp_path: Path) -> None:
    (stick := tmp_path / "usb").mkdir()
    mask = os.umask(0o077)
    try:
        FolderTarget(stick).publish(release_of(tmp_path / "dist", '<a href="bai/">một</a>'))
    finally:
        os.umask(mask)
    modes = {(each.is_dir(), oct(each.stat().st_mode)[-3:]) for each in stick.rglob("*")}
    assert modes == {(True, "755"), (False, "644")}


def test_a_copy_that_was_broken_off_is_written_again(tmp_path: Path) -> None:
    (stick := tmp_path / "usb").mkdir()
    release = release_of(tmp_path / "dist", "một")
    FolderTarget(stick).publish(release)
    (stick / NAME / "version.json").write_text("{")
    assert FolderTarget(stick).publish(release).files_sent == 4


@pytest.mark.parametrize(
    ("act", "message"),
    [
        (
            lambda target, release: target.publish(release),
            "không thấy thư mục {}\n"
            "    Cách sửa: cắm USB, xem nó ở đâu bằng lệnh lsblk, rồi chạy lại",
        ),
        (
            lambda target, _: target.roll_back(),
            "{0} chỉ giữ một bản, không trở lại được\n    Cách sửa: "
            ".venv/bin/python scripts/publish.py --to {1} --release dist/TEN-BAN-CU",
        ),
    ],
)
def test_what_cannot_be_done_is_said_with_a_remedy(tmp_path: Path, act, message: str) -> None:
    release = release_of(tmp_path / "dist", "một")
    with pytest.raises(PublishError) as error:
        act(open_target(f"folder://{tmp_path}/khong co"), release)
    place = f"{tmp_path}/khong co"
    assert str(error.value) == message.format(place, shlex.quote(place))
