"""The web editor in a real browser: nothing leaves, and what it writes passes the checks."""

from __future__ import annotations

import datetime
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from PIL import Image
from playwright.sync_api import Browser, Page, Request, expect
from support.browser.git_host import API, GitHost
from support.browser.git_host import REPOSITORY as HOSTED
from support.browser.server import SiteServer
from support.project import REPOSITORY
from support.waiting import wait_until

from desk.cms import EditorSettings, configuration
from desk.cms_package import write_editor
from portal.checks import check_library
from portal.library.library import load_library
from portal.library.team_stories import QUESTIONS

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
def host(page: Page, project: Path) -> GitHost:
    """Return the git host that holds the tiny project, answering the page."""
    host = GitHost(project)
    host.serve(page)
    return host


@pytest.fixture
def hosted(tmp_path: Path, project: Path, host: GitHost) -> Iterator[SiteServer]:
    """Serve the editor of the tiny project on that host."""
    settings = EditorSettings("gitea", HOSTED, api_root=API)
    server = serve_editor(tmp_path / "site", project, settings)
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


def sign_in(page: Page, server: SiteServer) -> None:
    """Open the editor with an access token for the git host."""
    page.goto(address_of(server))
    page.get_by_role("button", name="Đăng nhập bằng mã truy cập").click()
    page.locator("input:focus").fill("ma-truy-cap")
    page.keyboard.press("Enter")
    page.get_by_text("Tạo mới", exact=True).wait_for()


def open_guide(page: Page, server: SiteServer) -> None:
    """Open the tiny project's guide and put the caret at its end."""
    page.goto(f"{address_of(server)}#/collections/guides-dinh-danh/entries/kich-hoat")
    page.locator("[contenteditable=true] > p").last.click()
    page.keyboard.press("End")


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
    chosen = page.get_by_text("Thay thế", exact=True)
    before = chosen.count()
    page.get_by_role("button", name="Hình", exact=True).click()
    page.get_by_role("button", name="Duyệt tệp").click()
    with page.expect_file_chooser() as chooser:
        page.get_by_role("dialog").get_by_role("button", name="Tải lên").click()
    chooser.value.set_files(picture)
    page.get_by_role("button", name="Chèn").click()
    expect(chosen).to_have_count(before + 1, timeout=30_000)


def describe(page: Page, *descriptions: str) -> None:
    """Write the words of every picture, in order."""
    boxes = page.get_by_role("textbox", name="Lời tả hình")
    for number, description in enumerate(descriptions):
        boxes.nth(number).fill(description)


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
    describe(page, "Màn hình đăng nhập VNeID")
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
    open_guide(page, editor)
    page.keyboard.type(" Thêm.")
    save(page)
    copy_back(page, project)
    front, _, written = guide.read_text().partition("\n---\n")
    assert written == f"{body} Thêm.\n"
    assert "\nreviewed: 2026-11-24\n" in front


def test_sources_that_are_written_out_are_kept(
    page: Page, hosted: SiteServer, project: Path
) -> None:
    guide = project / "docs/guides/dinh-danh/kich-hoat.md"
    own = "sources: [F1.14, {name: Báo A, url: 'https://baonb.vn/x', date: 2024-09-08}]"
    lines = guide.read_text().splitlines()
    guide.write_text("\n".join(own if line[:7] == "sources" else line for line in lines) + "\n")
    sign_in(page, hosted)
    open_guide(page, hosted)
    page.keyboard.type(" Thêm.")
    save(page)
    assert load_library(project).by_uri["guides/dinh-danh/kich-hoat.md"].meta["sources"] == [
        "F1.14",
        {"name": "Báo A", "url": "https://baonb.vn/x", "date": datetime.date(2024, 9, 8)},
    ]


LEAVING = "dialog.leaving"
# The dialog gives back the focus, then the caret; the editor hears of it a frame later.
HAS_CARET = """async text => {
  const { anchorNode, anchorOffset } = getSelection();
  const frame = () => new Promise(requestAnimationFrame);
  const isThere = !!anchorNode && anchorNode.textContent.slice(0, anchorOffset).endsWith(text);
  if (isThere) await frame().then(frame);
  return isThere;
}"""


def wait_for_caret(page: Page, after: str) -> None:
    expect(page.locator("[contenteditable=true]").last).to_be_focused()
    wait_until(lambda: page.evaluate(HAS_CARET, after))


