"""Reading without a network, in a real Chromium whose server is really gone."""

from __future__ import annotations

import json
import re

import pytest
from playwright.sync_api import Page, expect

from .conftest import SiteServer, wait_until

GUIDE = "guides/dinh-danh/cai-vneid/"
UNREAD = "guides/bao-hiem/cai-vssid/"
TOPIC = "guides/dinh-danh/"
SHORT_LINK = "cai-vneid/"  # leads to GUIDE
SHORT_LINK_OF_UNREAD = "cai-vssid/"
SAVE = "[data-tool=save]"
GUIDE_STATUS = ".page-tools [role=status]"
TOPIC_STATUS = "[data-save-topic] + [role=status]"
NO_NETWORK = "Mất mạng, bấm lại sau."
NOT_SAVED = "Chưa lưu được. Máy hết chỗ hoặc mất mạng; bấm lại sau."
WORKERS = "navigator.serviceWorker.getRegistrations().then((all) => all.length)"
WORKER_RUNS = "navigator.serviceWorker.ready.then((ready) => ready.active.state === 'activated')"
NEW_WORKER_RUNS = (
    "navigator.serviceWorker.getRegistration().then((now) => "
    "!now.installing && !now.waiting && now.active.state === 'activated')"
)


def open_two_pages(page: Page, server: SiteServer) -> None:
    page.goto(server.url)
    page.goto(server.url + GUIDE)
    wait_until(page, WORKER_RUNS)
    wait_until(page, f"caches.match('{server.url}{GUIDE}')")


def test_first_page_keeps_nothing(page: Page, server: SiteServer) -> None:
    page.goto(server.url)
    page.wait_for_load_state("networkidle")
    assert (
        page.evaluate("navigator.serviceWorker.getRegistrations().then((all) => all.length)") == 0
    )


def test_a_reader_who_saves_data_keeps_nothing(page: Page, server: SiteServer) -> None:
    page.add_init_script(
        "Object.defineProperty(navigator, 'connection', {value: {saveData: true}})"
    )
    page.goto(server.url)
    page.goto(server.url + GUIDE)
    page.wait_for_load_state("networkidle")
    assert (
        page.evaluate("navigator.serviceWorker.getRegistrations().then((all) => all.length)") == 0
    )


def test_what_was_read_and_the_topics_open_without_a_network(
    page: Page, changing_server: SiteServer
) -> None:
    open_two_pages(page, changing_server)
    changing_server.stop()
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_have_text("Cài VNeID từ kho ứng dụng")
    page.get_by_role("button", name="Từng bước").click()  # scripts are there too
    expect(page.locator(".step-count")).to_be_visible()
    page.goto(changing_server.url + TOPIC)
    expect(page.get_by_role("heading", level=1)).to_have_text("Định danh VNeID")


def test_a_page_that_is_not_kept_leads_to_what_is(page: Page, changing_server: SiteServer) -> None:
    open_two_pages(page, changing_server)
    changing_server.stop()
    page.goto(changing_server.url + UNREAD)
    expect(page.locator(".offline-note")).to_be_visible()
    page.get_by_role("link", name="Cài VNeID từ kho ứng dụng").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Cài VNeID từ kho ứng dụng")


def test_a_short_link_leads_to_a_kept_guide_without_a_network(
    page: Page, changing_server: SiteServer
) -> None:
    open_two_pages(page, changing_server)
    changing_server.stop()
    for address in (SHORT_LINK, SHORT_LINK.rstrip("/"), f"{SHORT_LINK}?zarsrc=30#cac-buoc"):
        page.goto(changing_server.url + address)
        expect(page.get_by_role("heading", level=1)).to_have_text("Cài VNeID từ kho ứng dụng")
        assert page.url.partition("#")[0] == changing_server.url + GUIDE
    page.goto(changing_server.url + SHORT_LINK_OF_UNREAD)
    page.wait_for_url("**/da-luu/?chua-luu")


def test_a_whole_topic_is_saved_after_its_size_is_told(
    page: Page, changing_server: SiteServer
) -> None:
    page.goto(changing_server.url + TOPIC)
    button = page.get_by_role("button", name="Lưu cả chủ đề vào máy")
    status = page.locator("[data-save-topic] + [role=status]")
    button.click()
    expect(status).to_have_text(re.compile(r"^\d+ bài, khoảng \d+ KB\. Bấm lần nữa để lưu\.$"))
    button.click()
    expect(status).to_have_text("Đã lưu cả chủ đề. Mất mạng vẫn đọc được.")
    wait_until(page, WORKER_RUNS)
    changing_server.stop()
    page.goto(changing_server.url + "guides/dinh-danh/len-muc-2/")
    expect(page.locator("article h1")).to_be_visible()


