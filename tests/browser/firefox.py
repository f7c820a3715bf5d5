"""A small client of WebDriver BiDi: drives Debian's Firefox without a driver program beside it."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import time
from contextlib import ExitStack
from itertools import count
from pathlib import Path
from typing import Any

from websockets.sync.client import ClientConnection, connect

FIREFOX = shutil.which("firefox-esr") or shutil.which("firefox")
START = 60  # seconds that a busy machine may take
LISTENING = re.compile(r"WebDriver BiDi listening on (ws://\S+)")


class Firefox:
    """One headless Firefox with one tab; a context manager that ends it."""

    def __init__(self, profile: Path) -> None:
        assert FIREFOX, "no Firefox: run make browser"
        self._log = profile / "log.txt"
        command = [FIREFOX, "--headless", "--no-remote", "--profile", str(profile)]
        with self._log.open("w") as log:
            self._process = subprocess.Popen(
                [*command, "--remote-debugging-port", "0"], stdout=log, stderr=log
            )
        self._numbers = count(1)
        self._open = ExitStack()
        self._socket = self._open.enter_context(self._connect())
        self.call("session.new", capabilities={})
        self._tab = self.call("browsingContext.getTree")["contexts"][0]["context"]

    def __enter__(self) -> Firefox:
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()
        self._process.terminate()
        self._process.wait()

    def _connect(self) -> ClientConnection:
        deadline = time.monotonic() + START
        while time.monotonic() < deadline:
            if found := LISTENING.search(self._log.read_text(errors="replace")):
                return connect(f"{found[1]}/session", max_size=None)
            time.sleep(0.1)
        raise TimeoutError(self._log.read_text(errors="replace"))

    def call(self, method: str, **parameters: object) -> Any:
        """Send a command and return its result; AssertionError when Firefox refuses it."""
        number = next(self._numbers)
        message = {"id": number, "method": method, "params": parameters}
        self._socket.send(json.dumps(message))
        while True:
            answer = json.loads(self._socket.recv(timeout=START))
            if answer.get("id") == number:
                assert answer["type"] == "success", answer
                return answer["result"]

    def open(self, url: str) -> None:
        """Load a page and wait until it is complete."""
        self.call("browsingContext.navigate", context=self._tab, url=url, wait="complete")

    def click(self, selector: str) -> None:
        """Click in the middle of the first element that fits."""
        box = "getBoundingClientRect()"
        x, y = self.evaluate(
            f"(({{left, top, width, height}}) => [left + width / 2, top + height / 2])"
            f"(document.querySelector({selector!r}).{box})"
        )
        move = {"type": "pointerMove", "x": round(x), "y": round(y)}
        buttons = [{"type": kind, "button": 0} for kind in ("pointerDown", "pointerUp")]
        source = {"type": "pointer", "id": "mouse", "actions": [move, *buttons]}
        self.call("input.performActions", context=self._tab, actions=[source])

    def press(self, keys: str) -> None:
        """Press keys where the focus is; special keys by their WebDriver code points."""
        actions = [{"type": kind, "value": key} for key in keys for kind in ("keyDown", "keyUp")]
        source = {"type": "key", "id": "keyboard", "actions": actions}
        self.call("input.performActions", context=self._tab, actions=[source])

    def evaluate(self, expression: str) -> Any:
        """Return the value of an expression, passed as JSON."""
        result = self.call(
            "script.evaluate",
            expression=f"(async () => JSON.stringify(await ({expression})))()",
            target={"context": self._tab},
            awaitPromise=True,
        )
        assert result["type"] == "success", result
        return json.loads(result["result"].get("value", "null"))

    def wait_for(self, expression: str) -> Any:
        """Return the value of an expression as soon as it is truthy."""
        deadline = time.monotonic() + START
        while time.monotonic() < deadline:
            if value := self.evaluate(expression):
                return value
            time.sleep(0.05)
        raise AssertionError(f"never true: {expression}")
