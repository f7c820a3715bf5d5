"""The whole library in one save, on the oldest engine and on today's; the server is really gone."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect
from support.browser.chromium import OLD, Chromium
from support.browser.engine import Engine
from support.browser.server import SiteServer, wait_until
from support.floor import EVENING, FIVE_STEPS, GUIDE, STORY, URGENT

KEEP = "[data-do=keep]"
RENEW = "[data-do=renew]"
DRAWINGS = "[data-do=drawings]"
STATUS = "document.querySelector('[data-library] [role=status]').textContent"
STATE = ".library-state"
KEPT = "Đã lưu. Mất mạng vẫn đọc và tìm được."
CORRECTED = "[BẢN SỬA]"
DATE = re.compile(r"^Cả thư viện đang ở trên máy này, đúng đến ngày \d{1,2}/\d{1,2}/\d{4}\.$")


@pytest.fixture(scope="module", params=[*OLD[:1], "today"], ids=str)
def chromium(request: pytest.FixtureRequest) -> Iterator[Engine]:
    with Chromium(None if request.param == "today" else request.param) as opened:
        yield opened


@pytest.fixture
def phone(chromium: Engine) -> Engine:
    chromium.new_tab()
    return chromium


def keep_library(phone: Engine, server: SiteServer, address: str = "") -> None:
    phone.open(server.url + address)
    phone.wait_for("!!document.querySelector('[data-library].works')")
    phone.tap(KEEP)
    phone.wait_for(f"{STATUS} === {KEPT!r}")


def correct(server: SiteServer, address: str) -> None:
    """Publish a page anew with another heading."""
    file = server.folder / address / "index.html"
    text = file.read_text(encoding="utf-8")
    assert "<h1>" in text
    file.write_text(re.sub(r"<h1>.*?</h1>", f"<h1>{CORRECTED}</h1>", text), encoding="utf-8")
    listed = server.folder / "assets/offline/versions.json"
    versions = json.loads(listed.read_text(encoding="utf-8"))
    versions["files"][address] = "corrected"
    listed.write_text(json.dumps(versions), encoding="utf-8")


def heading(phone: Engine) -> str:
    return str(
        phone.wait_for("document.querySelector('h1') && document.querySelector('h1').textContent")
    )


def test_all_is_there_without_a_network(phone: Engine, changing_server: SiteServer) -> None:
    keep_library(phone, changing_server)
    changing_server.stop()
    for address in (GUIDE, URGENT, STORY, EVENING, "tu-kho/"):
        phone.open(changing_server.url + address)
        assert phone.evaluate("document.body.dataset.kept") == "offline", address
        assert heading(phone)
    phone.open(f"{changing_server.url}lo-bam-link?fbclid=1")  # a short link
    assert phone.evaluate("location.pathname") == f"/{URGENT}"
    phone.wait_for("!!document.querySelector('.page-tools.works')")
    phone.tap("[data-tool=steps]")
    phone.wait_for("!!document.querySelector('.step-mode[open]')")


def test_search_finds_titles_without_a_network(phone: Engine, changing_server: SiteServer) -> None:
    keep_library(phone, changing_server)
    changing_server.stop()
    phone.open(f"{changing_server.url}tim-kiem/?q=lo%20bam%20link")
    first = "document.querySelector('#search-results ol a')"
    phone.wait_for(f"{first} && {first}.pathname === '/{URGENT}'")
    phone.tap("#search-results ol a")
    phone.wait_for("document.readyState === 'complete' && !!document.querySelector('.guide')")
    assert heading(phone) == "Lỡ bấm link lạ"


def test_tools_answer_without_a_network(phone: Engine, changing_server: SiteServer) -> None:
    keep_library(phone, changing_server)
    changing_server.stop()
    phone.open(f"{changing_server.url}toi-o-dau/")
    phone.wait_for("!!document.querySelector('.finder.works')")
    phone.type_into(".finder input", "khanh hoa")
    phone.wait_for("document.querySelector('.finder-results').textContent.includes('Khánh Hòa')")
    phone.open(f"{changing_server.url}kiem-tra-ten-mien/")
    phone.wait_for("!!document.querySelector('.finder.works')")
    phone.type_into(".finder textarea", "csgt-nopphat.example")
    phone.tap(".finder button")
    phone.wait_for("!!document.querySelector('output .box')")


def test_an_evening_is_shown_without_a_network(phone: Engine, changing_server: SiteServer) -> None:
    keep_library(phone, changing_server)
    changing_server.stop()
    phone.open(changing_server.url + EVENING)
    phone.wait_for("!!document.querySelector('.works [data-slides]')")
    phone.tap("[data-slides]")
    phone.wait_for("!!document.querySelector('.step-mode[open]')")


def test_only_what_changed_is_fetched(phone: Engine, changing_server: SiteServer) -> None:
    keep_library(phone, changing_server, "da-luu/")
    correct(changing_server, GUIDE)
    phone.wait_for(f"!!document.querySelector('{RENEW}').offsetParent")
    changing_server.trouble.asked.clear()
    phone.tap(RENEW)
    phone.wait_for(f"{STATUS} === 'Đã thay 1 trang bằng bản mới.'")
    fetched = {path for path in changing_server.trouble.asked if not path.endswith(".js")}
    assert fetched == {"/assets/offline/versions.json", f"/{GUIDE}", "/search/index.json"}
    changing_server.trouble.asked.clear()
    phone.tap(RENEW)
    phone.wait_for(f"{STATUS} === 'Thư viện trên máy đang là bản mới nhất.'")
    assert changing_server.trouble.asked == ["/assets/offline/versions.json"]
    changing_server.stop()
    phone.open(changing_server.url + GUIDE)
    assert heading(phone) == CORRECTED
    phone.open(changing_server.url + URGENT)
    assert heading(phone) == "Lỡ bấm link lạ"


@pytest.mark.parametrize("with_drawings", [True, False])
def test_drawings_are_a_second_part(
    phone: Engine, changing_server: SiteServer, with_drawings: bool
) -> None:
    keep_library(phone, changing_server, "da-luu/")
    if with_drawings:
        phone.tap(DRAWINGS)
        phone.wait_for(f"{STATUS} === 'Đã lưu cả hình vẽ.'")
    changing_server.stop()
    phone.open(changing_server.url + FIVE_STEPS)
    phone.wait_for("document.querySelector('.drawing img').complete")
    shown = phone.evaluate("document.querySelector('.drawing img').naturalWidth > 0")
    assert shown is with_drawings


def publish_scripts_anew(server: SiteServer) -> None:
    """Change so many pages that the whole file comes quicker than each of them."""
    listed = server.folder / "assets/offline/versions.json"
    versions = json.loads(listed.read_text(encoding="utf-8"))
    versions["files"] = dict.fromkeys(versions["files"], "anew")
    listed.write_text(json.dumps(versions), encoding="utf-8")


def test_many_changes_come_as_one_file(phone: Engine, changing_server: SiteServer) -> None:
    keep_library(phone, changing_server, "da-luu/")
    publish_scripts_anew(changing_server)
    phone.wait_for(f"!!document.querySelector('{RENEW}').offsetParent")
    changing_server.trouble.asked.clear()
    phone.tap(RENEW)
    phone.wait_for(f"{STATUS}.startsWith('Đã thay ')")
    assert "/assets/offline/library.json" in changing_server.trouble.asked
    assert f"/{GUIDE}" not in changing_server.trouble.asked


def test_what_is_gone_is_not_shown_again(phone: Engine, changing_server: SiteServer) -> None:
    keep_library(phone, changing_server)
    shutil.rmtree(changing_server.folder / URGENT)
    phone.open(changing_server.url + URGENT)
    assert heading(phone) != "Lỡ bấm link lạ"
    changing_server.stop()
    phone.open(changing_server.url + URGENT)
    phone.wait_for("location.search === '?chua-luu'")
    phone.open(changing_server.url + GUIDE)
    assert heading(phone) == "Cài máy"


WEEKS_AGO = """caches.open("saved").then(async (cache) => {
  const address = new URL("/assets/offline/library.json", location.href).href;
  const text = await (await cache.match(address)).text();
  const date = new Date(Date.now() - 864e5 * DAYS).toUTCString();
  const headers = { "content-type": "application/json", date };
  await cache.put(address, new Response(text, { headers }));
})"""


def keep_for_days(page: Page, server: SiteServer, days: int, connection: str) -> None:
    """Keep the library on a phone of this connection, as if that were so many days ago."""
    page.add_init_script(f"Object.defineProperty(navigator, 'connection', {{value: {connection}}})")
    page.goto(server.url)
    page.locator(KEEP).click()
    expect(page.locator("[data-library] [role=status]")).to_have_text(KEPT)
    page.evaluate(WEEKS_AGO.replace("DAYS", str(days)))
    correct(server, GUIDE)
    server.trouble.asked.clear()


@pytest.mark.parametrize("address", ["", URGENT])
def test_a_network_that_costs_nothing_renews_unasked(
    page: Page, changing_server: SiteServer, address: str
) -> None:
    keep_for_days(page, changing_server, 2, "{type: 'wifi'}")
    page.goto(changing_server.url + address)
    wait_until(
        page,
        "caches.match('/assets/offline/library.json').then((kept) => kept.text())"
        ".then((text) => text.includes('\"corrected\"'))",
    )
    assert f"/{GUIDE}" in changing_server.trouble.asked
    page.reload(wait_until="networkidle")
    assert changing_server.trouble.asked.count("/assets/offline/versions.json") == 1


@pytest.mark.parametrize(
    "connection", ["{type: 'cellular'}", "{type: 'wifi', saveData: true}", "{}", "undefined"]
)
def test_any_other_network_is_asked_for_after_a_week(
    page: Page, changing_server: SiteServer, connection: str
) -> None:
    keep_for_days(page, changing_server, 2, connection)
    page.goto(changing_server.url, wait_until="networkidle")
    expect(page.locator("[data-library]")).not_to_be_visible()
    page.evaluate(WEEKS_AGO.replace("DAYS", "8"))
    page.goto(changing_server.url, wait_until="networkidle")
    expect(page.locator(STATE)).to_have_text(DATE)
    assert not [path for path in changing_server.trouble.asked if "/assets/offline/" in path]
    page.locator(RENEW).click()
    expect(page.locator("[data-library] [role=status]")).to_have_text(
        "Đã thay 1 trang bằng bản mới."
    )


def test_who_does_not_ask_fetches_nothing_for_it(page: Page, changing_server: SiteServer) -> None:
    for address in ("", GUIDE, "", "da-luu/"):
        page.goto(changing_server.url + address, wait_until="networkidle")
    wait_until(page, "navigator.serviceWorker.ready.then(() => true)")
    pages = [path for path in changing_server.trouble.asked if "offline/" in path]
    assert pages == ["/assets/offline/shell.json"]
    assert "/search/index.json" not in changing_server.trouble.asked


def test_the_size_told_first_counts_the_worker(page: Page, changing_server: SiteServer) -> None:
    page.goto(changing_server.url)
    button = page.locator(KEEP)
    size = page.locator(f"{KEEP} [data-kb]")
    first = int(size.get_attribute("data-kb")) + int(size.get_attribute("data-more-kb"))
    words = "Lưu cả thư viện về máy ({}\u00a0KB), dùng khi không có mạng"
    expect(button).to_have_text(words.format(first))
    page.goto(changing_server.url + GUIDE)
    wait_until(page, "navigator.serviceWorker.ready.then(() => true)")
    page.goto(changing_server.url)
    expect(button).to_have_text(words.format(size.get_attribute("data-kb")))


def test_a_kept_library_is_told_and_cleared(page: Page, changing_server: SiteServer) -> None:
    page.goto(changing_server.url + "da-luu/")
    page.locator(KEEP).click()
    expect(page.locator(STATE)).to_have_text(DATE)
    page.reload()
    expect(page.locator(STATE)).to_have_text(DATE)
    expect(page.locator(KEEP)).not_to_be_visible()
    page.goto(changing_server.url)
    expect(page.locator("[data-library]")).not_to_be_visible()
    page.goto(changing_server.url + GUIDE)
    expect(page.locator("[data-tool=save]")).to_contain_text("Đã lưu")
    page.goto(changing_server.url + "da-luu/")
    page.get_by_role("button", name="Xóa hết khỏi máy").click()
    expect(page.locator(KEEP)).to_be_visible()
    expect(page.locator(STATE)).not_to_be_visible()


def test_what_failed_is_said_and_nothing_is_half_kept(
    page: Page, changing_server: SiteServer
) -> None:
    page.goto(changing_server.url)
    file = changing_server.folder / "assets/offline/library.json"
    file.write_bytes(file.read_bytes()[:-100])
    page.locator(KEEP).click()
    expect(page.locator("[data-library] [role=status]")).to_have_text(
        "Chưa lưu được. Mất mạng, bấm lại sau."
    )
    assert page.evaluate("caches.match('/assets/offline/library.json')") is None
    changing_server.trouble.status = 503
    page.locator(KEEP).click()
    expect(page.locator("[data-library] [role=status]")).to_have_text(
        "Chưa lưu được. Máy chủ đang trục trặc, bấm lại sau."
    )


def test_a_server_in_trouble_spoils_no_kept_page(page: Page, changing_server: SiteServer) -> None:
    page.goto(changing_server.url + "da-luu/")
    page.locator(KEEP).click()
    expect(page.locator(STATE)).to_have_text(DATE)
    page.goto(changing_server.url + GUIDE)
    correct(changing_server, URGENT)
    page.goto(changing_server.url + "da-luu/")
    expect(page.locator(RENEW)).to_be_visible()
    changing_server.trouble.status = 503
    page.locator(RENEW).click()
    expect(page.locator("[data-library] [role=status]")).to_have_text(
        "Chưa lưu được. Máy chủ đang trục trặc, bấm lại sau."
    )
    changing_server.stop()
    page.goto(changing_server.url + URGENT)
    expect(page.locator("h1")).to_have_text("Lỡ bấm link lạ")


def test_a_page_read_since_is_shown_before_that_of_the_library(
    page: Page, changing_server: SiteServer
) -> None:
    page.goto(changing_server.url)
    page.locator(KEEP).click()
    expect(page.locator("[data-library] [role=status]")).to_have_text(KEPT)
    correct(changing_server, GUIDE)
    page.goto(changing_server.url + GUIDE)
    expect(page.locator("h1")).to_have_text(CORRECTED)
    changing_server.stop()
    page.goto(changing_server.url + GUIDE)
    expect(page.locator("h1")).to_have_text(CORRECTED)