def test_a_saved_guide_is_listed_and_can_be_cleared(page: Page, server: SiteServer) -> None:
    page.goto(server.url + GUIDE)
    page.get_by_role("button", name="Lưu lại").click()
    expect(page.locator(GUIDE_STATUS)).to_have_text("Đã lưu. Mất mạng vẫn đọc được.")
    page.goto(server.url + "da-luu/")
    link = page.get_by_role("link", name="Cài VNeID từ kho ứng dụng")
    expect(link).to_be_visible()
    page.get_by_role("button", name="Xóa hết khỏi máy").click()
    expect(link).to_have_count(0)
    expect(page.locator("#saved-pages")).to_have_text("Chưa có bài nào trên máy này.")


def test_a_guide_tells_its_size_and_after_a_visit_that_it_is_saved(
    page: Page, server: SiteServer
) -> None:
    sizes = json.loads((server.folder / "offline-pages.json").read_text(encoding="utf-8"))
    size = f"{-(-sizes[GUIDE] // 1000)} KB"
    page.goto(server.url + GUIDE)
    button = page.locator(SAVE)
    expect(button).to_have_text(f"Lưu lại, {size}")
    button.click()
    expect(button).to_have_text(f"Đã lưu, {size}")
    page.reload()
    expect(button).to_have_text(f"Đã lưu, {size}")
    page.goto(server.url + UNREAD)
    page.wait_for_load_state("networkidle")
    expect(button).to_have_text(re.compile(r"^Lưu lại, \d+\sKB$"))


def test_a_browser_without_workers_offers_no_saving(page: Page, server: SiteServer) -> None:
    page.add_init_script("delete Navigator.prototype.serviceWorker")
    page.goto(server.url + GUIDE)
    expect(page.get_by_role("button", name="Từng bước")).to_be_visible()
    expect(page.locator(SAVE)).not_to_be_visible()
    page.goto(server.url + TOPIC)
    expect(page.locator("[data-save-topic]")).not_to_be_visible()
    page.goto(server.url + "da-luu/")
    expect(page.locator("#saved-pages")).to_have_text(
        "Trình duyệt này không lưu được bài. Bà con mở trang này bằng Chrome hoặc Safari."
    )


def test_a_browser_that_forbids_its_store_says_so(page: Page, server: SiteServer) -> None:
    page.add_init_script(
        "CacheStorage.prototype.open = () => Promise.reject(new DOMException('', 'SecurityError'))"
    )
    page.goto(server.url + "da-luu/")
    expect(page.locator("#saved-pages")).to_have_text(
        "Trình duyệt này không lưu được bài. Bà con mở trang này bằng Chrome hoặc Safari."
    )


@pytest.mark.parametrize(
    "worker",
    [
        pytest.param("throw new Error()", id="cannot be registered"),
        pytest.param(
            "addEventListener('install', (event) => event.waitUntil(Promise.reject()))",
            id="cannot be installed",
        ),
    ],
)
def test_nothing_counts_as_saved_without_a_worker(
    page: Page, changing_server: SiteServer, worker: str
) -> None:
    (changing_server.folder / "sw.js").write_text(worker, encoding="utf-8")
    page.goto(changing_server.url + GUIDE)
    page.locator(SAVE).click()
    expect(page.locator(GUIDE_STATUS)).to_have_text(NOT_SAVED)
    expect(page.locator(SAVE)).to_have_text(re.compile("^Lưu lại, "))
    page.goto(changing_server.url + TOPIC)
    button = page.get_by_role("button", name="Lưu cả chủ đề vào máy")
    button.click()
    expect(page.locator(TOPIC_STATUS)).to_contain_text("Bấm lần nữa để lưu.")
    button.click()
    expect(page.locator(TOPIC_STATUS)).to_have_text(
        re.compile(r"^Còn \d+ bài chưa lưu được\. Máy hết chỗ hoặc mất mạng; bấm lại sau\.$")
    )
    assert page.evaluate("caches.has('saved')") is False


def test_saving_does_not_wait_forever_for_a_worker(page: Page, changing_server: SiteServer) -> None:
    endless = "addEventListener('install', (event) => event.waitUntil(new Promise(() => {})))"
    (changing_server.folder / "sw.js").write_text(endless, encoding="utf-8")
    page.add_init_script(
        "const wait = setTimeout;"
        "setTimeout = (run, ms, ...rest) => wait(run, ms === 60000 ? 500 : ms, ...rest)"
    )
    page.goto(changing_server.url + GUIDE)
    page.locator(SAVE).click()
    expect(page.locator(GUIDE_STATUS)).to_have_text("Đang lưu…")
    expect(page.locator(GUIDE_STATUS)).to_have_text(NOT_SAVED)


@pytest.mark.parametrize("missing", ["saved-pages.js", "offline-pages.json"])
def test_saving_a_topic_without_a_network_says_so(
    page: Page, server: SiteServer, missing: str
) -> None:
    page.goto(server.url + TOPIC)
    page.route(f"**/{missing}", lambda route: route.abort())
    page.get_by_role("button", name="Lưu cả chủ đề vào máy").click()
    expect(page.locator(TOPIC_STATUS)).to_have_text(NO_NETWORK)


