"""A site in a folder of a pages host: what scripts ask for stays below that folder."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Page, expect
from support.browser.server import SiteServer, wait_until
from support.floor import GUIDE


def test_search_places_and_reading_without_a_network_work_below_a_folder(
    page: Page, site_under_a_path: Path
) -> None:
    server = SiteServer(site_under_a_path.parent)
    root = f"{server.url}{site_under_a_path.name}/"
    page.goto(root)
    page.locator(".hero .search-box input").fill("quên passcode")
    found = re.compile(re.escape(f"{root}guides/dinh-danh/quen-passcode/"))
    expect(page.get_by_role("option").first).to_have_attribute("href", found)
    page.goto(f"{root}toi-o-dau/")
    page.fill("#ten-cu", "thon lac hien")
    expect(page.locator(".finder-status")).to_have_text("Có một nơi:")
    wait_until(page, f"navigator.serviceWorker.ready.then((ready) => ready.scope === '{root}')")
    wait_until(page, "navigator.serviceWorker.controller !== null")
    page.goto(root + GUIDE)
    wait_until(page, f"caches.match('{root}{GUIDE}')")
    asked = {path.partition("?")[0] for path in server.trouble.asked}
    server.stop()
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_have_text("Cài máy")
    files = [path.removeprefix("/ky-nang-so/") for path in sorted(asked)]
    assert [path for path in files if path.startswith("/")] == []
    assert [path for path in files if not (site_under_a_path / path).exists()] == []
