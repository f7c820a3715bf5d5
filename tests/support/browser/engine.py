"""What a test may ask of any browser engine, however old; each engine speaks its own protocol."""

from __future__ import annotations

import json
import re
import subprocess
from abc import ABC, abstractmethod
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from support.waiting import wait_until

START = 60  # seconds that a busy machine may take


class PageLeftError(AssertionError):
    """The page was left while a script ran in it: what was asked is the next page's to answer."""


class Engine(ABC):
    """One headless browser with one tab at a time; a context manager that ends it."""

    name: str
    complaints: list[str]  # script errors and console messages since the tab was opened
    received = 0  # bytes, as they came over the network; 0 where the engine does not count them
    _process: subprocess.Popen[bytes]
    _open: ExitStack

    def __enter__(self) -> Engine:
        return self

    def __exit__(self, *_: object) -> None:
        self.end()

    def end(self) -> None:
        """End the browser; what it has opened is closed."""
        self._process.terminate()
        self._process.wait()
        self._open.close()

    @abstractmethod
    def new_tab(self, width: int = 360, height: int = 640) -> None:
        """Go on in a tab of this size, in pixels, whose store is empty."""

    def slow_down(self) -> None:  # noqa: B027 # not every engine can
        """Go on as a cheap phone on a weak network, where the engine can pretend to be one."""

    @abstractmethod
    def open(self, url: str) -> None:
        """Load a page and wait until it is complete."""

    @abstractmethod
    def reload(self) -> None:
        """Load the page again and wait until it is complete."""

    @abstractmethod
    def go_back(self) -> None:
        """Do what the Back button does; it waits for nothing."""

    @abstractmethod
    def touch(self, x: float, y: float) -> None:
        """Tap on a point of the window; a click where the engine has no touch."""

    @abstractmethod
    def press(self, keys: str) -> None:
        """Press keys where the focus is."""

    @abstractmethod
    def shoot(self, file: Path) -> None:
        """Save what the window shows as PNG."""

    @abstractmethod
    def run(self, script: str) -> Any:
        """Return the text that an asynchronous expression promises."""

    def evaluate(self, expression: str) -> Any:
        """Return the value of an expression, or of what it promises, passed as JSON."""
        text = self.run(f"(async () => JSON.stringify(await ({expression})))()")
        return json.loads(text or "null")

    def settle(self) -> None:
        """Wait until what has run is drawn: two frames."""
        frame = "await new Promise((drawn) => requestAnimationFrame(() => drawn()))"
        self.run(f"(async () => {{ {frame}; {frame}; return ''; }})()")

    def wait_for(self, expression: str) -> Any:
        """Return the value of an expression as soon as it is truthy, on this page or the next."""

        def look() -> Any:
            try:
                return self.evaluate(expression)
            except PageLeftError:
                return None

        return wait_until(look, lambda: f"{self.name}: never true: {expression}", START)

    def address_in(self, log: Path, listening: re.Pattern[str]) -> str:
        """Return the address that a starting browser writes into its log."""

        def said() -> str:
            return log.read_text(encoding="utf-8", errors="replace")

        return wait_until(lambda: listening.search(said()), said, START)[1]

    def type_into(self, selector: str, words: str) -> None:
        """Tap into the first field that fits and type; the words are there then."""
        field = f"document.querySelector({json.dumps(selector)})"
        self.tap(selector)
        self.wait_for(f"document.activeElement === {field}")
        self.press(words)
        self.wait_for(f"{field}.value === {json.dumps(words)}")

    def tap(self, selector: str) -> None:
        """Bring the first element that fits into view, and tap in its middle."""
        # Old engines glide there, whatever they are asked.
        x, y = self.evaluate(
            f"""(async () => {{
              const each = document.querySelector({json.dumps(selector)});
              each.scrollIntoView({{block: "center", behavior: "instant"}});
              for (let still = 0, last; still < 5; last = each.getBoundingClientRect().top) {{
                await new Promise((resolve) => setTimeout(resolve, 20));
                still = last === each.getBoundingClientRect().top ? still + 1 : 0;
              }}
              const {{left, top, width, height}} = each.getBoundingClientRect();
              return [left + width / 2, top + height / 2];
            }})()"""
        )
        self.touch(x, y)
