"""Reading without a network, in a real Chromium whose server is really gone."""

from __future__ import annotations

import json
import re
import shutil

import pytest
from playwright.sync_api import Page, expect
from support.browser.server import SiteServer, wait_until
from support.floor import GUIDE, TOPIC, URGENT

UNREAD = URGENT
SHORT_LINK = "cai-may/"  # leads to GUIDE
SHORT_LINK_OF_UNREAD = "lo-bam-link/"
SAVE = "[data-tool=save]"
GUIDE_STATUS = ".page-tools [role=status]"
TOPIC_STATUS = "[data-save-topic] + [role=status]"
NO_NETWORK = "Mất mạng, bấm lại sau."
BY_NOBODY = (
    "Trình duyệt này không cho lưu. "
    "Bà con mở trang bằng Chrome hoặc Safari, không ở chế độ ẩn danh."
)
TOO_SLOW = "Chưa lưu được. Mạng chậm quá, bấm lại sau."
TOO_FULL = "Chưa lưu được. Máy hết chỗ. Bà con xóa bớt ảnh, ứng dụng rồi bấm lại."
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
    expect(page.get_by_role("heading", level=1)).to_have_text("Cài máy")
    page.get_by_role("button", name="Từng bước").click()  # scripts are there too
    expect(page.locator(".step-count")).to_be_visible()
    page.goto(changing_server.url + TOPIC)
    expect(page.get_by_role("heading", level=1)).to_have_text("Định danh VNeID")


SPELLINGS = ("", "?fbclid=IwAR0x", "?zarsrc=30&utm_source=zalo", "index.html", "#cac-buoc")
DOMAIN_CHECK = "kiem-tra-ten-mien/"
CORRECTED = "[BẢN SỬA] Cài máy"


def correct(server: SiteServer, page_address: str = GUIDE) -> None:
    """Publish a guide anew with another heading."""
    file = server.folder / page_address / "index.html"
    text = file.read_text(encoding="utf-8")
    file.write_text(re.sub(r"<h1>.*?</h1>", f"<h1>{CORRECTED}</h1>", text), encoding="utf-8")


@pytest.mark.parametrize("status", [500, 502, 503])
@pytest.mark.parametrize("address", [GUIDE, "", TOPIC])
def test_a_server_in_trouble_is_no_reason_to_hide_what_is_kept(
    page: Page, server: SiteServer, address: str, status: int
) -> None:
    open_two_pages(page, server)
    server.trouble.status = status
    page.goto(server.url + address)
    expect(page.locator("#cac-buoc, .hero, .topic-head").first).to_be_visible()
    expect(page.locator(".kept-note:not(.broken-note)")).to_have_text(
        re.compile(r"^Máy chủ đang trục trặc\. Đây là bản đã lưu ngày \d{1,2}/\d{1,2}/\d{4}\.$")
    )


def test_without_a_kept_copy_the_error_of_the_server_is_shown(
    page: Page, server: SiteServer
) -> None:
    open_two_pages(page, server)
    server.trouble.status = 503
    assert page.goto(server.url + UNREAD).status == 503


@pytest.mark.parametrize("saved", [True, False])
@pytest.mark.parametrize("read_at", ["?fbclid=IwAR0x", "?zarsrc=30", "index.html", ""])
def test_the_newest_copy_is_shown_at_every_spelling(
    page: Page, changing_server: SiteServer, read_at: str, saved: bool
) -> None:
    open_two_pages(page, changing_server)
    if saved:
        page.locator(SAVE).click()
        expect(page.locator(GUIDE_STATUS)).to_have_text("Đã lưu. Mất mạng vẫn đọc được.")
    for spelling in SPELLINGS:
        page.goto(changing_server.url + GUIDE + spelling)
    correct(changing_server)
    page.goto(changing_server.url + GUIDE + read_at)
    expect(page.locator("h1")).to_have_text(CORRECTED)
    changing_server.stop()
    address = changing_server.url + GUIDE
    for spelling in (*(address + each for each in SPELLINGS), address[:-1], address.upper()):
        shown = spelling.replace("HTTP", "http")
        page.goto(shown)
        expect(page.locator("h1")).to_have_text(CORRECTED)
    page.goto(changing_server.url + "da-luu/")
    expect(page.locator("#saved-pages a")).to_have_text([CORRECTED])


