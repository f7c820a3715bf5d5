"""The web editor in a real browser: nothing leaves, and what it writes passes the checks."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, Request

from desk.cms import EditorSettings, configuration
from desk.cms_package import write_editor
from portal.checks import check_library
from portal.library.library import load_library

from .conftest import REPOSITORY, SiteServer

sys.path.insert(0, str(REPOSITORY / "scripts"))
import build_cms

pytestmark = pytest.mark.browser

# The picker is the only stand-in: a test cannot click the system's dialog. The folder is a real
# one of the browser's own file system.
OPEN_FOLDER = """async (files) => {
  const root = await navigator.storage.getDirectory();
  await root.getDirectoryHandle(".git", { create: true });
  for (const [path, text] of Object.entries(files)) {
    const parts = path.split("/");
    const name = parts.pop();
    let folder = root;
    for (const part of parts) folder = await folder.getDirectoryHandle(part, { create: true });
    const stream = await (await folder.getFileHandle(name, { create: true })).createWritable();
    await stream.write(text);
    await stream.close();
  }
  window.showDirectoryPicker = async () => root;
}"""
READ_FOLDER = """async () => {
  const found = {};
  const read = async (folder, path) => {
    for await (const [name, handle] of folder.entries()) {
      if (handle.kind === "directory") await read(handle, `${path}${name}/`);
      else found[path + name] = [...new Uint8Array(await (await handle.getFile()).arrayBuffer())];
    }
  };
  await read(await navigator.storage.getDirectory(), "");
  return found;
}"""
NEW_GUIDE = """\
---
title: Đăng nhập VNeID đúng cách
summary: Mở VNeID bằng mật khẩu của bà con.
topic: dinh-danh
audience: Người đã kích hoạt VNeID.
reviewed: 2026-11-24
review_in: 6
owner: ban-bien-tap
sources:
  - F1.14
shortlink: dang-nhap
tags:
  - đăng nhập
---

## Các bước

1. Mở **VNeID**.

## Vẫn không được

Hỏi Tổ công nghệ số cộng đồng.

