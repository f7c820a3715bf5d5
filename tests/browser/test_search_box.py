"""The search box and the page of results in a real Chromium."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect
from support.browser.server import HeldRequests, SiteServer, wait_until

from portal.library.page_kinds import GUIDE, STORY
from portal.search.index import IndexedSection, SearchHelp, SearchPage, write_index

QUERY = "dinh danh dien tu"
PAGES = [
    SearchPage(
        "guides/",
        "Định danh điện tử",
        (IndexedSection("", "", "Làm ở Công an xã."),),
        GUIDE,
        lead="Làm định danh điện tử.",
    ),
    SearchPage(
        "stories/",
        "Tổ ở xóm",
        (IndexedSection("", "", "Có bác lái xe ba gác."),),
        STORY,
        lead="Một tổ.",
    ),
]
EVIL = '<img src=x onerror="window.hacked=1">'

NOTED_ANSWERS = """
window.answers = [];
window.Worker = class extends Worker {
  constructor(...given) {
    super(...given);
    this.addEventListener("message", ({ data }) => answers.push(data.result));
  }
};
"""


def reindex(site: Path, pages: Iterable[SearchPage]) -> None:
    """Put an index of these pages in the place of the site's own."""
    shutil.rmtree(site / "search")
    write_index(site, pages, SearchHelp())


def type_into_home(page: Page, server: SiteServer, text: str = QUERY) -> None:
    page.goto(server.url)
    field = page.locator(".hero .search-box input")
    field.click()
    field.press_sequentially(text)


def test_nothing_is_fetched_before_the_first_touch(page: Page, server: SiteServer) -> None:
    fetched = list[str]()
    page.on("request", lambda request: fetched.append(request.url))
    page.goto(server.url, wait_until="networkidle")
    assert [url for url in fetched if "/search/" in url] == []
    page.locator(".hero .search-box input").focus()
    first = ["box.js", "searcher.js", "worker.js", "engine.js", "index.json"]
    entries = "performance.getEntriesByType('resource')"
    wait_until(page, f"{first}.every((name) => {entries}.some((each) => each.name.endsWith(name)))")
    asked = {url.rsplit("/", 1)[1] for url in fetched if "/search/" in url}
    assert set(first) <= asked
    assert "text.json" not in asked
    assert [url for url in fetched if not url.startswith(server.url)] == []


def test_box_that_was_touched_before_the_scripts_came_still_searches(
    page: Page, server: SiteServer
) -> None:
    held = HeldRequests(page, "**/js/site.js")
    page.goto(server.url, wait_until="commit")
    page.locator(".hero .search-box input").press_sequentially("lua dao")
    held.release(page)
    expect(page.get_by_role("option").first).to_contain_text("lừa đảo")


def test_keyboard_chooses_a_result_and_the_screen_reader_hears_their_number(
    page: Page, server: SiteServer
) -> None:
    type_into_home(page, server)
    options = page.get_by_role("option")
    options.first.wait_for()
    field = page.locator(".hero .search-box input")
    expect(field).to_have_attribute("role", "combobox")
    expect(field).to_have_attribute("aria-expanded", "true")
    status = page.locator(".hero .search-box [role=status]")
    expect(status).to_have_text("6 bài. Đang tìm: định danh điện tử")
    expect(options).to_have_count(6)
    expect(page.locator(".search-meant")).to_have_text("Đang tìm: định danh điện tử")
    field.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    first = options.first.get_attribute("id")
    expect(field).to_have_attribute("aria-activedescendant", str(first))
    field.press("ArrowUp")
    expect(options.last).to_have_attribute("aria-selected", "true")
    field.press("Escape")
    expect(field).to_have_attribute("aria-expanded", "false")
    field.press_sequentially(" ")
    options.first.wait_for()
    field.press("ArrowDown")
    target = options.first.get_attribute("href")
    field.press("Enter")
    page.wait_for_url(str(target))


def test_enter_without_a_choice_opens_the_page_of_results(page: Page, server: SiteServer) -> None:
    type_into_home(page, server, "lua dao")
    page.locator(".hero .search-box input").press("Enter")
    page.wait_for_url("**/tim-kiem/?q=lua+dao")
    expect(page.locator("#search-results ol > li").first).to_contain_text("lừa đảo")
    expect(page.locator("main .search-box input")).to_have_value("lua dao")


