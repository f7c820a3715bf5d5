"""Rehearsals gone through choice by choice, on the oldest engine and today's, also without scripts.

`make rehearsals` does the same with those of the real site. Nothing that is typed may be sent: the
server is asked for nothing while a rehearsal is done.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect
from support.browser.chromium import OLD, Chromium
from support.browser.engine import START, Engine
from support.browser.server import SiteServer
from support.browser.server import wait_until as wait_until_true
from support.browser.voice import start_reading
from support.floor import REHEARSAL
from support.waiting import wait_until

from desk.audit.visits import VIEWS, View, axe_findings

SHOWN = "[...document.querySelectorAll('.screen')].filter((each) => each.offsetHeight)"
IDS_SHOWN = f"{SHOWN}.map((each) => each.id)"
LINKS = f"{SHOWN}[0].querySelectorAll('a[href^=\"#\"]')"
WAYS = """[...document.querySelectorAll('.screen')].map((each) => [
  each.id, [...each.querySelectorAll('a[href^="#"]')].map((link) => link.hash.slice(1))])"""
FIELDS = """[...document.querySelectorAll('main .screen input')].map((each) => [
  each.closest('.screen').id, each.pattern, each.name, Boolean(each.form), each.maxLength < 12])"""
SAID_RIGHT = f"getComputedStyle({SHOWN}[0].querySelector('input + b')).visibility"


class Learner:
    """Goes through the rehearsals of a site; without scripts no page of it runs any."""

    def __init__(self, phone: Chromium, server: SiteServer) -> None:
        self.phone, self.server = phone, server

    def open(self, address: str) -> None:
        self.phone.open(self.server.url + address)

    def see(self, expression: str, wanted: object) -> None:
        """Wait until an expression has a value; the page itself need not run scripts."""
        values = list[object]()

        def is_so() -> bool:
            values.append(self.phone.evaluate(expression))
            return values[-1] == wanted

        wait_until(is_so, lambda: f"{wanted!r} is not {values[-1]!r}", START)

    def follow(self, place: int) -> None:
        """Follow a link of the screen that is shown, by its key: no glide of the page moves it."""
        self.phone.evaluate(f"void {LINKS}[{place}].focus()")
        self.phone.press("\n")


@pytest.fixture(scope="module", params=[*OLD[:1], "today"], ids=str)
def chromium(engines: Callable[[str | int], Engine], request: pytest.FixtureRequest) -> Engine:
    return engines(request.param)


def rehearsals_of(site: SiteServer) -> list[str]:
    """Return the addresses of a site's rehearsals."""
    found = sorted(site.folder.glob("tap-thu/*/index.html"))
    return [file.parent.relative_to(site.folder).as_posix() + "/" for file in found]


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_each_choice_leads_on_and_nothing_is_sent(
    chromium: Chromium, site: SiteServer, scripts: bool
) -> None:
    learner = Learner(chromium, site)
    for address in rehearsals_of(site):
        chromium.new_tab()  # one tab may change its address 200 times in ten seconds, no more
        chromium.call("Emulation.setScriptExecutionDisabled", value=not scripts)
        learner.open(address)
        ways = {place: tuple(links) for place, links in chromium.evaluate(WAYS)}
        first = next(reversed(ways))
        learner.see(IDS_SHOWN, [first])
        asked = len(site.trouble.asked)
        type_everywhere(learner, address)
        choices = go_everywhere(learner, address, first, ways)
        pages = {path for path in site.trouble.asked[asked:] if "tap-thu/" in path or "?" in path}
        assert pages == {f"/{address}"}
        print(f"\n{chromium.name:15} {address:40} {len(ways)} screens, {choices} choices", end="")
        assert chromium.complaints == []


def type_everywhere(learner: Learner, address: str) -> None:
    """Type what each field asks for; none can be sent, or takes a citizen's number."""
    for screen, pattern, *fixed in learner.phone.evaluate(FIELDS):
        assert fixed == ["", False, True]
        learner.open(f"{address}#{screen}")
        learner.see(IDS_SHOWN, [screen])
        learner.phone.evaluate(f"void {SHOWN}[0].querySelector('input').focus()")
        learner.see(SAID_RIGHT, "hidden")
        learner.phone.press(re.sub(r"\[(.)(.)\]| \*|\\\\", r"\2", pattern))
        learner.see(SAID_RIGHT, "visible")


def go_everywhere(
    learner: Learner, address: str, first: str, ways: dict[str, tuple[str, ...]]
) -> int:
    """Follow every link of every screen; return how many there were."""
    choices, seen, waiting = 0, {first}, [first]
    while waiting:
        screen = waiting.pop()
        for place, target in enumerate(ways[screen]):
            learner.open(f"{address}#{screen}")
            learner.see(IDS_SHOWN, [screen])
            learner.follow(place)
            learner.see(IDS_SHOWN, [target])
            choices += 1
            if target not in seen:
                seen.add(target)
                waiting.append(target)
    assert seen == set(ways)
    learner.open(address)
    learner.see(IDS_SHOWN, [first])
    learner.follow(0)
    learner.see(IDS_SHOWN, [ways[first][0]])
    learner.phone.go_back()
    learner.see(IDS_SHOWN, [first])
    return choices


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.name)
def test_axe_finds_nothing_on_each_screen(browser: Browser, site: SiteServer, view: View) -> None:
    anchors = {
        address: re.findall(
            r'<section class="screen[^"]*" id="([^"]+)"',
            (site.folder / address / "index.html").read_text("utf-8"),
        )
        for address in rehearsals_of(site)
    }
    screens = [
        f"{site.url}{address}#{each}" for address, found in anchors.items() for each in found
    ]
    assert len(screens) >= 8
    assert [*axe_findings(browser, screens, view)] == []