def test_copies_of_an_older_worker_are_joined_and_the_newest_stays(
    page: Page, changing_server: SiteServer
) -> None:
    page.goto(changing_server.url + "da-luu/")
    page.evaluate(
        """async (guide) => {
          const keep = async (name, address, day, heading) => (await caches.open(name)).put(
            address,
            new Response(`<body><article><h1>${heading}</h1></article>`, {
              headers: { "content-type": "text/html", date: `Sun, ${day} Nov 2026 10:00:00 GMT` },
            }),
          );
          await keep("read", guide, "01", "cũ");
          await keep("read", `${guide}?zarsrc=30`, "22", "mới");
          await keep("saved", `${guide}?fbclid=x`, "15", "giữa");
        }""",
        changing_server.url + GUIDE,
    )
    page.goto(changing_server.url)
    wait_until(page, WORKER_RUNS)
    page.goto(changing_server.url + "da-luu/")
    expect(page.locator("#saved-pages a")).to_have_text(["mới"])


@pytest.mark.parametrize("saved", [True, False])
def test_what_the_server_says_is_gone_is_not_kept(
    page: Page, changing_server: SiteServer, saved: bool
) -> None:
    open_two_pages(page, changing_server)
    if saved:
        page.locator(SAVE).click()
        expect(page.locator(GUIDE_STATUS)).to_have_text("Đã lưu. Mất mạng vẫn đọc được.")
    shutil.rmtree(changing_server.folder / GUIDE)
    assert page.goto(f"{changing_server.url}{GUIDE}?fbclid=x").status == 404
    page.goto(changing_server.url + "da-luu/")
    expect(page.locator("#saved-pages")).to_have_text("Chưa có bài nào trên máy này.")
    changing_server.stop()
    page.goto(changing_server.url + GUIDE)
    page.wait_for_url("**/da-luu/?chua-luu")


def test_a_misspelt_address_says_nothing_of_the_page(
    page: Page, changing_server: SiteServer
) -> None:
    open_two_pages(page, changing_server)
    misspelt = changing_server.url + GUIDE.upper()
    assert page.goto(misspelt).status == 404
    changing_server.stop()
    page.goto(misspelt)
    expect(page.locator("h1")).to_have_text("Cài máy")


@pytest.mark.parametrize("is_typing", [False, True])
def test_on_a_slow_network_the_old_copy_says_so_and_gives_way_to_the_new_one(
    page: Page, changing_server: SiteServer, is_typing: bool
) -> None:
    address = DOMAIN_CHECK if is_typing else GUIDE
    hasten_patience(changing_server)
    open_two_pages(page, changing_server)
    page.goto(changing_server.url + address)
    correct(changing_server, address)
    changing_server.trouble.delay = 60  # until it ends
    page.goto(changing_server.url + address, wait_until="commit")
    expect(page.locator("h1")).not_to_have_text(CORRECTED)
    expect(page.locator(".kept-note:not(.broken-note)")).to_have_text(
        re.compile(
            r"^Mạng đang chậm\. Bản mới đến thì trang tự thay\. "
            r"Đây là bản đã lưu ngày \d{1,2}/\d{1,2}/\d{4}\.$"
        )
    )
    if is_typing:
        page.locator("#dia-chi").click()  # waits until the form works
        expect(page.locator("#dia-chi")).to_be_focused()
    changing_server.trouble.ending.set()
    if is_typing:
        page.get_by_role("button", name="Xem bản mới").click()
    expect(page.locator("h1")).to_have_text(CORRECTED)
    expect(page.locator(".kept-note:not(.broken-note)")).to_have_count(0)


def test_on_a_slow_network_a_copy_that_is_still_right_says_nothing_more(
    page: Page, changing_server: SiteServer
) -> None:
    hasten_patience(changing_server)
    open_two_pages(page, changing_server)
    changing_server.trouble.delay = 60  # until it ends
    page.goto(changing_server.url + GUIDE, wait_until="commit")
    expect(page.locator(".kept-note:not(.broken-note)")).to_have_count(1)
    changing_server.trouble.ending.set()
    expect(page.locator(".kept-note:not(.broken-note)")).to_have_count(0)
    expect(page.locator("h1")).to_have_text("Cài máy")


def hasten_patience(server: SiteServer) -> None:
    """Let the worker wait half a second for the network, not four."""
    worker = server.folder / "sw.js"
    text = worker.read_text(encoding="utf-8")
    assert text.count("=4e3") == 1
    worker.write_text(text.replace("=4e3", "=500"), encoding="utf-8")


def test_a_page_that_is_not_kept_leads_to_what_is(page: Page, changing_server: SiteServer) -> None:
    open_two_pages(page, changing_server)
    changing_server.stop()
    page.goto(changing_server.url + UNREAD)
    expect(page.locator(".offline-note")).to_be_visible()
    page.get_by_role("link", name="Cài máy").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Cài máy")


def test_a_short_link_leads_to_a_kept_guide_without_a_network(
    page: Page, changing_server: SiteServer
) -> None:
    open_two_pages(page, changing_server)
    changing_server.stop()
    for address in (SHORT_LINK, SHORT_LINK.rstrip("/"), f"{SHORT_LINK}?zarsrc=30#cac-buoc"):
        page.goto(changing_server.url + address)
        expect(page.get_by_role("heading", level=1)).to_have_text("Cài máy")
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
    page.goto(changing_server.url + "guides/dinh-danh/kich-hoat/")
    expect(page.locator("article h1")).to_be_visible()