def test_address_of_results_opens_them_and_follows_what_is_typed(
    page: Page, server: SiteServer
) -> None:
    page.goto(f"{server.url}tim-kiem/?q=quen%20passcode")
    first = page.locator("#search-results ol a").first
    expect(first).to_contain_text("passcode")
    expect(first.locator("mark").first).to_be_visible()
    page.locator("main .search-box input").fill("156")
    expect(page.locator("#search-results ol a").first).to_contain_text("156")
    expect(page).to_have_url(f"{server.url}tim-kiem/?q=156")


def test_nothing_found_shows_topics_phones_and_how_to_ask(page: Page, server: SiteServer) -> None:
    page.goto(f"{server.url}tim-kiem/?q=zzqqxx")
    results = page.locator("#search-results")
    expect(results).to_contain_text("Chưa có bài về “zzqqxx”.")
    expect(results).to_contain_text("Tổ công nghệ số cộng đồng")
    expect(results.locator('a[href^="tel:"]').nth(2)).to_be_visible()
    expect(results.locator('a[href*="/guides/"]')).to_have_count(4)


def test_works_without_a_network_once_loaded(page: Page, server: SiteServer) -> None:
    page.add_init_script(NOTED_ANSWERS)
    type_into_home(page, server)
    wait_until(page, "answers.some((each) => each && each.complete)")
    page.context.set_offline(True)
    page.locator(".hero .search-box input").fill("bao hiem y te")
    expect(page.get_by_role("option").first).to_contain_text("bảo hiểm")


# A document asks once for a module: who asks again hears of the failure after those before him.
FAILED = """(name) => {
  const address = new URL(`../${name}`, document.querySelector("script[type=module]").src);
  return import(address).catch(() => {});
}"""
FAILING = [
    ("search/index.json", "offline"),
    ("/text.json", "missing"),
    ("search/worker.js", "offline"),
    ("search/engine.js", "offline"),
]


@pytest.mark.parametrize(("failing", "how"), FAILING)
def test_a_file_that_fails_gives_a_message_and_a_retry(
    context: BrowserContext, changing_server: SiteServer, failing: str, how: str
) -> None:
    reindex(changing_server.folder, PAGES)
    page = context.new_page()

    def fail(route: Route) -> None:
        if how == "offline":
            route.abort()
        else:
            route.fulfill(status=404, body="")

    context.route(lambda url: failing in url, fail)
    type_into_home(page, changing_server, "xe ba gac")
    retry = page.get_by_role("button", name="Thử lại")
    retry.wait_for()
    expect(page.locator(".search-panel")).to_contain_text("Chưa tải được phần tìm kiếm.")
    expect(page.locator("h1")).to_be_visible()
    context.unroute_all()
    retry.click()
    expect(page.get_by_role("option").first).to_contain_text("Tổ ở xóm")


@pytest.mark.parametrize("failing", ["search/box.js", "search/searcher.js"])
def test_a_script_that_failed_is_asked_for_again_at_the_next_key(
    context: BrowserContext, changing_server: SiteServer, failing: str
) -> None:
    reindex(changing_server.folder, PAGES)
    page = context.new_page()
    context.route(lambda url: failing in url, lambda route: route.abort())
    page.goto(changing_server.url)
    field = page.locator(".hero .search-box input")
    with page.expect_event("requestfailed"):
        field.click()
    page.evaluate(FAILED, failing)
    context.unroute_all()
    field.press_sequentially("dinh danh")
    expect(page.get_by_role("option").first).to_contain_text("Định danh điện tử")


@pytest.mark.parametrize("failing", ["search/box.js", "search/searcher.js", "search/results.js"])
def test_a_page_of_results_whose_scripts_failed_says_so_and_is_asked_for_anew(
    context: BrowserContext, changing_server: SiteServer, failing: str
) -> None:
    reindex(changing_server.folder, PAGES)
    page = context.new_page()
    context.route(lambda url: failing in url, lambda route: route.abort())
    page.goto(f"{changing_server.url}tim-kiem/?q=dinh+danh")
    expect(page.get_by_text("Chưa tải được phần tìm kiếm.")).to_be_visible()
    context.unroute_all()
    page.get_by_role("link", name="Thử lại").click()
    expect(page.locator("#search-results a").first).to_contain_text("Định danh điện tử")


