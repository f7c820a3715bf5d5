"""Controls show once they work; where they cannot, the page says so and what to do."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from support.browser.chromium import ZALO
from support.browser.server import HeldRequests, SiteServer, wait_until
from support.floor import EVENING, GUIDE, STORY

PARTS = [
    ("domain-form.js", "kiem-tra-ten-mien/", "textarea"),
    ("place-finder.js", "toi-o-dau/", "#ten-cu"),
    ("share.js", GUIDE, "[data-share=copy]"),
    ("learning-progress.js", EVENING, ".done-box"),
]
SIZE = "each => [each.offsetLeft, each.offsetWidth, each.offsetHeight]"
NOT_WHOLE = "Trang chưa tải đủ nên vài nút chưa hiện. Bà con kiểm tra mạng, rồi tải lại trang."
PART_MISSING = "Phần này chưa tải được. Bà con kiểm tra mạng, rồi tải lại trang."


@pytest.mark.parametrize(("_", "address", "control"), PARTS)
def test_controls_keep_their_place_until_the_script_has_come(
    page: Page, server: SiteServer, _: str, address: str, control: str
) -> None:
    held = HeldRequests(page, "**/site.js")
    page.goto(server.url + address, wait_until="commit")
    wait_until(page, "document.readyState !== 'loading' && document.fonts.status === 'loaded'")
    place = page.locator(control).first
    expect(place).to_be_hidden()
    size = place.evaluate(SIZE)
    held.release(page)
    expect(place).to_be_visible()
    assert place.evaluate(SIZE) == size
    expect(page.locator(".broken-note")).to_be_hidden()


def test_a_page_whose_script_is_missing_says_so(page: Page, server: SiteServer) -> None:
    page.route("**/site.js", lambda route: route.abort())
    page.goto(server.url + GUIDE)
    expect(page.locator(".broken-note")).to_have_text(NOT_WHOLE)
    expect(page.locator(".broken-note")).to_be_visible()
    expect(page.locator(".needs-js:visible")).to_have_count(0)


@pytest.mark.parametrize(("script", "address", "control"), PARTS)
def test_a_part_whose_script_is_missing_says_so_and_the_rest_works(
    page: Page, server: SiteServer, script: str, address: str, control: str
) -> None:
    page.route(f"**/{script}", lambda route: route.abort())
    page.goto(server.url + address)
    expect(page.get_by_text(PART_MISSING)).to_be_visible()
    expect(page.locator(control).first).to_be_hidden()
    page.get_by_role("button", name="A+").click()
    expect(page.locator("html")).to_have_attribute("data-size", "1")


@pytest.fixture
def zalo(browser: Browser) -> Iterator[Page]:
    agent = ZALO.format(80)
    phone = browser.new_context(viewport={"width": 360, "height": 640}, user_agent=agent)
    yield phone.new_page()
    phone.close()


def test_in_an_app_the_sheet_takes_the_place_of_printing(zalo: Page, server: SiteServer) -> None:
    zalo.goto(server.url + GUIDE)
    tools = zalo.get_by_role("group", name="Công cụ của bài")
    link = tools.get_by_role("link", name="Tờ in (PDF)")
    expect(link).to_have_attribute("href", re.compile(r"/cai-may\.pdf$"))
    expect(tools.get_by_role("button", name="In bài")).to_have_count(0)
    zalo.goto(server.url + STORY)
    expect(zalo.get_by_role("button", name="Chép lời nhắn")).to_be_visible()
    expect(zalo.get_by_role("button", name="In bài")).to_have_count(0)


def test_in_an_app_reading_aloud_leads_to_where_it_works(zalo: Page, server: SiteServer) -> None:
    zalo.goto(server.url + GUIDE)
    tools = zalo.get_by_role("group", name="Công cụ của bài")
    tools.get_by_role("button", name="Nghe đọc").click()
    expect(tools.get_by_role("status")).to_contain_text(
        "Trong ứng dụng này không nghe được. Mở bằng Chrome để nghe."
    )
    out = tools.get_by_role("link", name="Mở bằng Chrome")
    address = server.url.removeprefix("http:") + GUIDE
    expect(out).to_have_attribute("href", f"intent:{address}#Intent;scheme=http;end")
    tools.get_by_role("button", name="Chép đường dẫn").click()
    expect(tools.get_by_role("button", name="Đã chép")).to_be_visible()
