"""Files of other programs and other systems: hidden ones stop nothing, some names fit nowhere."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config
from support.pictures import photo, save
from support.project import BODY, FRONT, write

from desk.scaffold import draft_page
from portal.checks import check_library
from portal.library import page_kinds
from portal.library.library import load_library
from portal.source.naming import file_slug

FOLDER = "docs/guides/dinh-danh"
GUIDE = f"{FOLDER}/kich-hoat.md"
DEVICE = "tên này Windows giữ cho mình, máy Windows không chép được kho"
SAVE = "lưu hình thành tệp cạnh bài, ghi tên tệp vào chỗ đó"


def said(project: Path) -> list[tuple[str, int, str, str]]:
    problems = check_library(load_library(project))
    return [(each.path, each.line, each.message, each.fix) for each in problems]


def hide(project: Path) -> None:
    """Leave what Emacs, vi, a Mac and a file manager leave beside a page and in data/."""
    for folder in ("docs/guides/dinh-danh", "data"):
        (project / folder / ".#kich-hoat.md").symlink_to("lan@may-lan.1234:1700000000")
        for name in (
            "._kich-hoat.md",
            "._anh.jpg",
            ".DS_Store",
            ".kich-hoat.md.swp",
            ".a\udce0.md",
        ):
            (project / folder / name).write_bytes(b"\0\5\x16\7 <<<<<<< HEAD\n")
    write(project / "docs/.obsidian/x.md", "x")


def test_hidden_files_stop_nothing(project: Path) -> None:
    hide(project)
    assert said(project) == []


def test_hidden_files_stop_no_build_and_are_not_published(site_project: Path) -> None:
    hide(site_project)
    build(load_config(str(site_project / "mkdocs.yml"), strict=True))
    found = {file.name for file in (site_project / "site/guides/dinh-danh").rglob("*")}
    assert found <= {"index.html", "index.html.br", "index.html.gz", "kich-hoat", "to-in.json"}


def test_what_an_editor_saved_aside_is_not_thrown_away(project: Path) -> None:
    for name in ("kich-hoat.md~", "#kich-hoat.md#", "kich-hoat.md.orig"):
        write(project / FOLDER / name, "x")
    assert [each[3] for each in said(project)] == [
        f"xem bản tự lưu này có gì cần lấy lại, rồi chuyển {FOLDER}/{name} ra ngoài thư mục docs/"
        for name in ("#kich-hoat.md#", "kich-hoat.md.orig", "kich-hoat.md~")
    ]


@pytest.mark.parametrize("name", ["con", "nul", "aux", "prn", "com1", "lpt9"])
def test_page_that_windows_cannot_hold_is_refused(project: Path, name: str) -> None:
    (project / GUIDE).rename(project / f"{FOLDER}/{name}.md")
    path = f"{FOLDER}/{name}.md"
    command = f"mv -i {path} {FOLDER}/bai-{name}.md"
    assert said(project) == [(path, 1, DEVICE, command)]
    subprocess.run(["sh", "-c", command], cwd=project, check=True)
    assert said(project) == []


def test_picture_and_pdf_that_windows_cannot_hold_are_refused(project: Path) -> None:
    save(project / FOLDER / "con.png", photo())
    write(project / FOLDER / "aux.pdf", "%PDF-1.4")
    write(project / GUIDE, FRONT + BODY + "\n![Bà con học dùng máy](con.png)\n")
    assert said(project) == [
        (f"{FOLDER}/aux.pdf", 1, DEVICE, f"mv -i {FOLDER}/aux.pdf {FOLDER}/tep-aux.pdf"),
        (f"{FOLDER}/con.png", 1, DEVICE, "chạy make fix, hoặc đổi tên thành hinh-con.png"),
    ]


def test_new_page_gets_a_name_that_every_system_can_hold(project: Path) -> None:
    assert (
        draft_page(load_library(project), page_kinds.GUIDE, "Con", "an-toan").uri
        == "guides/an-toan/bai-con.md"
    )
    assert [file_slug(text, "bai") for text in ("Côn", "Con cái", "!!!", "COM3")] == [
        "bai-con",
        "con-cai",
        "bai",
        "bai-com3",
    ]


def test_picture_pasted_as_text_is_a_short_message(project: Path) -> None:
    data = "data:image/png;base64," + "iVBORw0KGgo" * 2000
    write(project / GUIDE, FRONT + BODY + f"\n![Màn hình VNeID]({data})\n")
    message = f"hình dán thẳng vào chữ (base64), dài {len(data)} ký tự"
    assert said(project) == [(GUIDE, 24, message, SAVE)]


def test_page_that_a_pasted_picture_makes_too_large_says_so(project: Path) -> None:
    data = "data:image/png;base64," + "iVBORw0KGgo" * 60_000
    write(project / GUIDE, FRONT + BODY + f"\n![Màn hình VNeID]({data})\n")
    message = "tệp nặng 660 KB, một trang chữ nhiều nhất 500 KB; có hình dán thẳng vào chữ (base64)"
    assert said(project) == [(GUIDE, 24, message, SAVE)]


def test_address_of_a_picture_elsewhere_is_quoted_in_part(project: Path) -> None:
    address = "https://vi-du.vn/" + "a" * 500
    write(project / GUIDE, FRONT + BODY + f"\n![Màn hình VNeID]({address})\n")
    message = f"hình lấy từ nơi khác: {address[:80]}…"
    assert said(project) == [(GUIDE, 24, message, "chép tệp hình vào cạnh bài, ghi tên tệp")]