def test_titles_answer_before_the_texts_come_and_the_answer_is_refined_in_place(
    context: BrowserContext, changing_server: SiteServer
) -> None:
    deep = SearchPage(
        "stories/",
        "Tổ ở xóm",
        (IndexedSection("", "", "Định danh điện tử cho bác lái xe ba gác."),),
        STORY,
    )
    reindex(changing_server.folder, [PAGES[0], deep])
    page, held = context.new_page(), HeldRequests(context, "**/text.json")
    type_into_home(page, changing_server)
    options = page.get_by_role("option")
    expect(options).to_have_count(1)
    page.locator(".hero .search-box input").press("ArrowDown")
    held.release(page)
    expect(options).to_have_count(2)
    expect(options.first).to_contain_text("Định danh điện tử")
    expect(options.first).to_have_attribute("aria-selected", "true")


def test_a_tap_opens_what_it_was_on_though_a_better_answer_comes_meanwhile(
    context: BrowserContext, changing_server: SiteServer
) -> None:
    better = "Định danh điện tử. " * 6 + "Định danh điện tử ở xóm."
    pages = [
        SearchPage("guides/", "Định danh, điện, tử", (IndexedSection("", "", ""),), STORY),
        SearchPage("stories/", "Định danh", (IndexedSection("", "", better),), STORY),
    ]
    reindex(changing_server.folder, pages)
    page, held = context.new_page(), HeldRequests(context, "**/text.json")
    page.add_init_script(NOTED_ANSWERS)
    type_into_home(page, changing_server)
    options = page.get_by_role("option")
    expect(options).to_have_count(2)
    expect(options.first).to_have_attribute("href", f"{changing_server.url}guides/")
    options.first.locator("b").hover()
    page.mouse.down()
    held.release(page)
    better_came = "(each) => each && each.complete && (each.groups[0] || {}).url === 'stories/'"
    wait_until(page, f"answers.some({better_came})")  # and waits for the finger
    expect(options.first).to_have_attribute("href", f"{changing_server.url}guides/")
    page.mouse.up()
    page.wait_for_url(f"{changing_server.url}guides/")


def test_what_is_waited_for_is_said(context: BrowserContext, changing_server: SiteServer) -> None:
    reindex(changing_server.folder, PAGES)
    page, held = context.new_page(), HeldRequests(context, "**/text.json")
    with page.expect_request("**/text.json"):
        type_into_home(page, changing_server, "xe ba gac")
    expect(page.locator(".search-panel")).to_have_text("Đang tải…")
    held.release(page)
    expect(page.get_by_role("option").first).to_contain_text("Tổ ở xóm")


def test_a_reader_who_saves_data_is_asked_before_the_texts_are_fetched(
    context: BrowserContext, changing_server: SiteServer
) -> None:
    reindex(changing_server.folder, PAGES)
    page, fetched = context.new_page(), list[str]()
    page.on("request", lambda request: fetched.append(request.url))
    page.add_init_script(
        "Object.defineProperty(navigator, 'connection', { value: { saveData: true } });"
    )
    type_into_home(page, changing_server)
    expect(page.get_by_role("option")).to_have_count(1)
    ask = page.get_by_role("button", name="Tìm cả trong lời bài (1 KB)")
    ask.wait_for()
    assert [url for url in fetched if url.endswith("/text.json")] == []
    page.locator(".hero .search-box input").fill("xe ba gac")
    expect(page.get_by_role("option")).to_have_count(0)
    expect(page.locator(".search-panel")).to_contain_text("Mới tìm trong tên và tóm tắt các bài.")
    page.get_by_role("button", name="Tìm cả trong lời bài").click()
    expect(page.get_by_role("option").first).to_contain_text("Tổ ở xóm")


def test_text_of_results_stays_text(page: Page, changing_server: SiteServer) -> None:
    evil = SearchPage(
        "guides/",
        f"Danh {EVIL}",
        (IndexedSection("", "", ""), IndexedSection("a", f"Mục {EVIL}", f"Chữ danh {EVIL}")),
    )
    reindex(changing_server.folder, [evil])
    type_into_home(page, changing_server, f"danh {EVIL}")
    expect(page.get_by_role("option").first).to_contain_text("onerror")
    page.goto(f"{changing_server.url}tim-kiem/?q={EVIL}</script><script>window.hacked=1</script>")
    expect(page.locator("#search-results ol a").first).to_contain_text("onerror")
    assert page.evaluate("window.hacked") is None
    assert page.locator("#search-results img").count() == 0


