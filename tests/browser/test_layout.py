"""Pages on screens: no sideways scrolling, big targets, nothing for axe, whole without scripts."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from .conftest import SiteServer

KINDS = [
    "",
    "guides/",
    "guides/dinh-danh/",
    "guides/dinh-danh/cai-vneid/",
    "guides/an-toan/lo-chuyen-tien/",
    "stories/khanh-hoa/",
    "guides/ky-nang-nen/go-tieng-viet/",
    "so-lieu/",
    "tim-kiem/",
    "kiem-tra-ten-mien/",
    "toi-o-dau/",
    "goi-giup/",
    "da-luu/",
    "about/",
    "404.html",
]
# WCAG 2.2 up to AAA contrast; "region" is a best practice that `main` and landmarks already give.
AXE = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "rules": {"color-contrast-enhanced": {"enabled": True}},
}

OUTSIDE = """() => [...document.querySelectorAll('.step-mode, .step-mode *')]
    .filter((each) => {
      const box = each.getBoundingClientRect();
      const isBelow = box.bottom > innerHeight && each.closest('.step-buttons');
      const isCut = each.scrollWidth > each.offsetWidth;
      return box.left < 0 || box.right > innerWidth || isBelow || isCut;
    })
    .filter((each) => !each.closest('svg'))
    .map((each) => `${each.className} ${each.textContent.trim()}`)"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("kind", KINDS)
def test_axe_finds_nothing(browser: Browser, server: SiteServer, kind: str, scheme: str) -> None:
    context = browser.new_context(
        viewport={"width": 360, "height": 800}, color_scheme=scheme, bypass_csp=True
    )
    page = context.new_page()
    page.goto(server.url + kind)
    found = Axe().run(page, options=AXE).response["violations"]
    context.close()
    assert [(each["id"], each["nodes"][0]["html"][:120]) for each in found] == []


@pytest.mark.parametrize("width", [320, 360, 768, 1280])
@pytest.mark.parametrize("kind", KINDS)
def test_nothing_is_wider_than_the_screen(
    page: Page, server: SiteServer, kind: str, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.add_init_script("localStorage.setItem('text-size', '3')")
    page.goto(server.url + kind)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("width", [320, 360])
@pytest.mark.parametrize("size", [-1, 0, 1, 2, 3])
def test_nothing_is_wider_than_the_screen_in_step_mode(
    page: Page, server: SiteServer, size: int, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 640})
    page.add_init_script(f"localStorage.setItem('text-size', '{size}')")
    page.goto(server.url + "guides/ky-nang-nen/phong-to-chu/")
    page.get_by_role("button", name="Từng bước").click()
    expect(page.locator(".step-count")).to_have_text("Bước 1 trên 4")
    page.wait_for_function("document.getElementById('step-mode-style').sheet")
    for _ in range(8):
        assert page.evaluate(OUTSIDE) == []
        page.keyboard.press("ArrowRight")


@pytest.mark.parametrize("kind", KINDS)
def test_buttons_and_links_of_their_own_are_big_enough_for_a_thumb(
    page: Page, server: SiteServer, kind: str
) -> None:
    page.goto(server.url + kind)
    small = page.evaluate(
        """() => [...document.querySelectorAll('button, summary, nav a, .cards a, .tiles a, .call')]
        .filter((each) => each.offsetParent && !each.matches('.tick'))
        .map((each) => [each.textContent.trim(), each.getBoundingClientRect()])
        .filter(([, box]) => box.height < 43.5 || box.width < 43.5)
        .map(([text, box]) => `${text} ${box.width}x${box.height}`)"""
    )
    assert small == []


def test_nothing_moves_while_a_page_loads(page: Page, server: SiteServer) -> None:
    page.add_init_script(
        "window.shift = 0; new PerformanceObserver((list) => list.getEntries()"
        ".forEach((entry) => { shift += entry.value; }))"
        ".observe({type: 'layout-shift', buffered: true});"
    )
    for kind in KINDS:
        page.goto(server.url + kind)
        page.wait_for_load_state("networkidle")
        assert page.evaluate("shift") == 0, kind


