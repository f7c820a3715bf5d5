"""Sending a page on in a real Chromium: with and without JavaScript, inside Zalo, on paper."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pypdfium2
import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Browser, Page, expect
from support.browser.server import SiteServer
from support.floor import SHORT_LINKED as GUIDE
from support.floor import STORY

SHORT = "http://localhost:8000/kich-hoat/"
MESSAGE = f"Kích hoạt VNeID\nLàm trên điện thoại của bà con.\n{SHORT}"
ANDROID = "Mozilla/5.0 (Linux; Android 10; SM-A105) AppleWebKit/537.36 Chrome/80.0 Mobile Zalo/23.1"
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 15_0 like Mac OS X) AppleWebKit/605.1.15 Zalo iOS/500"
STUB_CLIPBOARD = """
Object.defineProperty(navigator, "clipboard", {value: {
  writeText: (text) => { window.copied = text; return Promise.resolve(); },
}});
"""
NO_CLIPBOARD = """
Object.defineProperty(navigator, "clipboard", {value: undefined});
document.execCommand = () => ALLOWED && (window.copied = getSelection().toString(), true);
"""
STUB_SHARE = "navigator.share = (sent) => { window.sent = sent; return Promise.resolve(); };"


def open_guide(page: Page, server: SiteServer, script: str = "") -> None:
    page.add_init_script(script)
    page.goto(server.url + GUIDE)
    expect(page.get_by_role("button", name="Chép lời nhắn")).to_be_visible()  # its script has come


def test_ready_message_is_copied_and_said_so(page: Page, server: SiteServer) -> None:
    open_guide(page, server, STUB_CLIPBOARD)
    page.get_by_role("button", name="Chép lời nhắn").click()
    expect(page.locator(".share-bar [role=status]")).to_have_text(re.compile("^Đã chép."))
    assert page.evaluate("window.copied") == MESSAGE
    expect(page.locator(".share-message")).to_be_hidden()


def test_browser_without_a_clipboard_copies_the_selection(page: Page, server: SiteServer) -> None:
    open_guide(page, server, NO_CLIPBOARD.replace("ALLOWED", "true"))
    page.get_by_role("button", name="Chép lời nhắn").click()
    expect(page.locator(".share-bar [role=status]")).to_have_text(re.compile("^Đã chép."))
    assert page.evaluate("window.copied") == MESSAGE


def test_message_is_shown_where_nothing_can_be_copied(page: Page, server: SiteServer) -> None:
    open_guide(page, server, NO_CLIPBOARD.replace("ALLOWED", "false"))
    page.get_by_role("button", name="Chép lời nhắn").click()
    expect(page.locator(".share-bar [role=status]")).to_contain_text("Bấm giữ vào ô dưới đây")
    expect(page.locator(".share-message")).to_be_visible()
    assert page.evaluate("getSelection().toString()") == MESSAGE


def test_share_sheet_is_offered_only_where_there_is_one(page: Page, server: SiteServer) -> None:
    open_guide(page, server, "Object.defineProperty(navigator, 'share', {value: undefined});")
    expect(page.get_by_role("button", name="Gửi đi")).to_be_hidden()


def test_share_sheet_gets_title_text_and_link(page: Page, server: SiteServer) -> None:
    open_guide(page, server, STUB_SHARE)
    page.get_by_role("button", name="Gửi đi").click()
    title, summary, url = MESSAGE.split("\n")
    assert page.evaluate("window.sent") == {
        "title": title,
        "text": f"{title}\n{summary}",
        "url": url,
    }


def test_qr_code_is_fetched_when_opened_and_read_from_the_screen(
    page: Page, server: SiteServer
) -> None:
    fetched = list[str]()
    page.on("request", lambda request: fetched.append(request.url))
    open_guide(page, server)
    assert not any("/qr/" in url for url in fetched)
    page.get_by_text("Mã QR để máy khác soi").click()
    image = page.get_by_role("img", name="Mã QR mở localhost:8000/kich-hoat")
    image.scroll_into_view_if_needed()
    image.evaluate("image => image.decode()")
    assert image.evaluate("image => image.clientWidth") >= 280
    screen = Image.open(io.BytesIO(image.screenshot()))
    assert [found.text for found in zxingcpp.read_barcodes(screen)] == [SHORT]


@pytest.mark.parametrize(
    ("agent", "link"),
    [(ANDROID, "intent://127.0.0.1:{port}/{page}#Intent;scheme=http;end"), (IPHONE, None)],
)
def test_zalo_readers_are_shown_the_way_to_their_browser(
    browser: Browser, server: SiteServer, agent: str, link: str | None
) -> None:
    context = browser.new_context(user_agent=agent, viewport={"width": 360, "height": 740})
    page = context.new_page()
    page.goto(server.url + GUIDE)
    hint = page.locator(".share-outside")
    expect(hint).to_contain_text("bấm nút ba chấm ở góc màn hình")
    expect(hint).to_be_visible()
    if link:
        port = server.url.rstrip("/").rpartition(":")[2]
        href = link.format(port=port, page=GUIDE)
        expect(hint.locator("a")).to_have_attribute("href", href)
    else:
        expect(hint.locator("a")).to_be_hidden()
    context.close()


def test_other_browsers_see_nothing_of_zalo(page: Page, server: SiteServer) -> None:
    open_guide(page, server)
    expect(page.locator(".share-outside")).to_be_hidden()


def test_without_scripts_link_handout_and_qr_code_work(
    browser: Browser, server: SiteServer
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(server.url + GUIDE)
    bar = page.locator(".share-bar")
    expect(bar.get_by_role("link", name="localhost:8000/kich-hoat")).to_be_visible()
    handout = bar.get_by_role("link", name="Tờ in (PDF)").get_attribute("href")
    assert page.request.get(server.url + GUIDE + handout).body().startswith(b"%PDF-")
    expect(bar.get_by_role("button")).to_have_count(0)
    bar.get_by_text("Mã QR để máy khác soi").click()
    expect(bar.get_by_role("img", name="Mã QR mở localhost:8000/kich-hoat")).to_be_visible()
    context.close()


def test_short_link_leads_to_its_page_without_scripts(browser: Browser, server: SiteServer) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(server.url + "kich-hoat/")
    page.wait_for_url(server.url + GUIDE)
    expect(page.locator("h1")).to_have_text("Kích hoạt VNeID")
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_printed_page_is_black_on_white_without_tools(
    browser: Browser, server: SiteServer, scheme: str, tmp_path: Path
) -> None:
    context = browser.new_context(color_scheme=scheme)
    page = context.new_page()
    page.goto(server.url + STORY)
    data = page.pdf(format="A4", print_background=True)
    context.close()
    document = pypdfium2.PdfDocument(data)
    text = " ".join(" ".join(each.get_textpage().get_text_range() for each in document).split())
    assert "localhost:8000/lac-hien" in text
    assert text.count("Không phải trang chính thức của cơ quan nhà nước.") == 1
    for tool in ("Chép lời nhắn", "Mã QR để máy khác soi", "Nhà Chủ đề", "Số gọi khi cần"):
        assert tool not in text
    paper = document[0].render(scale=0.5).to_pil().convert("L")
    assert paper.getpixel((2, 2)) == 255
    assert paper.histogram()[255] > 0.6 * paper.width * paper.height
    assert paper.getextrema()[0] < 90


def printed_pages(browser: Browser, url: str) -> list[str]:
    """Return the text of each page of paper, with single blanks."""
    page = browser.new_page()
    page.goto(url)
    page.wait_for_load_state("networkidle")
    sheets = pypdfium2.PdfDocument(page.pdf(format="A4"))
    page.close()
    return [" ".join(sheet.get_textpage().get_text_range().split()) for sheet in sheets]


def test_paper_parts_no_heading_from_its_steps_and_no_number_from_its_note(
    browser: Browser, server: SiteServer
) -> None:
    guide = printed_pages(browser, server.url + GUIDE)
    (first,) = (text for text in guide if "Các bước" in text)
    assert "Mở VNeID" in first.partition("Các bước")[2]
    assert len(guide) <= 3
    contacts = printed_pages(browser, f"{server.url}goi-giup/")
    (found,) = (text for text in contacts if "Báo cuộc gọi, tin nhắn lừa đảo" in text)
    assert "Cước: miễn phí" in found.partition("Báo cuộc gọi, tin nhắn lừa đảo")[2]


def test_addresses_of_other_sites_stand_behind_their_links_on_paper(
    browser: Browser, server: SiteServer
) -> None:
    text = " ".join(printed_pages(browser, server.url + STORY)).replace(" ", "")
    assert "BáoNinhBình(https://baoninhbinh.org.vn/" in text


def test_no_request_leaves_the_site(page: Page, server: SiteServer) -> None:
    asked = list[str]()
    page.on("request", lambda request: asked.append(request.url))
    open_guide(page, server, STUB_CLIPBOARD)
    page.get_by_role("button", name="Chép lời nhắn").click()
    page.get_by_text("Mã QR để máy khác soi").click()
    page.wait_for_load_state("networkidle")
    assert [url for url in asked if not url.startswith(server.url)] == []
