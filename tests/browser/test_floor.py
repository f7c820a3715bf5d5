"""The floor: on the oldest engines that phones hold, nothing is broken that works on today's."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from support.browser.chromium import OLD
from support.browser.engine import Engine
from support.browser.server import SiteServer
from support.browser.webkit import WEBKIT
from support.floor import GUIDE, PAGES

SCREEN = [0, 0, 360, 640]
IN_VIEW = """((selector) => {
  const box = document.querySelector(selector).getBoundingClientRect();
  return [box.left, box.top, box.right, box.bottom].map(Math.round);
})"""


MISPLACED = Path(__file__).with_name("misplaced.js").read_text(encoding="utf-8").strip()
MISPLACED = MISPLACED[MISPLACED.index("(() =>") :]
# Buttons of forms lead to another page.
CONTROLS = "main button[type=button], main summary, main input[type=checkbox], header button"
USABLE = """[...document.querySelectorAll(CONTROLS)]
  .map((each, place) => each.offsetParent && !each.disabled
    && getComputedStyle(each).visibility !== "hidden"
    && each.getAttribute("aria-disabled") !== "true" ? place : -1)
  .filter((place) => place >= 0)"""
MARK = """((place) => {
  document.querySelectorAll("[data-tapped]").forEach((each) => delete each.dataset.tapped);
  const control = document.querySelectorAll(CONTROLS)[place];
  control.dataset.tapped = "";
  return control.matches("[data-tool=steps], [data-slides]");
})"""


@pytest.fixture(scope="module", params=[*OLD, "today", "Firefox", *WEBKIT], ids=str)
def engine(engines: Callable[[str | int], Engine], request: pytest.FixtureRequest) -> Engine:
    return engines(request.param)


@pytest.fixture
def phone(engine: Engine) -> Iterator[Engine]:
    """Return a phone of 360 × 640; a script error or a message in its console fails the test."""
    engine.new_tab()
    yield engine
    assert engine.complaints == []


def test_step_mode_fills_the_screen_and_back_leaves_it(phone: Engine, server: SiteServer) -> None:
    phone.open(server.url + GUIDE)
    phone.wait_for("!!document.querySelector('.tick')")
    phone.tap("[data-tool=steps]")
    phone.wait_for("!!document.querySelector('.step-mode[open]')")
    assert phone.evaluate(f"{IN_VIEW}('.step-mode')") == SCREEN
    phone.tap(".step-buttons [data-move='1']")
    phone.wait_for("document.querySelector('.step-count').textContent.endsWith('Bước 2 trên 4')")
    phone.go_back()
    phone.wait_for("!document.querySelector('.step-mode')")
    assert phone.evaluate("location.pathname") == f"/{GUIDE}"


@pytest.mark.parametrize("picture", [".picture a", ".drawing a"])
def test_picture_fills_the_screen_and_its_button_closes_it(
    phone: Engine, server: SiteServer, picture: str
) -> None:
    phone.open(server.url + GUIDE)
    phone.wait_for("!!document.querySelector('.picture [aria-haspopup]')")
    phone.tap(picture)
    phone.wait_for("!!document.querySelector('.zoom[open]')")
    assert phone.evaluate(f"{IN_VIEW}('.zoom')") == SCREEN
    phone.tap(".zoom button")
    phone.wait_for("!document.querySelector('.zoom') && !(history.state && history.state.dialogs)")


@pytest.mark.parametrize("address", PAGES)
def test_everything_has_its_place_on_the_screen(
    phone: Engine, server: SiteServer, address: str
) -> None:
    phone.open(server.url + address)
    phone.wait_for("document.readyState === 'complete'")
    phone.settle()
    assert phone.evaluate(MISPLACED) == []


@pytest.mark.parametrize("address", PAGES)
def test_every_control_can_be_tapped(phone: Engine, server: SiteServer, address: str) -> None:
    phone.open(server.url + address)
    phone.evaluate("void (window.print = () => {})")
    phone.evaluate(f"void (window.CONTROLS = {CONTROLS!r})")
    phone.settle()
    for place in phone.evaluate(USABLE):
        opens = phone.evaluate(f"{MARK}({place})")
        phone.tap("[data-tapped]")
        phone.settle()
        if opens:
            phone.wait_for("!!(history.state && history.state.dialogs)")
            assert phone.evaluate(f"{IN_VIEW}('dialog')") == SCREEN
            phone.go_back()
            phone.wait_for("!document.querySelector('dialog')")
        assert phone.evaluate(MISPLACED) == [], place


def test_search_answers(phone: Engine, server: SiteServer) -> None:
    phone.open(f"{server.url}tim-kiem/?q=cai%20may")
    first = "document.querySelector('#search-results ol a')"
    phone.wait_for(f"{first} && {first}.pathname === '/{GUIDE}'")