@pytest.fixture
def rehearsal(page: Page, server: SiteServer) -> Page:
    page.goto(server.url + REHEARSAL)
    expect(page.get_by_role("button", name="Chiếu lên TV")).to_be_visible()  # its script is there
    return page


def test_the_screen_reached_is_remembered(rehearsal: Page) -> None:
    go_on = rehearsal.get_by_role("button", name="Làm tiếp chỗ cũ")
    rehearsal.get_by_role("link", name="Mở ứng dụng").click()
    expect(rehearsal.locator("#man-go-ma")).to_be_visible()
    expect(rehearsal.locator("#man-tin-den")).to_be_hidden()
    rehearsal.goto(rehearsal.url.partition("#")[0].replace("giu-ma/", ""))
    expect(rehearsal.get_by_text("đã tập xong")).to_be_hidden()
    rehearsal.go_back()
    rehearsal.goto(rehearsal.url.partition("#")[0] + "?")
    expect(rehearsal.locator("#man-tin-den")).to_be_visible()
    go_on.click()
    expect(rehearsal.locator("#man-go-ma")).to_be_visible()
    rehearsal.get_by_role("link", name="Xác nhận").click()
    rehearsal.get_by_role("link", name="Tắt máy").click()
    rehearsal.get_by_role("link", name="Đi tiếp").click()
    expect(rehearsal.locator("#man-xong")).to_be_visible()
    rehearsal.get_by_role("link", name="Tập việc khác").click()
    expect(rehearsal.get_by_text("đã tập xong")).to_be_visible()


def test_only_the_screen_shown_is_read_aloud(page: Page, server: SiteServer) -> None:
    start_reading(page, server.url + REHEARSAL)
    finish = "while (speechSynthesis.current) speechSynthesis.finish()"
    page.evaluate(finish)
    assert page.evaluate("spoken") == [
        "Tập thử: Giữ mã",
        "Gõ mã, không đọc mã cho ai.",
        "Khoảng 2 phút, không gửi gì đi đâu.",
        "Màn hình tập, không phải thật.",
        "Màn 1 trên 4",
        "Có tin đến",
        "Đọc mã trong tin nhắn.",
        "Màn hình tập, không phải thật",
        "Tin nhắn",
        "Mã ô tê pê là 4820.",
        "Hiện tin trên màn hình khóa đang bật",
        "Tin khác Hôm qua 2",
        "Mở ứng dụng",
    ]
    page.get_by_role("button", name="Nghe đọc").click()
    expect(page.locator(".reading-bar")).to_be_visible()
    page.get_by_role("link", name="Mở ứng dụng").click()
    expect(page.locator(".reading-bar")).to_have_count(0)
    page.evaluate("void spoken.splice(0)")
    page.get_by_role("button", name="Nghe đọc").click()
    wait_until_true(page, "spoken.length === 1")
    page.evaluate(finish)
    assert page.evaluate("spoken.slice(4)") == [
        "Màn 2 trên 4",
        "Gõ mã",
        "Chép bốn số vào ô.",
        "Màn hình tập, không phải thật",
        "Mã trong tin nhắn",
        "Tên: Bà A",
        "Xác nhận",
    ]


def test_a_television_shows_questions_before_their_answers(rehearsal: Page) -> None:
    rehearsal.get_by_role("button", name="Chiếu lên TV").click()
    slide = rehearsal.locator(".step-mode")
    told = [
        ("Có tin đến", "Đọc mã trong tin nhắn.", "Mở ứng dụng"),
        ("Có tin đến", "Tin khác", "Chưa phải: Mở tin mới nhất."),
        ("Gõ mã", "Chép bốn số vào ô.", "Xác nhận"),
        ("Có người gọi", "Người lạ hỏi mã.", "Tắt máy"),
        ("Có người gọi", "“Đọc mã”", "Chưa phải: Ai có mã thì lấy được tiền."),
        ("Có người gọi", "“Tắt máy”", "Đúng rồi: Tắt máy không phải xin phép ai."),
        ("Người ấy hỏi tiếp", "Vẫn dừng lại được.", "Gọi ngân hàng"),
        ("Bà con tập xong rồi", "Không đọc mã cho ai.", ""),
    ]
    for place, (title, *said) in enumerate(told):
        if place:
            slide.locator("[data-move='1']").click()
        expect(slide.locator("h2")).to_have_text(title)
        for text in said:
            expect(slide).to_contain_text(text)
    expect(slide.locator("a[href], input:enabled")).to_have_count(0)
