"""A small client of WebDriver BiDi: drives Debian's Firefox without a driver program beside it."""

from __future__ import annotations

import base64
import json
import re
import shutil
import subprocess
import tempfile
from contextlib import ExitStack
from itertools import count
from pathlib import Path
from typing import Any

from websockets.sync.client import ClientConnection, connect

from support.browser.engine import START, Engine

FIREFOX = shutil.which("firefox-esr") or shutil.which("firefox")
LISTENING = re.compile(r"WebDriver BiDi listening on (ws://\S+)")


class Firefox(Engine):
    """A headless Firefox."""

    name = "Firefox"

    def __init__(self) -> None:
        assert FIREFOX, "no Firefox: run make browser"
        self.complaints = []
        self._open = ExitStack()
        profile = self._open.enter_context(tempfile.TemporaryDirectory(ignore_cleanup_errors=True))
        self._log = Path(profile) / "log.txt"
        overlay = 'user_pref("ui.useOverlayScrollbars", 1);'  # as on a phone
        Path(profile, "user.js").write_text(overlay, encoding="utf-8")
        command = [FIREFOX, "--headless", "--no-remote", "--profile", profile]
        with self._log.open("w") as log:
            self._process = subprocess.Popen(
                [*command, "--remote-debugging-port", "0"], stdout=log, stderr=log
            )
        self._numbers = count(1)
        self._user = self._tab = ""
        self._socket = self._open.enter_context(self._connect())
        self.call("session.new", capabilities={})
        self.call("session.subscribe", events=["log.entryAdded"])
        self.new_tab()

    def _connect(self) -> ClientConnection:
        return connect(f"{self.address_in(self._log, LISTENING)}/session", max_size=None)

    def call(self, method: str, **parameters: object) -> Any:
        """Send a command and return its result; AssertionError when Firefox refuses it."""
        number = next(self._numbers)
        message = {"id": number, "method": method, "params": parameters}
        self._socket.send(json.dumps(message))
        while (answer := self._receive()).get("id") != number:
            pass
        assert answer["type"] == "success", answer
        return answer["result"]

    def _receive(self) -> dict[str, Any]:
        """Return the next message; note what it says of errors."""
        said: dict[str, Any] = json.loads(self._socket.recv(timeout=START))
        if said.get("method") == "log.entryAdded" and said["params"]["level"] in ("error", "warn"):
            self.complaints.append(said["params"]["text"])
        return said

    def new_tab(self, width: int = 360, height: int = 640) -> None:
        if self._user:
            self.call("browser.removeUserContext", userContext=self._user)
        self._user = self.call("browser.createUserContext")["userContext"]
        tab = self.call("browsingContext.create", type="tab", userContext=self._user)
        self._tab = tab["context"]
        size = {"width": width, "height": height}
        self.call("browsingContext.setViewport", context=self._tab, viewport=size)
        self.complaints = []

    def open(self, url: str) -> None:
        self.call("browsingContext.navigate", context=self._tab, url=url, wait="complete")

    def reload(self) -> None:
        self.call("browsingContext.reload", context=self._tab, wait="complete")

    def go_back(self) -> None:
        self.call("browsingContext.traverseHistory", context=self._tab, delta=-1)

    def touch(self, x: float, y: float) -> None:
        move = {"type": "pointerMove", "x": round(x), "y": round(y)}
        buttons = [{"type": kind, "button": 0} for kind in ("pointerDown", "pointerUp")]
        source = {"type": "pointer", "id": "mouse", "actions": [move, *buttons]}
        self.call("input.performActions", context=self._tab, actions=[source])

    def press(self, keys: str) -> None:
        """Press keys where the focus is; special keys by their WebDriver code points."""
        actions = [{"type": kind, "value": key} for key in keys for kind in ("keyDown", "keyUp")]
        source = {"type": "key", "id": "keyboard", "actions": actions}
        self.call("input.performActions", context=self._tab, actions=[source])

    def shoot(self, file: Path) -> None:
        picture = self.call("browsingContext.captureScreenshot", context=self._tab)
        file.write_bytes(base64.b64decode(picture["data"]))

    def run(self, script: str) -> Any:
        result = self.call(
            "script.evaluate",
            expression=script,
            target={"context": self._tab},
            awaitPromise=True,
        )
        assert result["type"] == "success", result
        return result["result"].get("value")
