"""Fifteen errands of residents, on the oldest engine and on today's.

`make errands` does them as on a cheap phone over a weak network and prints what each costs: taps,
seconds, KB before compression. The words are those people type; headings are the editors' own
matter, so an errand knows its guide by the address, which stays.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from .chromium import OLD, Chromium
from .conftest import SiteServer
from .engine import Engine

POLICE = "Cong an: ban vi pham, nop phat tai http://csgt-nopphat.example"
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

    def see(self, expression: str) -> None:
        """Wait until an expression is neither empty nor null."""
        self.phone.wait_for(f"Boolean({expression})")

    def search(self, words: str, address: str) -> None:
        """Type into the box of the home page and open the first answer."""
        self.open()
        self.tap(".hero .search-box input")
        self.see("document.activeElement.matches('input')")
        self.phone.press(words)
        answer = "document.querySelector('.search-list a')"
        self.see(f"{answer} && {answer}.pathname.includes({address!r})")
        time.sleep(0.5)  # for reading; the answers of each letter give way to those of the next
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
    resident.tap(".finder.works input")
    resident.phone.press("khanh hoa")
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
    resident.tap(".finder.works textarea")
    resident.phone.press(text)
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


@pytest.fixture(scope="module", params=[*OLD[:1], "today"], ids=str)
def chromium(request: pytest.FixtureRequest) -> Iterator[Chromium]:
    with Chromium(None if request.param == "today" else request.param) as opened:
        yield opened


@pytest.fixture(scope="module")
def site(real_site: Path) -> Iterator[SiteServer]:
    site_server = SiteServer(real_site)
    yield site_server
    site_server.stop()


@pytest.mark.parametrize("errand", ERRANDS, ids=lambda errand: errand.__name__)
def test_an_errand_is_done(
    chromium: Chromium, site: SiteServer, errand: Callable[[Resident], None]
) -> None:
    chromium.new_tab()
    if os.environ.get("SLOW_PHONE"):
        chromium.slow_down()
    resident = Resident(chromium, site.url)
    begun = time.monotonic()
    errand(resident)
    seconds = time.monotonic() - begun
    name = errand.__name__.replace("_", " ")
    told = f"{resident.taps} taps {seconds:5.1f} s {chromium.received / 1000:4.0f} KB"
    print(f"\n{chromium.name:15} {name:26} {told}", end="")
    assert chromium.complaints == []