def test_a_tour_without_scripts_reaches_every_part(browser: Browser, server: SiteServer) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 800})
    page = context.new_page()
    page.goto(server.url)
    page.get_by_role("link", name="Định danh VNeID").click()
    page.get_by_role("link", name="Cài VNeID từ kho ứng dụng").click()
    expect(page.locator(".box-steps li").first).to_contain_text("Mở CH Play")
    expect(page.get_by_role("link", name="1900 0368").first).to_have_attribute(
        "href", "tel:19000368"
    )
    expect(page.locator(".needs-js:visible")).to_have_count(0)
    page.locator("summary", has_text="Nguồn").click()
    expect(page.locator(".page-foot li").first).to_be_visible()
    page.get_by_role("link", name="Gọi giúp").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Gọi ai khi cần")
    context.close()


def test_a_word_leads_to_its_explanation_without_scripts(
    browser: Browser, server: SiteServer
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(server.url + "guides/an-toan/nhan-biet-lua-dao/")
    page.locator("a.term", has_text="OTP").first.click()
    expect(page.locator("#tu-otp")).to_be_in_viewport()
    context.close()


def test_paper_shows_the_guide_and_its_sources_but_no_controls(
    page: Page, server: SiteServer
) -> None:
    page.goto(server.url + "guides/dinh-danh/cai-vneid/")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    expect(page.locator(".page-foot li").first).to_be_visible()
    for gone in (".main-nav", ".page-tools", ".site-header", ".pager"):
        expect(page.locator(gone)).not_to_be_visible()
    expect(page.locator(".box-steps li").first).to_be_visible()
    expect(page.locator(".checked")).to_be_visible()


def test_forced_colours_keep_icons_and_step_numbers(browser: Browser, server: SiteServer) -> None:
    context = browser.new_context(forced_colors="active", color_scheme="dark")
    page = context.new_page()
    page.goto(server.url + "guides/dinh-danh/cai-vneid/")
    fill = page.locator(".box h2 .icon").first.evaluate("(icon) => getComputedStyle(icon).fill")
    assert fill == page.locator("body").evaluate("(body) => getComputedStyle(body).color")
    width = page.locator(".tick").first.evaluate("(tick) => getComputedStyle(tick).borderTopWidth")
    assert width == "2px"
    context.close()


def test_what_a_first_visit_fetches_is_within_its_budgets(page: Page, server: SiteServer) -> None:
    fetched = list[str]()
    page.on("request", lambda request: fetched.append(request.url))
    page.goto(server.url + "guides/dinh-danh/cai-vneid/")
    page.wait_for_load_state("networkidle")
    assert [url for url in fetched if not url.startswith((server.url, "data:"))] == []
    sizes = {url: _bytes_sent(server, url) for url in fetched if url.startswith(server.url)}
    scripts = sum(size for url, size in sizes.items() if url.endswith((".js", ".css")))
    assert scripts <= 6_000
    assert sum(sizes.values()) <= 45_000
    assert not any("/search/" in url for url in fetched)


def _bytes_sent(server: SiteServer, url: str) -> int:
    path = url.removeprefix(server.url).partition("?")[0]
    file = server.folder / path / ("index.html" if path.endswith("/") or not path else "")
    copy = file.with_name(f"{file.name}.br")
    return (copy if copy.is_file() else file).stat().st_size


def test_feedback_opens_a_ready_message(page: Page, site_with_feedback: SiteServer) -> None:
    page.goto(site_with_feedback.url + "guides/dinh-danh/kich-hoat/")
    link = page.get_by_role("link", name="Báo chỗ cũ, chỗ sai")
    target = link.get_attribute("href") or ""
    assert target.startswith("mailto:to@kns.example.vn?subject=G%C3%B3p%20%C3%BD")
    assert "kich-hoat" in target


def test_feedback_is_not_asked_for_without_a_channel(page: Page, server: SiteServer) -> None:
    page.goto(server.url + "guides/dinh-danh/cai-vneid/")
    expect(page.locator(".feedback")).to_have_count(0)
