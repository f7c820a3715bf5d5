"""Search in a real Firefox: module workers, the list, the keyboard, the page of results."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from support.browser.engine import Engine
from support.browser.server import SiteServer

MEANT = "Đang tìm: định danh điện tử"
ARROW_DOWN, ENTER = "\ue015", "\ue007"


@pytest.fixture(scope="module")
def firefox(engines: Callable[[str | int], Engine]) -> Engine:
    opened = engines("Firefox")
    opened.new_tab()
    return opened


def test_typing_without_accents_finds_and_enter_opens(firefox: Engine, server: SiteServer) -> None:
    firefox.open(server.url)
    firefox.tap(".hero .search-box input")
    firefox.wait_for("document.activeElement.matches('.hero .search-box input')")
    # A headless Firefox moves the focus but sends no event of it, since its window has none.
    firefox.evaluate("document.activeElement.dispatchEvent(new Event('focusin', {bubbles: true}))")
    firefox.press("dinh danh dien tu")
    firefox.wait_for(f"(document.querySelector('.search-meant') || {{}}).textContent === '{MEANT}'")
    firefox.press(ARROW_DOWN)
    target = firefox.wait_for("(document.querySelector('[aria-selected=true]') || {}).href")
    firefox.press(ENTER)
    assert firefox.wait_for(f"location.href === {target!r}") is True


def test_page_of_results_answers_its_address(firefox: Engine, server: SiteServer) -> None:
    firefox.open(f"{server.url}tim-kiem/?q=lua%20dao")
    first = "document.querySelector('#search-results ol a')"
    firefox.wait_for(f"{first} && {first}.textContent.includes('lừa')")
    firefox.wait_for("!!document.querySelector('#search-results mark')")  # with the texts
