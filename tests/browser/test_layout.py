"""Pages on screens: no sideways scrolling, big targets, nothing for axe, whole without scripts."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect
from support.browser.server import SiteServer
from support.floor import FIVE_STEPS, GUIDE, LISTEN, LISTS, PAGES

from desk.drawings.canvas import TEXT_SIZE, WIDTH

# Pixels of a label at each step of the text size.
LABELS = {320: (16, 16, 16.64, 16.64, 16.64), 360: (16, 16, 17.82, 18.72, 18.72)}
# A link within running text may be as low as its line (WCAG 2.5.8). What looks small counts as big
# when it is touched all the same: ::after may reach further than the button that it belongs to.
SMALL_TARGETS = """() => {
  const shown = (each) => each.offsetParent || getComputedStyle(each).position === "fixed";
  const inText = (link) => {
    if (!["inline", "inline-block"].includes(getComputedStyle(link).display)) return false;
    let block = link.parentElement;
    while (getComputedStyle(block).display === "inline") block = block.parentElement;
    return block.textContent.trim() !== link.textContent.trim();
  };
  const reaches = (each, x, y) => {
    each.scrollIntoView({block: "center", behavior: "instant"});
    const box = each.getBoundingClientRect();
    const [left, top] = [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
    return [-1, 1].every((way) => {
      const hit = document.elementFromPoint(left + way * x, top + way * y);
      return each.contains(hit);
    });
  };
  const small = (each) => {
    const box = each.getBoundingClientRect();
    return (box.height < 47.5 && !reaches(each, 0, 23.75))
      || (box.width < 47.5 && !reaches(each, 23.75, 0));
  };
  return [...document.querySelectorAll("a[href], button, summary, select, input, textarea, label")]
    .filter((each) => shown(each) && !each.matches(".done-box > *, label:not(.done-box)"))
    .filter((each) => !(each.matches("a") && inText(each)) && small(each))
    .map((each) => {
      const box = each.getBoundingClientRect();
      return `${each.outerHTML.slice(0, 90)} ${box.width}x${box.height}`;
    });
}"""
UNDER_THE_BAR = """() => {
  const focused = document.activeElement;
  const bar = document.querySelector(".main-nav");
  const bottom = focused.getBoundingClientRect().bottom;
  return [
    `${focused.className || focused.tagName} ${focused.textContent.trim()}`,
    !bar.contains(focused) && bottom > bar.getBoundingClientRect().top,
  ];
}"""
# WCAG 2.2 up to AAA contrast; "region" is a best practice that `main` and landmarks already give.
AXE = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "rules": {"color-contrast-enhanced": {"enabled": True}},
}

OUTSIDE = """() => [...document.querySelectorAll('.step-mode, .step-mode *')]
    .filter((each) => {
      const box = each.getBoundingClientRect();
      const isBelow = box.bottom > innerHeight && each.closest('.step-buttons');
      const cuts = getComputedStyle(each).overflowX !== 'visible';
      const isCut = cuts && each.scrollWidth > each.offsetWidth;
      return box.left < 0 || box.right > innerWidth || isBelow || isCut;
    })
    .filter((each) => !each.closest('svg'))
    .map((each) => `${each.className} ${each.textContent.trim()}`)"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("kind", PAGES)
def test_axe_finds_nothing(browser: Browser, server: SiteServer, kind: str, scheme: str) -> None:
    context = browser.new_context(
        viewport={"width": 360, "height": 800}, color_scheme=scheme, bypass_csp=True
    )
    page = context.new_page()
    page.goto(server.url + kind)
    found = Axe().run(page, options=AXE).response["violations"]
    context.close()
    assert [(each["id"], each["nodes"][0]["html"][:120]) for each in found] == []


def open_in_size(
    page: Page, address: str, text_size: int | str, width: int, height: int = 800
) -> None:
    """Open a page on a screen of this size, with the text as large as its reader chose."""
    page.set_viewport_size({"width": width, "height": height})
    page.add_init_script(f"localStorage.setItem('text-size', '{text_size}')")
    page.goto(address)


@pytest.mark.parametrize("guide", [GUIDE, LISTEN])
@pytest.mark.parametrize("width", [320, 360])
@pytest.mark.parametrize("size", [-1, 0, 1, 2, 3])
def test_nothing_is_wider_than_the_screen_in_step_mode(
    page: Page, server: SiteServer, size: int, width: int, guide: str
) -> None:
    open_in_size(page, server.url + guide, size, width, 640)
    page.get_by_role("button", name="Từng bước").click()
    expect(page.locator(".step-count")).to_be_visible()
    for _ in range(8):
        assert page.evaluate(OUTSIDE) == []
        page.keyboard.press("ArrowRight")


@pytest.mark.parametrize("kind", [*PAGES, *LISTS])
def test_buttons_and_links_of_their_own_are_big_enough_for_a_thumb(
    page: Page, server: SiteServer, kind: str
) -> None:
    page.goto(server.url + kind)
    page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
    for width in (320, 360, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        for text_size in (-1, 0):
            page.evaluate(f"document.documentElement.dataset.size = '{text_size}'")
            assert page.evaluate(SMALL_TARGETS) == [], (width, text_size)


@pytest.mark.parametrize("width", [320, 360])
@pytest.mark.parametrize("text_size", range(-1, 4))
def test_labels_at_the_bottom_are_read_easily_and_grow_with_the_text(
    page: Page, server: SiteServer, text_size: int, width: int
) -> None:
    open_in_size(page, server.url, text_size, width)
    size, lines = page.evaluate(
        """() => {
          const style = getComputedStyle(document.querySelector(".main-nav a"));
          const lines = [...document.querySelectorAll(".main-nav a")].map((link) => {
            const label = document.createRange();
            label.selectNodeContents(link.lastChild);
            return label.getClientRects().length;
          });
          return [parseFloat(style.fontSize), lines];
        }"""
    )
    assert size == pytest.approx(LABELS[width][text_size + 1], abs=0.05)
    assert lines == [1, 1, 1, 1, 1]


@pytest.mark.parametrize(
    ("width", "text_size", "in_a_row"), [(320, "0", 2), (360, "0", 4), (360, "1", 2), (360, "3", 2)]
)
def test_tools_of_a_guide_take_two_rows_when_four_would_be_narrow(
    page: Page, server: SiteServer, width: int, text_size: str, in_a_row: int
) -> None:
    open_in_size(page, server.url + GUIDE, text_size, width)
    tops = page.evaluate(
        "[...document.querySelectorAll('.page-tools button')].map((each) => each.offsetTop)"
    )
    assert tops.count(tops[0]) == in_a_row


@pytest.mark.parametrize("text_size", range(-1, 4))
def test_the_bar_at_the_bottom_covers_nothing_that_has_the_focus(
    page: Page, server: SiteServer, text_size: int
) -> None:
    page.emulate_media(reduced_motion="reduce")
    page.add_init_script(f"localStorage.setItem('text-size', '{text_size}')")
    page.goto(server.url + GUIDE)
    page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
    reached = []
    while not page.evaluate("Boolean(document.activeElement.closest('.main-nav'))"):
        page.keyboard.press("Tab")
        reached.append(page.evaluate(UNDER_THE_BAR))
    assert len(reached) > 25
    assert [name for name, hidden in reached if hidden] == []


@pytest.mark.parametrize("width", [320, 360])
@pytest.mark.parametrize("text_size", range(-1, 4))
def test_the_page_leaves_the_room_that_the_bar_takes(
    page: Page, server: SiteServer, text_size: int, width: int
) -> None:
    open_in_size(page, server.url + GUIDE, text_size, width)
    left, taken = page.evaluate(
        "[parseFloat(getComputedStyle(document.body).paddingBottom),"
        " document.querySelector('.main-nav').getBoundingClientRect().height]"
    )
    assert left == pytest.approx(taken, abs=0.05)


@pytest.mark.parametrize(("width", "height"), [(800, 360), (1280, 800)])
def test_a_bar_that_scrolls_away_takes_no_room(
    page: Page, server: SiteServer, width: int, height: int
) -> None:
    page.set_viewport_size({"width": width, "height": height})
    page.goto(server.url + GUIDE)
    assert page.evaluate("getComputedStyle(document.body).paddingBottom") == "0px"
    assert page.evaluate("getComputedStyle(document.documentElement).scrollPaddingBottom") == "18px"


@pytest.mark.parametrize(("size", "letters"), [((360, 800), 14), ((1920, 1080), 24)])
def test_words_in_a_drawing_are_read_on_a_phone_and_on_a_television(
    page: Page, server: SiteServer, size: tuple[int, int], letters: int
) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.goto(server.url + GUIDE)
    if letters > 14:
        page.get_by_role("button", name="Từng bước").click()
        page.locator(".step-mode").press("ArrowRight")
    shown = page.locator(".step-drawing img" if letters > 14 else ".box-steps .drawing img").first
    shown.scroll_into_view_if_needed()
    shown.evaluate("image => image.decode()")
    scale = """each => Math.min(each.clientWidth / each.naturalWidth,
        each.clientHeight / each.naturalHeight) * each.naturalWidth"""
    assert shown.evaluate(scale) / WIDTH * TEXT_SIZE >= letters


def test_a_frame_around_a_name_is_closed_on_every_line(page: Page, server: SiteServer) -> None:
    page.goto(server.url + GUIDE)
    name = page.locator(".box-steps strong").first
    name.evaluate("(name) => { name.textContent = 'Một tên thật dài '.repeat(6); }")
    assert name.evaluate("(name) => name.getClientRects().length") > 1
    assert name.evaluate("(name) => getComputedStyle(name).webkitBoxDecorationBreak") == "clone"


def test_nothing_moves_while_a_page_loads(page: Page, server: SiteServer) -> None:
    page.add_init_script(
        "window.shift = 0; new PerformanceObserver((list) => list.getEntries()"
        ".forEach((entry) => { shift += entry.value; }))"
        ".observe({type: 'layout-shift', buffered: true});"
    )
    for kind in PAGES:
        page.goto(server.url + kind.partition("?")[0])
        page.wait_for_load_state("networkidle")
        assert page.evaluate("shift") == 0, kind


def test_a_tour_without_scripts_reaches_every_part(browser: Browser, server: SiteServer) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 800})
    page = context.new_page()
    page.goto(server.url)
    page.get_by_role("link", name="Định danh VNeID").click()
    page.get_by_role("link", name="Cài máy").click()
    expect(page.locator(".box-steps li").first).to_contain_text("Mở Cài đặt")
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
    page.goto(server.url + FIVE_STEPS)
    page.locator("a.term", has_text="OTP").first.click()
    expect(page.locator("#tu-otp")).to_be_in_viewport()
    context.close()


def test_paper_shows_the_guide_and_its_sources_but_no_controls(
    page: Page, server: SiteServer
) -> None:
    page.goto(server.url + GUIDE)
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
    page.goto(server.url + GUIDE)
    fill = page.locator(".box h2 .icon").first.evaluate("(icon) => getComputedStyle(icon).fill")
    assert fill == page.locator("body").evaluate("(body) => getComputedStyle(body).color")
    width = page.locator(".tick").first.evaluate("(tick) => getComputedStyle(tick).borderTopWidth")
    assert width == "2px"
    context.close()


def test_what_a_first_visit_fetches_is_within_its_budgets(page: Page, server: SiteServer) -> None:
    fetched = list[str]()
    page.on("request", lambda request: fetched.append(request.url))
    page.goto(server.url + GUIDE)
    page.wait_for_load_state("networkidle")
    assert [url for url in fetched if not url.startswith((server.url, "data:"))] == []
    sizes = {url: _bytes_sent(server, url) for url in fetched if url.startswith(server.url)}
    scripts = sum(size for url, size in sizes.items() if url.endswith(".js"))
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
    page.goto(server.url + GUIDE)
    expect(page.locator(".feedback")).to_have_count(0)