NO_MODULES = "window.Worker = class { constructor() { throw new TypeError('module'); } };"
SILENT = "window.Worker = class { postMessage() {} terminate() {} };"


def test_answers_in_the_page_where_workers_are_no_modules(page: Page, server: SiteServer) -> None:
    page.add_init_script(NO_MODULES)
    type_into_home(page, server)
    expect(page.get_by_role("option").first).to_contain_text("định danh")


def test_answers_in_the_page_when_the_worker_says_nothing(page: Page, server: SiteServer) -> None:
    page.clock.install()
    page.add_init_script(SILENT)
    type_into_home(page, server)
    page.clock.run_for(500)
    expect(page.locator(".search-panel")).to_have_text("Đang tải…")
    page.clock.run_for(10_000)
    expect(page.get_by_role("option").first).to_contain_text("định danh")


def test_where_the_page_cannot_import_again_the_page_of_results_answers(
    context: BrowserContext, changing_server: SiteServer
) -> None:
    """A document keeps what it failed to import: only another one asks for it anew."""
    reindex(changing_server.folder, PAGES)
    page = context.new_page()
    page.add_init_script(NO_MODULES)
    context.route(lambda url: "search/engine.js" in url, lambda route: route.abort())
    page.goto(changing_server.url)
    page.locator(".hero .search-box input").fill("dinh danh")
    retry = page.get_by_role("button", name="Thử lại")
    retry.wait_for()
    context.unroute_all()
    retry.click()
    page.wait_for_url("**/tim-kiem/?q=dinh+danh")
    expect(page.locator("#search-results ol a").first).to_contain_text("Định danh điện tử")


def test_without_scripts_the_box_leads_to_every_page(browser: Browser, server: SiteServer) -> None:
    """A box that cannot search, and what it promises, are not shown there again."""
    page = browser.new_page(java_script_enabled=False)
    page.goto(server.url)
    page.locator(".hero .search-box input").fill("lua dao")
    page.locator(".hero .search-box button").click()
    assert "/tim-kiem/?q=lua+dao" in page.url
    promises = page.locator("main").get_by_text(re.compile("Gõ |Chưa thấy"))
    expect(promises.filter(visible=True)).to_have_count(0)
    expect(page.locator(".search-box")).to_be_hidden()
    instead = page.locator("noscript p")
    expect(instead).to_be_visible()
    expect(instead).to_have_text(
        "Trình duyệt này không chạy JavaScript nên không tìm kiếm được. Bà con chọn bài theo chữ"
        " cái hoặc theo chủ đề ở dưới đây, hoặc xem trang Gọi ai khi cần."
    )
    expect(page.locator("noscript a")).to_have_attribute("href", "../goi-giup/")
    page.get_by_role("link", name="Xem mọi bài, xếp theo chữ cái").click()
    guides = list((server.folder / "guides").glob("*/*/index.html"))
    assert page.locator(".by-letter a").count() >= len(guides) > 0
    page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_results(browser: Browser, server: SiteServer, scheme: str) -> None:
    viewport = {"width": 360, "height": 800}
    page = browser.new_page(color_scheme=scheme, viewport=viewport, bypass_csp=True)
    type_into_home(page, server)
    page.get_by_role("option").first.wait_for()
    box = Axe().run(page).response["violations"]
    page.goto(f"{server.url}tim-kiem/?q=lua dao")
    page.locator("#search-results ol a").first.wait_for()
    results = Axe().run(page).response["violations"]
    page.goto(f"{server.url}a-z/")
    letters = Axe().run(page).response["violations"]
    assert [
        (rule["id"], [node["html"][:90] for node in rule["nodes"]])
        for rule in box + results + letters
    ] == []
    page.close()


def test_wide_screen_lists_below_the_header_box(browser: Browser, server: SiteServer) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.goto(f"{server.url}guides/")
    page.locator(".header-search input").press_sequentially("wifi")
    expect(page.get_by_role("option").first).to_contain_text("Wi-Fi")
    assert page.evaluate("document.documentElement.scrollWidth") <= 1280
    page.close()