def test_leaving_asks_and_the_draft_is_kept(
    page: Page, hosted: SiteServer, host: GitHost, project: Path
) -> None:
    sign_in(page, hosted)
    open_guide(page, hosted)
    page.keyboard.type(" Một hai ba.")
    address = page.url
    page.evaluate("history.back()")
    expect(page.locator(f"{LEAVING} p").first).to_have_text(
        "Bản nháp được giữ trong trình duyệt của máy này, chưa ai khác thấy. "
        "Mở lại bài, bấm Khôi phục là viết tiếp được."
    )
    page.get_by_role("button", name="Viết tiếp").click()
    assert page.url == address
    wait_for_caret(page, "Một hai ba.")
    page.keyboard.type(" Bốn.")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Hủy chỉnh sửa").click()
    page.get_by_role("button", name="Rời đi").click()
    page.get_by_text("Tạo mới", exact=True).wait_for()
    assert host.commits == []
    page.goto(address)
    page.get_by_role("button", name="Khôi phục").click()
    page.get_by_text("Đã khôi phục bản sao lưu của bản nháp.").first.wait_for()
    save(page)
    guide = project / "docs/guides/dinh-danh/kich-hoat.md"
    assert guide.read_text().endswith("\nHỏi Công an xã. Một hai ba. Bốn.\n")
    assert host.commits == ["Sửa bài: kich-hoat"]
    page.goto(address)
    page.locator("[contenteditable=true]").last.wait_for()
    page.evaluate("history.back()")
    page.get_by_text("Tạo mới", exact=True).wait_for()  # nothing was written, nothing is asked


def test_leaving_says_so_where_no_draft_is_kept(
    page: Page, editor: SiteServer, project: Path
) -> None:
    open_project(page, editor, project)
    open_guide(page, editor)
    page.keyboard.type(" Một.")
    page.get_by_role("button", name="Hủy chỉnh sửa").click()
    expect(page.locator(f"{LEAVING} p").first).to_have_text(
        "Rời đi thì mất những chỗ chưa lưu. Muốn giữ thì bấm Viết tiếp, rồi bấm Lưu."
    )
    page.keyboard.press("Escape")
    wait_for_caret(page, "Một.")
    page.keyboard.type(" Hai.")
    save(page)
    copy_back(page, project)
    text = (project / "docs/guides/dinh-danh/kich-hoat.md").read_text()
    assert text.endswith("\nHỏi Công an xã. Một. Hai.\n")


def phone_photo(file: Path) -> Path:
    """Write a photo of 12 megapixels and over 5 MB as a phone does: lying, with a place."""
    noise = Image.effect_noise((2016, 1512), 60).resize((4032, 3024), Image.Resampling.BICUBIC)
    exif = Image.Exif()
    exif[0x0112] = 6
    exif.get_ifd(0x8825).update({1: "N", 2: (20.0, 15.0, 0.0), 3: "E", 4: (105.0, 58.0, 0.0)})
    noise.convert("RGB").save(file, quality=90, exif=exif)
    assert file.stat().st_size > 5_000_000
    return file


def test_photos_of_phones_need_words_and_nothing_else(
    page: Page, hosted: SiteServer, host: GitHost, project: Path, tmp_path: Path
) -> None:
    iphone = shutil.copy(REPOSITORY / "tests/data/iphone.heic", tmp_path / "IMG_2041.HEIC")
    sign_in(page, hosted)
    open_guide(page, hosted)
    page.keyboard.press("Enter")
    for photo in (iphone, phone_photo(tmp_path / "IMG_2042.JPG")):
        add_picture(page, photo)
        page.locator("[contenteditable=true] > p").last.click()
    describe(page, "Ao làng buổi sáng")
    page.get_by_role("button", name="Lưu", exact=True).click()
    page.get_by_text(
        "Có hình chưa có lời tả. Viết vào ô “Lời tả hình” dưới hình, rồi lưu lại."
    ).wait_for()
    assert host.commits == []
    page.get_by_role("button", name="Đồng ý").click()
    describe(page, "Ao làng buổi sáng", "Sân phơi thóc buổi trưa")
    save(page)
    folder = project / "docs/guides/dinh-danh"
    assert (
        (folder / "kich-hoat.md")
        .read_text()
        .endswith(
            "\nHỏi Công an xã.\n\n![Ao làng buổi sáng](img_2041.webp)\n\n"
            "![Sân phơi thóc buổi trưa](img_2042.webp)\n"
        )
    )
    with Image.open(folder / "img_2041.webp") as first:
        assert (first.format, first.size, dict(first.getexif())) == ("WEBP", (1200, 900), {})
        red, green, blue = first.convert("RGB").getpixel((900, 450))
        assert (red > 220, green > 180, blue < 100) == (True, True, True)
    with Image.open(folder / "img_2042.webp") as second:
        assert (second.format, second.size, dict(second.getexif())) == ("WEBP", (1500, 2000), {})
    assert (folder / "img_2042.webp").stat().st_size < 2_000_000
    assert [str(problem) for problem in check_library(load_library(project))] == []


PASTE = """(html) => {
  const clipboardData = new DataTransfer();
  clipboardData.setData("text/html", html);
  document.activeElement.dispatchEvent(
    new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
}"""
CASES = {
    case["name"]: case
    for case in yaml.safe_load((Path(__file__).parent / "cases/pasted.yml").read_text())
}