def test_a_saved_guide_is_listed_and_can_be_cleared(page: Page, server: SiteServer) -> None:
    page.goto(server.url + GUIDE)
    page.get_by_role("button", name="Lưu lại").click()
    expect(page.locator(GUIDE_STATUS)).to_have_text("Đã lưu. Mất mạng vẫn đọc được.")
    page.goto(server.url + "da-luu/")
    link = page.get_by_role("link", name="Cài máy")
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
    expect(page.locator(GUIDE_STATUS)).to_have_text(f"Chưa lưu được. {BY_NOBODY}")
    expect(page.locator(SAVE)).to_have_text(re.compile("^Lưu lại, "))
    page.goto(changing_server.url + TOPIC)
    button = page.get_by_role("button", name="Lưu cả chủ đề vào máy")
    button.click()
    expect(page.locator(TOPIC_STATUS)).to_contain_text("Bấm lần nữa để lưu.")
    button.click()
    expect(page.locator(TOPIC_STATUS)).to_have_text(
        re.compile(rf"^Còn \d+ bài chưa lưu được\. {re.escape(BY_NOBODY)}$")
    )
    assert page.evaluate("caches.has('saved')") is False


def test_saving_does_not_wait_forever_for_a_worker(page: Page, changing_server: SiteServer) -> None:
    endless = "addEventListener('install', (event) => event.waitUntil(new Promise(() => {})))"
    (changing_server.folder / "sw.js").write_text(endless, encoding="utf-8")
    page.add_init_script(
        "const wait = setTimeout;"
        "setTimeout = (run, ms, ...rest) =>"
        " ms === 60000 ? (window.endWait = () => run(...rest)) : wait(run, ms, ...rest)"
    )
    page.goto(changing_server.url + GUIDE)
    page.locator(SAVE).click()
    expect(page.locator(GUIDE_STATUS)).to_have_text("Đang lưu…")
    wait_until(page, "window.endWait")
    page.evaluate("endWait()")
    expect(page.locator(GUIDE_STATUS)).to_have_text(TOO_SLOW)


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
    page.goto(changing_server.url + "tim-kiem/?q=cai+dat")
    expect(page.locator(".search-list mark").first).to_be_visible()
    publish_next_build(changing_server)
    page.evaluate("navigator.serviceWorker.getRegistration().then((old) => old.update())")
    wait_until(page, "caches.has('shell-next')")
    wait_until(page, NEW_WORKER_RUNS)  # and has deleted what is no longer needed
    changing_server.stop()
    page.goto(changing_server.url + "tim-kiem/?q=ngan+hang")
    expect(page.locator(".search-list mark", has_text="ngân").first).to_be_visible()


def test_who_keeps_a_guide_finds_titles_without_a_network(
    page: Page, changing_server: SiteServer
) -> None:
    leads = f"{changing_server.url}search/index.json"
    open_two_pages(page, changing_server)
    assert page.evaluate(f"caches.match('{leads}').then(Boolean)") is False
    page.locator(SAVE).click()
    expect(page.locator(GUIDE_STATUS)).to_have_text("Đã lưu. Mất mạng vẫn đọc được.")
    wait_until(page, f"caches.match('{leads}')")
    changing_server.stop()
    page.goto(f"{changing_server.url}tim-kiem/?q=cai+may")
    expect(page.locator("#search-results ol a").first).to_contain_text("Cài máy")
    expect(page.locator("#search-results")).to_contain_text("Mạng chưa tải được lời bài.")


def publish_next_build(server: SiteServer) -> None:
    """Change the home page, move all scripts to another folder and name the worker "next"."""
    old = next(server.folder.glob("assets/*/js")).parent
    new = old.with_name("0123456789")
    old.rename(new)
    home = server.folder / "index.html"
    text = home.read_text(encoding="utf-8").replace(old.name, new.name)
    text = re.sub(r"<h1>.*?</h1>", "<h1>Bản mới</h1>", text)
    home.write_text(text, encoding="utf-8")
    shell = server.folder / "assets/offline/shell.json"
    kept = json.loads(shell.read_text(encoding="utf-8").replace(old.name, new.name))
    kept["files"][""] = ["", text]
    shell.write_text(json.dumps(kept), encoding="utf-8")
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
    expect(page.locator(GUIDE_STATUS)).to_have_text(TOO_FULL)
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
    expect(page.get_by_role("heading", level=1)).to_have_text("Lỡ bấm link lạ")
    assert page.evaluate("Boolean(navigator.serviceWorker.controller)")
