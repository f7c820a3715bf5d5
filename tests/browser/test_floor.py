"""The floor: on the oldest engines that phones hold, nothing is broken that works on today's."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from .chromium import OLD, Chromium
from .conftest import SiteServer
from .engine import Engine
from .firefox import Firefox
from .floor import GUIDE

SCREEN = [0, 0, 360, 640]
IN_VIEW = """((selector) => {
  const box = document.querySelector(selector).getBoundingClientRect();
  return [box.left, box.top, box.right, box.bottom].map(Math.round);
})"""


@pytest.fixture(scope="module", params=[*OLD, "today", "Firefox"], ids=lambda engine: f"{engine}")
def engine(request: pytest.FixtureRequest) -> Iterator[Engine]:
    which = request.param
    with Firefox() if which == "Firefox" else Chromium(which if which in OLD else None) as opened:
        yield opened


@pytest.fixture
def phone(engine: Engine) -> Iterator[Engine]:
    """Return a phone of 360 × 640; a script error or a message in its console fails the test."""
    engine.new_tab()
    yield engine
    assert engine.complaints == []


def test_step_mode_fills_the_screen_and_back_leaves_it(phone: Engine, floor: SiteServer) -> None:
    phone.open(floor.url + GUIDE)
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
    phone: Engine, floor: SiteServer, picture: str
) -> None:
    phone.open(floor.url + GUIDE)
    phone.wait_for("!!document.querySelector('.picture [aria-haspopup]')")
    phone.tap(picture)
    phone.wait_for("!!document.querySelector('.zoom[open]')")
    assert phone.evaluate(f"{IN_VIEW}('.zoom')") == SCREEN
    phone.tap(".zoom button")
    phone.wait_for("!document.querySelector('.zoom') && !(history.state && history.state.dialogs)")
