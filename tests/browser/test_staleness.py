"""What a static page says about its own age, and figures as a reader meets them."""

from __future__ import annotations

import datetime

from playwright.sync_api import Browser, Page, expect
from support.browser.server import SiteServer
from support.floor import GUIDE, STORY


def open_on(page: Page, day: str, address: str) -> None:
    """Open a page as on some day, at noon."""
    page.clock.set_fixed_time(f"{day}T12:00:00Z")
    page.goto(address)
    page.wait_for_load_state("load")


def test_a_figure_that_was_old_when_written_says_so_without_scripts(
    browser: Browser, server: SiteServer
) -> None:
    page = browser.new_page(java_script_enabled=False)
    page.goto(server.url + STORY)
    notes = page.locator(".figure [data-stale-after='2025-08-15'] .stale-note")
    expect(notes).to_have_count(2)
    for note in notes.all():
        expect(note).to_be_visible()
        expect(note).to_have_text(" Số liệu đã cũ.")
    page.close()


def test_a_guide_waits_for_its_check_once_the_review_is_due(page: Page, server: SiteServer) -> None:
    open_on(page, "2026-11-25", server.url + GUIDE)
    note = page.locator(".page-foot .stale-note")
    expect(note).to_be_hidden()
    due = page.locator(".page-foot [data-stale-after]").get_attribute("data-stale-after")
    after = datetime.date.fromisoformat(due or "") + datetime.timedelta(days=1)
    open_on(page, after.isoformat(), server.url + GUIDE)
    expect(note).to_be_visible()
    expect(note).to_have_text("Đang chờ kiểm tra lại.")


def test_a_figure_leads_to_its_row_with_place_doubt_and_source(
    page: Page, server: SiteServer
) -> None:
    page.goto(server.url + STORY)
    page.locator(".figure-note").first.click()
    row = page.locator(":target")
    expect(row.locator("data")).to_have_text("khoảng 91%")
    expect(row).to_contain_text("Bài không nói từ bao nhiêu tuổi là trưởng thành.")
    expect(row.locator("a")).to_have_text("Báo Ninh Bình, 8/9/2024")


def test_bars_and_words_fit_a_phone_at_the_largest_text(page: Page, server: SiteServer) -> None:
    page.goto(server.url + "so-lieu/")
    page.evaluate("document.documentElement.dataset.size = '3'")
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    for row in page.locator(".chart p").all():
        label, figure = (span.bounding_box() for span in row.locator("span").all())
        assert label["x"] + label["width"] <= figure["x"]
    widths = [bar.bounding_box() for bar in page.locator(".chart .bar .value").all()]
    assert [round(box["width"] / widths[0]["width"], 2) for box in widths if box] == [1, 0.84, 0.78]