![Màn hình đăng nhập VNeID](man-hinh-dang-nhap.webp)
"""


def serve_editor(folder: Path, project: Path, settings: EditorSettings) -> SiteServer:
    """Write the editor of a project into a folder and serve it."""
    config = configuration(load_library(project), settings, "https://kynangso.example.vn/")
    editor = folder / "bien-tap"
    editor.mkdir(parents=True)
    write_editor(editor, REPOSITORY / "node_modules", settings, config)
    return SiteServer(folder)


@pytest.fixture
def editor(tmp_path: Path, project: Path) -> Iterator[SiteServer]:
    """Serve the editor of the tiny project, with no git host."""
    server = serve_editor(tmp_path / "site", project, EditorSettings())
    yield server
    server.stop()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="vi-VN")
    context.set_default_timeout(30_000)
    yield context.new_page()
    context.close()


def address_of(server: SiteServer) -> str:
    return server.url.replace("127.0.0.1", "localhost") + "bien-tap/"


def sent_elsewhere(requests: list[Request], own: str) -> list[str]:
    """Return the requests to other origins that the policy did not stop before they were sent."""
    return [
        request.url
        for request in requests
        if not request.url.startswith((own, "blob:", "data:")) and request.failure != "csp"
    ]


def open_project(page: Page, server: SiteServer, project: Path) -> None:
    files = {
        file.relative_to(project).as_posix(): file.read_text()
        for file in (project / "docs").rglob("*.md")
    }
    page.goto(address_of(server))
    page.evaluate(OPEN_FOLDER, files)
    page.get_by_role("button", name="Làm việc với kho mã nguồn cục bộ").click()
    page.get_by_text("Tạo mới", exact=True).wait_for()


TEXTS = {
    "Tên bài": "Đăng nhập VNeID đúng cách",
    "Tóm tắt": "Mở VNeID bằng mật khẩu của bà con.",
    "Dành cho ai": "Người đã kích hoạt VNeID.",
    "Đường dẫn ngắn": "dang-nhap",
    "Giá trị của mục": "đăng nhập",
}


def open_new_guide(page: Page) -> None:
    """Open an empty form and click into it, which waits until no menu lies over it.

    `fill` alone does not wait for that: while the menu closes, what it types goes nowhere.
    """
    page.get_by_text("Tạo mới", exact=True).click()
    page.get_by_role("textbox", name="Tên bài").click()


def write_guide(page: Page) -> None:
    """Fill in the form as an editor does."""
    open_new_guide(page)
    for label, text in TEXTS.items():
        page.get_by_role("textbox", name=label).first.fill(text)
    page.locator("input[type=date]").fill("2026-11-24")
    page.get_by_role("combobox").click()
    page.get_by_role("option").filter(has_text="F1.14").click()
    page.locator("[contenteditable=true]").last.click()
    page.keyboard.press("Control+A")
    page.keyboard.press("Delete")
    page.keyboard.type("## Các bước\n1. Mở **VNeID**.\n\n## Vẫn không được\n")
    page.keyboard.type("Hỏi Tổ công nghệ số cộng đồng.\n")


def add_picture(page: Page, picture: Path) -> None:
    page.get_by_role("button", name="Ảnh", exact=True).click()
    page.get_by_role("button", name="Duyệt tệp").click()
    with page.expect_file_chooser() as chooser:
        page.get_by_role("dialog").get_by_role("button", name="Tải lên").click()
    chooser.value.set_files(picture)
    page.get_by_role("button", name="Chèn").click()
    page.get_by_text("Thay thế", exact=True).wait_for()
    page.get_by_role("textbox", name="Văn bản thay thế").fill("Màn hình đăng nhập VNeID")


def save(page: Page) -> None:
    page.get_by_role("button", name="Lưu", exact=True).click()
    page.get_by_text("Đã lưu bài viết.").first.wait_for()


def copy_back(page: Page, project: Path) -> None:
    """Write what the editor left in its folder into the project."""
    for name, data in page.evaluate(READ_FOLDER).items():
        file = project / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(bytes(data))


def test_new_guide_with_a_picture_passes_the_checks(
    page: Page, editor: SiteServer, project: Path, tmp_path: Path
) -> None:
    requests: list[Request] = []
    page.on("request", lambda request: requests.append(request))
    picture = tmp_path / "Màn hình đăng nhập.png"
    Image.new("RGB", (3000, 1500), "#1f5fa8").save(picture)
    open_project(page, editor, project)
    write_guide(page)
    add_picture(page, picture)
    save(page)
    copy_back(page, project)
    guide = project / "docs/guides/dinh-danh/dang-nhap-vneid-dung-cach.md"
    assert guide.read_text() == NEW_GUIDE
    with Image.open(guide.with_name("man-hinh-dang-nhap.webp")) as committed:
        assert (committed.format, committed.size) == ("WEBP", (2000, 1000))
    assert [str(problem) for problem in check_library(load_library(project))] == []
    assert sent_elsewhere(requests, "http://localhost:") == []


def test_edited_guide_keeps_what_was_not_touched(
    page: Page, editor: SiteServer, project: Path
) -> None:
    guide = project / "docs/guides/dinh-danh/kich-hoat.md"
    body = (
        "\n## Các bước\n\n1. Mở **VNeID**, xem {{ so_lieu.dinh_danh_kich_hoat ngay=15/8/2024 }}.\n"
        "2. Gọi [1900 0368](tel:19000368).\n\n## Vẫn không được\n\nXem [trang đầu](../../index.md)."
    )
    guide.write_text(guide.read_text().split("\n## ")[0] + body + "\n")
    open_project(page, editor, project)
    page.goto(f"{address_of(editor)}#/collections/guides-dinh-danh/entries/kich-hoat")
    page.locator("[contenteditable=true]").last.click()
    page.keyboard.press("Control+End")
    page.keyboard.type(" Thêm.")
    save(page)
    copy_back(page, project)
    front, _, written = guide.read_text().partition("\n---\n")
    assert written == f"{body} Thêm.\n"
    assert "\nreviewed: 2026-11-24\n" in front


def test_interface_is_vietnamese_and_its_configuration_is_accepted(
    page: Page, editor: SiteServer
) -> None:
    said: list[str] = []
    page.on("console", lambda message: said.append(f"{message.type} {message.text}"))
    page.goto(address_of(editor))
    page.get_by_role("button", name="Đăng nhập bằng mã truy cập").wait_for()
    assert page.evaluate("document.documentElement.lang") == "vi"
    assert [text for text in said if text.startswith("warning")] == []


def test_form_that_is_not_filled_in_says_so_in_vietnamese(
    page: Page, editor: SiteServer, project: Path
) -> None:
    open_project(page, editor, project)
    open_new_guide(page)
    page.get_by_role("textbox", name="Đường dẫn ngắn").fill("Có Dấu")
    page.get_by_role("button", name="Lưu", exact=True).click()
    page.get_by_text("trường bị lỗi. Vui lòng sửa lỗi để lưu bài viết.").first.wait_for()
    page.get_by_role("button", name="Xem lỗi").wait_for()
    page.get_by_text("Chỉ dùng chữ thường không dấu, số và gạch nối.").wait_for()
    assert page.get_by_text("Trường bắt buộc.").count() >= 3
    files = page.evaluate(READ_FOLDER)
    assert not [
        name for name in files if name.startswith("docs/") and not (project / name).exists()
    ]


def test_signing_in_asks_the_git_host_and_nobody_else(
    page: Page, project: Path, tmp_path: Path
) -> None:
    settings = EditorSettings("gitea", "to/kho", api_root="https://git.example.vn/api/v1")
    server = serve_editor(tmp_path / "site", project, settings)
    requests: list[Request] = []
    page.on("request", lambda request: requests.append(request))
    page.route("https://git.example.vn/**", lambda route: route.fulfill(status=401, json={}))
    page.goto(address_of(server))
    page.get_by_role("button", name="Đăng nhập bằng mã truy cập").click()
    page.locator("input:focus").fill("khong-co-that")
    with page.expect_request("https://git.example.vn/**"):
        page.keyboard.press("Enter")
    hosts = {url.split("/")[2] for url in sent_elsewhere(requests, "http://localhost:")}
    server.stop()
    assert hosts == {"git.example.vn"}


def test_a_residents_page_never_mentions_the_editor(real_site: Path) -> None:
    assert not (real_site / "bien-tap").exists()
    assert "bien-tap/" not in (real_site / "index.html").read_text()


def test_command_adds_the_editor_to_a_built_site(
    real_site: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    site = shutil.copytree(real_site, tmp_path / "site")
    for _ in range(2):  # a second run replaces the first
        assert build_cms.main(["--site", str(site)]) == 0
    assert capsys.readouterr().out == f"Đã thêm trang biên tập: {site}/bien-tap\n" * 2
    assert sorted(path.name for path in (site / "bien-tap").iterdir()) == [
        "cms",
        "config.json",
        "index.html",
        "modules",
        "start.js",
    ]
    assert not list(site.glob(".bien-tap-*"))


def test_command_without_a_built_site_says_what_to_do(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert build_cms.main(["--site", str(tmp_path)]) == 1
    assert capsys.readouterr().err == (
        "Chưa có trang hoặc gói biên tập. Chạy: make cms-try, hoặc SITE_URL=https://… make cms\n"
    )
