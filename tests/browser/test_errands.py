"""Fifteen errands of residents, on the oldest engine, on today's and on WebKit.

`make errands` does them on the real site, as on a cheap phone over a weak network, and prints what
each costs: taps, seconds, KB before compression (WebKit is not slowed and counts none); the tests
do them on the small site. The words are those people type; headings are the editors' own matter, so
an errand knows its guide by the address, which stays.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable

import pytest
from support.browser.chromium import OLD
from support.browser.engine import Engine
from support.browser.server import SiteServer
from support.browser.webkit import WEBKIT

POLICE = "Cong an: ban vi pham, nop phat tai http://csgt-nopphat.example"
AT_REST = """(async () => {
  let same = 0, last;
  for (let looks = 0; same < 8 && looks < 200; looks += 1) {
    await new Promise((done) => setTimeout(done, 50));
    const { href } = document.querySelector(".search-list a") || {};
    same = href && href === last ? same + 1 : 0;
    last = href;
  }
  return same === 8;
})()"""
STATUS = "document.querySelector('.page-tools [role=status]').textContent"


class Resident:
    """Does what a resident does, and counts the taps."""

    def __init__(self, phone: Engine, site: str) -> None:
        self.phone = phone
        self.site = site
        self.taps = 0

    def open(self, address: str = "") -> None:
        self.phone.open(self.site + address)

    def tap(self, selector: str) -> None:
        self.see(f"document.querySelector({selector!r})")
        self.phone.tap(selector)
        self.taps += 1

    def type_into(self, selector: str, words: str) -> None:
        self.see(f"document.querySelector({selector!r})")
        self.phone.type_into(selector, words)
        self.taps += 1

    def see(self, expression: str) -> None:
        """Wait until an expression is neither empty nor null."""
        self.phone.wait_for(f"Boolean(await {expression})")

    def search(self, words: str, address: str) -> None:
        """Type into the box of the home page and open the first answer."""
        self.open()
        self.type_into(".hero .search-box input", words)
        answer = "document.querySelector('.search-list a')"
        self.see(f"{answer} && {answer}.pathname.includes({address!r})")
        self.see(AT_REST)  # the answers of each letter give way to those of the next
        self.tap(".search-list a")
        self.see(f"document.querySelector('article') && location.pathname.includes({address!r})")

    def open_guide(self) -> None:
        """Open the first urgent guide from the home page."""
        self.open()
        self.tap(".urgent a")
        self.see("document.querySelector('.page-tools.works')")


def forgotten_passcode(resident: Resident) -> None:
    resident.search("quen passcode", "passcode")


def money_sent_to_a_swindler(resident: Resident) -> None:
    resident.open_guide()
    top = "document.querySelector('.box-urgent').getBoundingClientRect().top"
    resident.see(f"{top} < innerHeight")


def message_of_the_police(resident: Resident) -> None:
    check_address(resident, POLICE, ".box-urgent")


def health_card(resident: Resident) -> None:
    resident.search("the bhyt", "bhyt")


def former_commune(resident: Resident) -> None:
    resident.open("toi-o-dau/")
    resident.type_into(".finder.works input", "khanh hoa")
    resident.see("document.querySelector('.finder-results').textContent.includes('Khánh Hòa')")


def bigger_text(resident: Resident) -> None:
    resident.open()
    resident.tap(".text-size.works [data-text-size='1']")
    resident.see("document.documentElement.dataset.size === '1'")


def listen(resident: Resident) -> None:
    resident.open_guide()
    resident.tap("[data-tool=outside]")
    resident.see(f"{STATUS}.includes('Mở bằng Chrome để nghe')")


def keep_for_later(resident: Resident) -> None:
    resident.open_guide()
    resident.tap("[data-tool=save]")
    resident.see(f"{STATUS}.startsWith('Đã lưu')")


def back_after_an_update(resident: Resident) -> None:
    keep_for_later(resident)
    resident.phone.evaluate(
        "void navigator.serviceWorker.getRegistration().then((r) => r.update())"
    )
    resident.phone.reload()
    resident.see("document.querySelector('.page-tools.works')")


def whom_to_call(resident: Resident) -> None:
    resident.open()
    resident.tap(".main-nav a[href*='goi-giup']")
    resident.see("document.querySelector('a[href=\"tel:113\"]')")


def check_address(resident: Resident, text: str, answer: str = "") -> None:
    resident.open("kiem-tra-ten-mien/")
    resident.type_into(".finder.works textarea", text)
    resident.tap(".finder button")
    resident.see(f"document.querySelector('output .box{answer}')")


def official_address(resident: Resident) -> None:
    check_address(resident, "dichvucong.gov.vn")


def buy_safely(resident: Resident) -> None:
    resident.search("mua hang tren mang", "mua")


def school_fee(resident: Resident) -> None:
    resident.search("dong hoc phi", "hoc-phi")


def step_by_step(resident: Resident) -> None:
    resident.open_guide()
    resident.tap("[data-tool=steps]")
    resident.tap("[data-move='1']")
    resident.see("document.querySelector('.step-count').textContent.includes('Bước 2')")


def back(resident: Resident) -> None:
    resident.open_guide()
    resident.phone.go_back()
    resident.see("document.querySelector('.hero')")


ERRANDS = [
    forgotten_passcode,
    money_sent_to_a_swindler,
    message_of_the_police,
    health_card,
    former_commune,
    bigger_text,
    listen,
    keep_for_later,
    back_after_an_update,
    whom_to_call,
    official_address,
    buy_safely,
    school_fee,
    step_by_step,
    back,
]


@pytest.fixture(scope="module", params=[*OLD[:1], "today", *WEBKIT], ids=str)
def engine(engines: Callable[[str | int], Engine], request: pytest.FixtureRequest) -> Engine:
    return engines(request.param)


@pytest.mark.parametrize("errand", ERRANDS, ids=lambda errand: errand.__name__)
def test_an_errand_is_done(
    engine: Engine, site: SiteServer, errand: Callable[[Resident], None]
) -> None:
    engine.new_tab()
    if os.environ.get("SLOW_PHONE"):
        engine.slow_down()
    resident = Resident(engine, site.url)
    begun = time.monotonic()
    errand(resident)
    seconds = time.monotonic() - begun
    name = errand.__name__.replace("_", " ")
    told = f"{resident.taps} taps {seconds:5.1f} s {engine.received / 1000:4.0f} KB"
    print(f"\n{engine.name:15} {name:26} {told}", end="")
    assert engine.complaints == []