def test_what_is_pasted_becomes_lists_and_tables(page: Page, editor: SiteServer) -> None:
    page.goto(address_of(editor) + "page.css")
    read = """async ([html, text]) => (await import("./paste.js")).readPaste(html, text)"""
    given = {
        name: page.evaluate(read, [case.get("html", ""), case.get("text", "")])
        for name, case in CASES.items()
    }
    assert given == {name: case["gives"] for name, case in CASES.items()}


def test_article_pasted_from_word_arrives_as_markdown(
    page: Page, hosted: SiteServer, project: Path
) -> None:
    sign_in(page, hosted)
    write_guide(page)
    page.keyboard.press("Control+A")
    page.keyboard.press("Delete")
    names = (
        "headings of Word become those of an article, without bold and numbers",
        "numbered list of Word with letters below a step",
        "table of Word has header cells and one line a cell",
        "Facebook post with bullets and pictures of emoji",
    )
    page.evaluate(PASTE, "".join(CASES[name]["html"] for name in names))
    save(page)
    guide = project / "docs/guides/dinh-danh/dang-nhap-vneid-dung-cach.md"
    assert (
        guide.read_text().partition("\n---\n")[2]
        == """
## Các bước

### Máy Samsung

1. Mở **Cài đặt** trên máy.
    1. Máy Samsung: bấm **Kết nối**.
2. Bật Wi-Fi.

| Việc | Hỏi ai |
| --- | --- |
| Mất thẻ | Công an xã; Ủy ban / một cửa |

Lớp học ở nhà văn hóa 👉

- Thứ bảy: gọi video
- Chủ nhật: khóa máy

Ai cũng đến được.
"""
    )


def test_three_clicks_replace_the_advice_and_no_heading(page: Page, hosted: SiteServer) -> None:
    page.set_viewport_size({"width": 1280, "height": 2400})
    sign_in(page, hosted)
    open_new_guide(page)
    text = page.locator("[contenteditable=true]").last
    headings = text.locator("h2").all_inner_texts()
    for advice in (text.locator("ol li").first, text.locator("> p").first):
        advice.click(click_count=3)
        page.keyboard.type("Lời của bài.")
    expect(text.get_by_text("Lời của bài.", exact=True)).to_have_count(2)
    assert text.locator("h2").all_inner_texts() == headings


def test_team_tells_its_story_in_its_own_form(
    page: Page, hosted: SiteServer, project: Path
) -> None:
    page.set_viewport_size(
        {"width": 1280, "height": 2400}
    )  # fields are made once they are in sight
    sign_in(page, hosted)
    page.get_by_role("treeitem", name="Chuyện tổ tự kể").click()
    open_new_guide(page)
    texts = {
        "Tên bài": "Tổ xóm Đình mở lớp tối",
        "Tóm tắt": "Tổ xóm Đình kể việc mở lớp tối thứ bảy.",
        "Tổ": "Tổ công nghệ số cộng đồng xóm Đình",
        "Nơi, lúc đó": "xóm Đình",
        "Nơi, bây giờ": "xã Yên Mô",
        "Tên nguồn": "Phiếu tự kể của tổ xóm Đình, trưởng xóm giữ",
    }
    for label, text in texts.items():
        page.get_by_role("textbox", name=label, exact=True).first.fill(text)
    for box in page.locator("input[type=date]").all():
        box.fill("2026-11-24")
    save(page)
    story = load_library(project).by_uri["stories/to-xom-dinh-mo-lop-toi.md"]
    assert story.meta["sources"] == [
        {
            "name": "Phiếu tự kể của tổ xóm Đình, trưởng xóm giữ",
            "date": datetime.date(2026, 11, 24),
            "url": "",
            "says": "",
        }
    ]
    headings = [line[3:] for line in story.file.body.splitlines() if line.startswith("## ")]
    assert headings == list(QUESTIONS)
    for label, count in {"Chuyện tổ tự kể": 1, "Chuyện theo bài báo": 0}.items():
        page.get_by_role("treeitem", name=label).click()
        expect(page.get_by_role("main", name=label)).to_be_visible()
        expect(page.get_by_text("Tổ xóm Đình mở lớp tối")).to_have_count(count)


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


def test_a_residents_page_never_mentions_the_editor(small_site: Path) -> None:
    assert not (small_site / "bien-tap").exists()
    assert "bien-tap/" not in (small_site / "index.html").read_text()


def test_command_adds_the_editor_to_a_built_site(
    small_site: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    site = shutil.copytree(small_site, tmp_path / "site")
    for _ in range(2):  # a second run replaces the first
        assert build_cms.main(["--site", str(site)]) == 0
    assert capsys.readouterr().out == f"Đã thêm trang biên tập: {site}/bien-tap\n" * 2
    assert sorted(path.name for path in (site / "bien-tap").iterdir()) == [
        "cms",
        "config.json",
        "index.html",
        "leaving.js",
        "modules",
        "page.css",
        "paste.js",
        "pictures.js",
        "selection.js",
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
