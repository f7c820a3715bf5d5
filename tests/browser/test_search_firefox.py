"""Search in a real Firefox: module workers, the list, the keyboard, the page of results."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from .conftest import SiteServer
from .firefox import Firefox

ARROW_DOWN, ENTER = "\ue015", "\ue007"


@pytest.fixture(scope="module")
def firefox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Firefox]:
    with Firefox(Path(tmp_path_factory.mktemp("firefox"))) as opened:
        yield opened


def test_typing_without_accents_finds_and_enter_opens(firefox: Firefox, server: SiteServer) -> None:
    firefox.open(server.url)
    firefox.click(".hero .search-box input")
    firefox.press("dinh danh dien tu")
    firefox.wait_for("document.querySelectorAll('[role=option]').length > 1")
    meant = firefox.evaluate("document.querySelector('.search-meant').textContent")
    assert meant == "Đang tìm: định danh điện tử"
    firefox.press(ARROW_DOWN)
    target = firefox.wait_for("(document.querySelector('[aria-selected=true]') || {}).href")
    firefox.press(ENTER)
    assert firefox.wait_for(f"location.href === {target!r}") is True


def test_page_of_results_answers_its_address(firefox: Firefox, server: SiteServer) -> None:
    firefox.open(f"{server.url}tim-kiem/?q=lua%20dao")
    firefox.wait_for("document.querySelector('#search-results ol a') !== null")
    assert "lừa" in firefox.evaluate("document.querySelector('#search-results ol a').textContent")
    marks = firefox.evaluate("document.querySelectorAll('#search-results mark').length")
    assert marks > 0
