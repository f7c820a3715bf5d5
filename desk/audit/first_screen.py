"""Whether a guide says what to do at first sight, on a small telephone that runs scripts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from playwright.sync_api import Browser

from desk.audit.visits import Finding

WIDTH, HEIGHT = 360, 640
MAX_SCREENS = 1.2  # above step 1 of a guide that is not urgent
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
    """Where a guide begins to help, in px from its top; None is what it does not have.

    `action` is the lower edge of the first thing to do at once, `step` the upper edge of step 1,
    `seen` how much of the page is in view.
    """

    address: str
    is_urgent: bool
    is_under_title: bool
    action: float | None
    step: float | None
    seen: float

    @property
    def screens(self) -> float:
        """Return how many screens stand above step 1."""
        return (self.step or 0) / HEIGHT

    def findings(self) -> Iterator[Finding]:
        """Yield what a reader in a hurry would have to scroll for."""
        if self.is_urgent:
            if not self.is_under_title:
                yield Finding(self.address, "what to do at once does not follow the title")
            if self.action is None or self.action > self.seen:
                yield Finding(self.address, "the first action ends below the first screen")
        elif self.screens > MAX_SCREENS:
            yield Finding(self.address, f"step 1 begins after {self.screens:.2f} screens")


def first_screens(browser: Browser, addresses: Iterable[str]) -> Iterator[FirstScreen]:
    """Yield where each guide among these pages begins to help."""
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
