"""A copy on a stick, opened from the file manager of a computer: no server, no network."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from desk.publishing.folder import NAME, START

LINKS = "[...document.links].map((link) => link.href.split('#')[0])"


def test_every_page_opens_from_a_file_without_a_complaint(page: Page, carried: Path) -> None:
    asked = list[str]()
    page.on("request", lambda request: asked.append(request.url))
    home = (carried / NAME / "index.html").as_uri()
    page.goto((carried / START).as_uri())
    page.wait_for_url(home)
    seen, waiting = {home}, [home]
    while waiting:
        page.goto(waiting.pop())
        links = {link for link in page.evaluate(LINKS) if link.endswith(".html")}
        waiting += sorted({link for link in links if link.startswith("file:")} - seen)
        seen |= set(waiting)
    assert len(seen) == len(list((carried / NAME).rglob("*.html")))
    assert [url for url in asked if not url.startswith("file:")] == []


def test_no_control_shows_and_letters_and_pictures_do(page: Page, carried: Path) -> None:
    page.goto((carried / NAME / "guides/dinh-danh/cai-may/index.html").as_uri())
    expect(page.get_by_role("heading", level=1)).to_have_text("Cài máy")
    assert page.locator(".needs-js:visible, .search-box, .broken-note:visible").count() == 0
    page.locator(".picture img").last.scroll_into_view_if_needed()
    expect(page.locator(".picture img").last).to_have_js_property("complete", True)
    assert page.evaluate("document.fonts.ready.then((fonts) => [...fonts][0].status)") == "loaded"


@pytest.mark.parametrize(
    ("day", "says"),
    [
        ("2027-02-28T23:00:00", "Bản chép ngày 30/11/2026; sau ngày 28/2/2027 hãy xin bản mới"),
        ("2027-03-01T00:30:00", "Bản chép ngày 30/11/2026 đã quá ba tháng, số gọi và cách làm"),
    ],
)
def test_a_copy_of_more_than_three_months_says_so(
    page: Page, carried: Path, day: str, says: str
) -> None:
    page.clock.set_fixed_time(datetime.datetime.fromisoformat(day))
    page.goto((carried / NAME / "index.html").as_uri())
    expect(page.locator("#ban-chep")).to_contain_text(says)
