"""A sheet of paper whose QR code is scanned when facts may have changed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from support.browser.server import SiteServer
from support.builds import SITE_FRONT, build_site
from support.paper import codes_on, draw, pages_of
from support.project import write

from desk.fact_record import record_facts
from portal.drawn.paper.sources import handouts_of
from portal.library.library import load_library
from portal.library.site_identity import Site

SHEET = "to-roi/dinh-danh/kich-hoat.pdf"
GUIDE = "guides/dinh-danh/kich-hoat/"
BODY = "\n## Các bước\n\n1. Gọi [1900 {0}](tel:1900{0}).\n\n## Vẫn không được\n\nHỏi Công an xã.\n"


@pytest.fixture
def scanned(site_project: Path) -> Iterator[tuple[SiteServer, str]]:
    """Serve a site in which a number differs from that on a sheet; yield what its QR code says."""
    guide = write(site_project / f"docs/{GUIDE[:-1]}.md", SITE_FRONT + BODY.format("0368"))
    library = load_library(site_project)
    sheet = handouts_of(library, Site("Cổng", "Cho bà con", "https://kns.example.vn/"), {})[SHEET]
    record_facts(site_project, library)
    write(guide, SITE_FRONT + BODY.format("0369"))
    for name in ("data/contacts.yml", "data/facts.yml"):
        file = site_project / name
        write(file, file.read_text(encoding="utf-8").replace("0368", "0369"))
    server = SiteServer(build_site(site_project))
    (code,) = codes_on(pages_of(draw({SHEET: sheet})[SHEET])[0])
    yield server, code
    server.stop()


def test_an_old_sheet_opens_its_page_with_the_change_and_no_other(
    page: Page, browser: Browser, scanned: tuple[SiteServer, str]
) -> None:
    server, code = scanned
    address = code.replace("https://kns.example.vn/", server.url)
    assert address[:-4] == f"{server.url}kich-hoat/#T"
    page.goto(address)
    note = page.locator(".sheet-note")
    expect(note).to_contain_text("Tờ này in theo bản ngày 24/11/2026. Từ đó có 1 điều đã đổi:")
    expect(note.locator("li")).to_have_text(
        ["Số gọi Tổng đài VNeID: trước là 1900 0368, nay là 1900 0369."]
    )
    assert page.url == f"{server.url}{GUIDE}#T{address[-4:]}"
    page.goto("about:blank")
    page.goto(f"{server.url}{GUIDE}#TAAAA")
    expect(note).to_have_text(
        "Trang không nhận ra tờ này: có thể tờ in từ bản nháp. Bà con làm theo bài trên máy."
    )
    page.evaluate(f"location.hash = '#T{address[-4:]}&fbclid=x'")  # in the same tab
    expect(note).to_contain_text("Từ đó có 1 điều đã đổi:")
    expect(note).to_have_count(1)
    page.evaluate("history.replaceState(null, '', '#')")
    page.evaluate(f"location.hash = '#t{address[-4:].lower()}'")
    expect(note.locator("li")).to_have_count(1)
    page.evaluate("document.querySelector('.sheet-note').remove()")
    page.evaluate("document.querySelector('h1').id = 'thuoc'")
    page.evaluate("location.hash = '#thuoc'")  # a heading of the page
    page.evaluate("location.hash = '#the-hoc'")
    expect(note).to_have_count(0)
    page.goto(f"{server.url}{GUIDE}?fbclid=x#T{address[-4:-1]}")
    expect(note).to_have_text(
        "Trang không nhận ra tờ này: có thể tờ in từ bản nháp. Bà con làm theo bài trên máy."
    )
    plain = browser.new_page(java_script_enabled=False)
    plain.goto(address)
    expect(plain.locator(".checked")).to_contain_text(
        "Ban biên tập đọc ngày 24/11/2026. Cầm tờ in cũ hơn thì theo bài này."
    )
    plain.close()
    page.goto("about:blank")
    page.route("**/to-in.json", lambda route: route.abort())
    page.goto(f"{server.url}{GUIDE}#T{address[-4:]}")
    expect(note).to_have_text(
        "Chưa hỏi được tờ giấy bà con cầm còn đúng không. Có mạng thì tải lại trang."
    )
