"""Addresses as people have them: from a short link, from paper, cut or spelt in their own way."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect
from support.browser.server import SiteServer
from support.floor import GUIDE


@pytest.mark.parametrize("address", ["cai-may/#cac-buoc", "cai-may#cac-buoc"])
def test_a_short_link_keeps_the_place_in_the_page(
    page: Page, server: SiteServer, address: str
) -> None:
    page.goto(server.url + address)
    page.wait_for_url(f"{server.url}{GUIDE}#cac-buoc")


@pytest.mark.parametrize(
    "address",
    [
        "Cai-May",
        "cai_may/",
        "cài-máy",
        "Cài máy",
        "cai-may.html",
        "cai--may.",
        "guides/Dinh-Danh/Cai-May/",
        "guides/định-danh/cài-máy/",
        "guides/an-toan/cai-may/",
        "x/y/cai-may/index.html",
    ],
)
def test_a_misspelt_address_offers_the_page_that_was_meant(
    page: Page, server: SiteServer, address: str
) -> None:
    page.goto(f"{server.url}{address}?zarsrc=30#cac-buoc")
    link = page.get_by_role("link", name="Cài máy").first
    expect(page.locator("[data-lost-page]")).to_have_text("Có phải bà con tìm bài này: Cài máy")
    link.click()
    page.wait_for_url(f"{server.url}{GUIDE}#cac-buoc")


def test_an_unknown_address_is_searched_by_its_words(page: Page, server: SiteServer) -> None:
    page.goto(f"{server.url}guides/cu/lo-bam-duong-link-la/")
    expect(page.locator("#lost-page-results a").first).to_contain_text("Lỡ bấm link lạ")
    expect(page.locator("main .search-box input")).to_have_value("lo bam duong link la")
    expect(page.locator("[data-lost-page]")).not_to_be_visible()
