"""Measures how far readers of a guide must scroll on a small phone with scripts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from playwright.sync_api import Browser

from desk.audit.visits import AuditFinding

WIDTH, HEIGHT = 360, 640
MAX_SCREENS = 1.2  # above step 1, for a guide without urgent actions
_MEASURE = """() => {
  const guide = document.querySelector("article.guide");
  if (!guide) return null;
  const urgent = guide.querySelector(".box-urgent");
  const step = guide.querySelector(".box-steps li");
  const top = (element) => element ? element.getBoundingClientRect().top + scrollY : null;
  const nav = document.querySelector(".main-nav").getBoundingClientRect().top + scrollY;
  const before = urgent && urgent.previousElementSibling;
  return {
    isUrgent: Boolean(urgent),
    follows: Boolean(before) && before.matches("header") && before.lastElementChild.matches("h1"),
    action: urgent ? urgent.querySelector("li, p").getBoundingClientRect().bottom + scrollY : null,
    step: top(step),
    seen: nav,
  };
}"""


@dataclass(frozen=True)
class FirstScreen:
    """Positions in a guide, in px from its top; None where it has no such element.

    `action` is the lower edge of the first urgent action, `step` the upper edge of step 1, `seen`
    the visible height.
    """

    address: str
    is_urgent: bool
    is_under_title: bool
    action: float | None
    step: float | None
    seen: float

    @property
    def screens(self) -> float:
        """Return the number of screens above step 1."""
        return (self.step or 0) / HEIGHT

    def findings(self) -> Iterator[AuditFinding]:
        """Yield the targets that the guide misses."""
        if self.is_urgent:
            if not self.is_under_title:
                yield AuditFinding(self.address, "what to do at once does not follow the title")
            if self.action is None or self.action > self.seen:
                yield AuditFinding(self.address, "the first action ends below the first screen")
        elif self.screens > MAX_SCREENS:
            yield AuditFinding(self.address, f"step 1 begins after {self.screens:.2f} screens")


def first_screens(browser: Browser, addresses: Iterable[str]) -> Iterator[FirstScreen]:
    """Yield the measurement of each guide among these pages."""
    context = browser.new_context(
        viewport={"width": WIDTH, "height": HEIGHT}, ignore_https_errors=True
    )
    page = context.new_page()
    for address in addresses:
        page.goto(address)
        found = page.evaluate(_MEASURE)
        if found:
            yield FirstScreen(
                address,
                found["isUrgent"],
                found["follows"],
                found["action"],
                found["step"],
                found["seen"],
            )
    context.close()
