"""Pictures in a real Chromium on a phone: light, still, and large when asked for."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config
from PIL import Image, ImageStat
from playwright.sync_api import Browser, Page, Response, expect
from support.browser.server import SiteServer, wait_until
from support.pictures import photo, save
from support.project import BODY, FRONT, write

FOLDER = "docs/guides/dinh-danh"
GUIDE = "guides/dinh-danh/kich-hoat/"
WORKER_RUNS = "navigator.serviceWorker.ready.then((ready) => ready.active.state === 'activated')"
DRAWING = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 328 200"><style>rect{fill:#fff}'
    "@media(prefers-color-scheme:dark){rect{fill:#000}}</style>"
    '<rect width="328" height="200"/></svg>'
)
DECODED = "image => image.decode()"  # refused when it cannot be shown
SHIFTS = """
window.shift = 0;
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) window.shift += entry.value;
}).observe({type: "layout-shift", buffered: true});
"""


@pytest.fixture
def pictured(site_project: Path) -> Iterator[SiteServer]:
    """Serve a guide with a photo in its first step and a drawing at its end."""
    save(site_project / FOLDER / "anh.jpg", photo((1600, 1200)), quality=90)
    write(site_project / FOLDER / "ve.svg", DRAWING)
    step = '1. Mở **VNeID**.\n   ![Bà con học dùng máy](anh.jpg "Ảnh của tổ")'
    body = BODY.replace("1. Mở **VNeID**.", step) + "\n![Bức vẽ một khung](ve.svg)\n"
    write(site_project / FOLDER / "kich-hoat.md", FRONT + body)
    build(load_config(str(site_project / "mkdocs.yml"), strict=True))
    server = SiteServer(site_project / "site")
    yield server
    server.stop()


def test_phone_takes_a_light_file_and_nothing_jumps(browser: Browser, pictured: SiteServer) -> None:
    phone = browser.new_context(viewport={"width": 360, "height": 640}, device_scale_factor=2)
    page = phone.new_page()
    page.add_init_script(SHIFTS)
    answers = dict[str, Response]()
    page.on("response", lambda answer: answers.update({answer.url: answer}))
    page.goto(pictured.url + GUIDE)
    drawing, shown = page.locator(".drawing img"), page.locator(".picture img").first
    for each in (drawing, shown):
        each.scroll_into_view_if_needed()
        each.evaluate(DECODED)
    source = str(shown.evaluate("image => image.currentSrc"))
    assert "anh-800." in source
    assert len(answers[source].body()) <= 60_000
    assert page.evaluate("window.shift") < 0.01
    assert shown.evaluate("image => image.getBoundingClientRect().right") <= 360
    phone.close()


def test_click_shows_the_picture_large_and_back_closes_it(page: Page, pictured: SiteServer) -> None:
    page.goto(pictured.url + GUIDE)
    small = page.locator(".picture img").first
    width = small.evaluate("image => image.clientWidth")
    small.click()
    dialog = page.get_by_role("dialog", name="Hình phóng to")
    large = dialog.get_by_role("img", name="Bà con học dùng máy")
    expect(large).to_be_visible()
    large.evaluate(DECODED)
    assert "anh-1200." in str(large.evaluate("image => image.currentSrc"))
    assert large.evaluate("image => image.clientWidth") > 1.5 * width
    page.go_back()
    expect(dialog).to_have_count(0)
    assert page.url == pictured.url + GUIDE


@pytest.mark.parametrize("way", ["Escape", "button"])
def test_other_ways_close_it_and_leave_the_history_as_it_was(
    page: Page, pictured: SiteServer, way: str
) -> None:
    page.goto(pictured.url)
    page.goto(pictured.url + GUIDE)
    page.locator(".drawing img").click()
    dialog = page.get_by_role("dialog", name="Hình phóng to")
    expect(dialog).to_be_visible()
    if way == "button":
        dialog.get_by_role("button", name="Đóng hình").click()
    else:
        page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    wait_until(page, "!(history.state && history.state.dialogs)")
    page.go_back()
    assert page.url == pictured.url


def test_without_scripts_a_link_leads_to_the_large_file(
    browser: Browser, pictured: SiteServer
) -> None:
    plain = browser.new_context(java_script_enabled=False)
    page = plain.new_page()
    page.goto(pictured.url + GUIDE)
    page.locator(".picture img").first.click()
    page.wait_for_url("**/anh-1200.*.jpg")
    plain.close()


@pytest.mark.parametrize(("scheme", "low", "high"), [("light", 240, 255), ("dark", 0, 15)])
def test_drawing_follows_the_readers_colours(
    browser: Browser, pictured: SiteServer, scheme: str, low: int, high: int
) -> None:
    context = browser.new_context(color_scheme=scheme)  # type: ignore[arg-type] # one of two texts
    page = context.new_page()
    page.goto(pictured.url + GUIDE)
    drawing = page.locator(".drawing img")
    drawing.scroll_into_view_if_needed()
    drawing.evaluate(DECODED)
    middle = Image.open(io.BytesIO(drawing.screenshot())).convert("L").crop((50, 50, 150, 100))
    assert low <= ImageStat.Stat(middle).mean[0] <= high
    context.close()


@pytest.mark.parametrize("opened", [True, False])
def test_saved_guide_shows_its_pictures_without_a_network(
    browser: Browser, pictured: SiteServer, opened: bool
) -> None:
    """A phone takes another file than the one that was kept: it asks before it is told."""
    phone = browser.new_context(viewport={"width": 360, "height": 640}, device_scale_factor=2)
    page = phone.new_page()
    if opened:
        page.goto(pictured.url + GUIDE)
        page.get_by_role("button", name="Lưu lại").click()
        size = json.loads((pictured.folder / "offline-pages.json").read_text())[GUIDE]
        told = f"Đã lưu, {-(-size // 1000)} KB"  # with its pictures
        expect(page.locator("[data-tool=save]")).to_have_text(told)
    else:
        page.goto(pictured.url + "guides/dinh-danh/")
        button = page.get_by_role("button", name="Lưu cả chủ đề vào máy")
        status = page.locator("[data-save-topic] + [role=status]")
        button.click()
        expect(status).to_contain_text("Bấm lần nữa để lưu")
        button.click()
        expect(status).to_contain_text("Đã lưu")
    wait_until(page, WORKER_RUNS)
    pictured.stop()
    page.goto(pictured.url + GUIDE)
    page.locator(".drawing img").scroll_into_view_if_needed()
    for name in (".picture img", ".drawing img"):
        shown = page.locator(name).first
        shown.evaluate(DECODED)
        assert shown.evaluate("image => image.naturalWidth") > 0, name
    phone.close()


def test_size_that_is_told_counts_the_pictures(pictured: SiteServer) -> None:
    sizes = json.loads((pictured.folder / "offline-pages.json").read_text())
    files = [*pictured.folder.glob("assets/images/anh-800.*.jpg")]
    files += pictured.folder.glob("assets/images/ve-*.svg")
    page = pictured.folder / GUIDE / "index.html"
    assert len(files) == 2
    assert sizes[GUIDE] == sum(file.stat().st_size for file in (page, *files))
