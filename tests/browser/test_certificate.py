"""The certificate of attendance: a name is typed, printed, and nowhere else."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote

import pypdfium2
from playwright.sync_api import Browser, Page, expect
from support.browser.server import SiteServer
from support.floor import CERTIFICATE
from support.paper import text_of

NAME = "Nguyễn Thị Ngọc Ưỡng"


def test_a_name_is_printed_and_neither_kept_nor_sent(
    page: Page, server: SiteServer, tmp_path: Path
) -> None:
    page.goto(server.url + "buoi-hoc/")
    page.get_by_role("link", name="Giấy ghi nhận", exact=True).click()
    page.wait_for_url(server.url + CERTIFICATE)
    box = page.get_by_label("Tên người học")
    expect(page.locator("[data-certificate]")).to_have_class("finder needs-js works")
    sent = list[str]()
    page.on("request", lambda asked: sent.append(f"{unquote(asked.url)} {asked.post_data}"))
    box.fill(NAME)
    expect(page.locator(".certificate-name")).to_have_text(NAME)
    expect(page.locator("main input[name], main form")).to_have_count(0)
    page.pdf(path=tmp_path / "giay.pdf", prefer_css_page_size=True)
    pdf = (tmp_path / "giay.pdf").read_bytes()
    (sheet,) = pypdfium2.PdfDocument(pdf)
    assert [round(side / 72 * 25.4) for side in sheet.get_size()] == [297, 210]
    text = text_of(pdf)
    assert NAME in text
    assert "không phải văn bằng, chứng chỉ, không có dấu của cơ quan nhà nước" in text
    assert "Tên người học" not in text
    assert [each for each in sent if "Nguyễn" in each] == []
    assert NAME not in page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}])")
    page.goto(server.url)
    page.go_back()
    expect(page.locator(".certificate-name")).to_have_text("")
    expect(box).to_have_value("")


def test_without_scripts_there_are_lines_to_write_on(browser: Browser, server: SiteServer) -> None:
    page = browser.new_page(java_script_enabled=False)
    page.goto(server.url + CERTIFICATE)
    expect(page.locator("main input").first).not_to_be_visible()
    lines = page.locator(".certificate-name, .certificate-field span")
    expect(lines).to_have_count(4)
    for line in lines.all():
        assert line.evaluate("line => getComputedStyle(line).borderBottomStyle") == "dotted"
    page.close()