@pytest.mark.parametrize("name", ["Từng bước", "Lưu lại"])
def test_a_tool_that_cannot_be_fetched_says_so(page: Page, server: SiteServer, name: str) -> None:
    page.goto(server.url + GUIDE, wait_until="networkidle")  # what the page itself fetches is there
    page.route("**/*.js", lambda route: route.abort())
    page.get_by_role("button", name=name).click()
    expect(page.locator(GUIDE_STATUS)).to_have_text(NO_NETWORK)


def test_a_tool_opens_when_the_network_is_back(page: Page, server: SiteServer) -> None:
    page.goto(server.url + GUIDE, wait_until="networkidle")  # what the page itself fetches is there
    page.route("**/*.js", lambda route: route.abort())
    page.get_by_role("button", name="Từng bước").click()
    expect(page.locator(GUIDE_STATUS)).to_have_text(NO_NETWORK)
    page.unroute("**/*.js")
    page.get_by_role("button", name="Từng bước").click()
    expect(page.locator(".step-count")).to_be_visible()
    expect(page.locator(GUIDE_STATUS)).to_be_empty()


def test_a_new_build_replaces_the_old_one_and_leaves_no_mixed_page(
    page: Page, changing_server: SiteServer
) -> None:
    open_two_pages(page, changing_server)
    publish_next_build(changing_server)
    page.evaluate("navigator.serviceWorker.getRegistration().then((old) => old.update())")
    wait_until(page, "caches.has('shell-next')")
    wait_until(
        page,
        "caches.keys().then((all) => !all.some((name) => /^shell-(?!next)/.test(name)))",
    )
    changing_server.stop()
    page.goto(changing_server.url)
    expect(page.get_by_role("heading", level=1)).to_have_text("Bản mới")
    page.goto(changing_server.url + GUIDE)  # not published anew: the old page with its old scripts
    page.get_by_role("button", name="Từng bước").click()
    expect(page.locator(".step-count")).to_be_visible()


def test_search_goes_on_without_a_network_after_an_update(
    page: Page, changing_server: SiteServer
) -> None:
    open_two_pages(page, changing_server)
    page.goto(changing_server.url + "tim-kiem/?q=lua+dao")
    expect(page.locator(".search-list mark").first).to_be_visible()
    publish_next_build(changing_server)
    page.evaluate("navigator.serviceWorker.getRegistration().then((old) => old.update())")
    wait_until(page, "caches.has('shell-next')")
    wait_until(page, NEW_WORKER_RUNS)  # and has deleted what is no longer needed
    changing_server.stop()
    page.goto(changing_server.url + "tim-kiem/?q=mat+khau")
    expect(page.locator(".search-list mark", has_text="mật").first).to_be_visible()


def publish_next_build(server: SiteServer) -> None:
    """Change the home page, move all scripts to another folder and name the worker "next"."""
    old = next(server.folder.glob("assets/*/js")).parent
    new = old.with_name("0123456789")
    old.rename(new)
    home = server.folder / "index.html"
    text = home.read_text(encoding="utf-8").replace(old.name, new.name)
    home.write_text(re.sub(r"<h1>.*?</h1>", "<h1>Bản mới</h1>", text), encoding="utf-8")
    worker = server.folder / "sw.js"
    text = worker.read_text(encoding="utf-8").replace(old.name, new.name)
    text = re.sub(r'"version":"\w+"', '"version":"next"', text)
    worker.write_text(text, encoding="utf-8")


def test_a_full_store_still_shows_the_page(page: Page, server: SiteServer) -> None:
    page.add_init_script(
        "Cache.prototype.put = () => Promise.reject(new DOMException('', 'QuotaExceededError'))"
    )
    page.goto(server.url + GUIDE)
    page.get_by_role("button", name="Lưu lại").click()
    expect(page.locator(GUIDE_STATUS)).to_have_text(NOT_SAVED)
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def test_a_worker_without_room_lets_every_page_through(page: Page, server: SiteServer) -> None:
    open_two_pages(page, server)
    quota = {"origin": server.url.rstrip("/"), "quotaSize": 1}
    page.context.new_cdp_session(page).send("Storage.overrideQuotaForOrigin", quota)
    refused = (
        "caches.open('read').then((cache) => cache.put('/x', new Response('x'.repeat(9e6))))"
        ".then(() => '', (error) => error.name)"
    )
    assert page.evaluate(refused) == "QuotaExceededError"
    page.goto(server.url + UNREAD)
    expect(page.get_by_role("heading", level=1)).to_have_text("Cài VssID, vào bằng VNeID")
    assert page.evaluate("Boolean(navigator.serviceWorker.controller)")
