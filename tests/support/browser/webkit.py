"""A small client of WebDriver: drives WebKitGTK, the nearest to an iPhone that runs on Linux.

It is not an iPhone: letters, scrolling, touch, voices and what iOS forbids are its own. Its driver
tells nothing of the console: `complaints` stays empty.
"""

from __future__ import annotations

import base64
import http.client
import json
import os
import shutil
import subprocess
import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from support.browser.engine import START, Engine
from support.serving import free_port
from support.waiting import wait_until

IS_THERE = bool(shutil.which("WebKitWebDriver") and shutil.which("Xvfb"))
# `make webkit` sets it: the driver stopped answering in one whole run of `make test` out of two.
WEBKIT = ["WebKit"] if os.environ.get("WEBKIT") else []
# What Zalo's browser on an iPhone says of itself.
ZALO = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 15_0 like Mac OS X) AppleWebKit/605.1.15 "
    "(KHTML, like Gecko) Mobile/15E148 Zalo iOS/500"
)
# The window of the browser itself is never narrower than its buttons; one without them is.
POPUP = "window.open('about:blank', '_blank', 'popup,width={},height={}')"
# A worker that is busy answers late, or never: then it is the next tab's.
FORGET = """Promise.race([new Promise((done) => setTimeout(done, 3000, "")), (async () => {
  if (!location.protocol.startsWith("http")) return "";
  localStorage.clear();
  sessionStorage.clear();
  for (const name of await caches.keys()) await caches.delete(name);
  for (const each of await navigator.serviceWorker.getRegistrations()) await each.unregister();
  return "";
})()])"""


class WebKit(Engine):
    """WebKitGTK on a screen of its own that nobody sees."""

    name = "WebKit"

    def __init__(self) -> None:
        assert IS_THERE, "no WebKit: run make browser"
        self.complaints = []
        self._open = ExitStack()
        folder = self._open.enter_context(tempfile.TemporaryDirectory(ignore_cleanup_errors=True))
        port = free_port()
        environment = {**os.environ, "DISPLAY": self._screen(), "GDK_BACKEND": "x11"}
        environment |= {"HOME": folder, "XDG_CACHE_HOME": folder, "XDG_DATA_HOME": folder}
        with Path(folder, "log.txt").open("w") as log:
            self._process = subprocess.Popen(
                ["WebKitWebDriver", f"--port={port}"], stdout=log, stderr=log, env=environment
            )
        self._driver = http.client.HTTPConnection("127.0.0.1", port, timeout=3 * START)
        wait_until(self._answers, lambda: "WebKitWebDriver does not answer", START)
        options = {
            "binary": next(map(str, Path("/usr/lib").glob("*/webkit2gtk-4.*/MiniBrowser"))),
            "args": [
                "--automation",
                f"--user-agent={ZALO}",
                "--javascript-can-open-windows-automatically=true",
            ],
        }
        wanted = {"alwaysMatch": {"webkitgtk:browserOptions": options}}
        self._session = self._ask("POST", "/session", capabilities=wanted)["sessionId"]
        self.call("POST", "timeouts", script=3000 * START)
        self._first = self.call("GET", "window")
        self.new_tab()

    def _screen(self) -> str:
        """Start a screen; return its name."""
        screen = self._open.enter_context(
            subprocess.Popen(
                ["Xvfb", "-displayfd", "1", "-screen", "0", "1280x1024x24", "-nolisten", "tcp"],
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                text=True,
            )
        )
        self._open.callback(screen.terminate)
        assert screen.stdout
        return f":{screen.stdout.readline().strip()}"

    def end(self) -> None:
        try:
            self._ask("DELETE", f"/session/{self._session}")
        finally:
            super().end()

    def _answers(self) -> bool:
        try:
            return bool(self._ask("GET", "/status"))
        except OSError:
            self._driver.close()
            return False

    def _ask(self, method: str, path: str, **parameters: object) -> Any:
        body = None if method in ("GET", "DELETE") else json.dumps(parameters)
        self._driver.request(method, path, body, {"Content-Type": "application/json"})
        answer = self._driver.getresponse()
        value = json.load(answer)["value"]
        assert answer.status == http.HTTPStatus.OK, (path, value)
        return value

    def call(self, method: str, command: str, **parameters: object) -> Any:
        """Send a command to the tab and return its result; AssertionError when it is refused."""
        return self._ask(method, f"/session/{self._session}/{command}", **parameters)

    def new_tab(self, width: int = 360, height: int = 640) -> None:
        if self.call("GET", "window") != self._first:
            self.run(FORGET)
            self.call("DELETE", "window")
            self.call("POST", "window", handle=self._first)
        self.call("POST", "execute/sync", script=POPUP.format(width, height), args=[])
        (tab,) = (each for each in self.call("GET", "window/handles") if each != self._first)
        self.call("POST", "window", handle=tab)
        self.call("POST", "window/rect", width=width, height=height)
        self.wait_for(f"innerWidth === {width} && innerHeight === {height}")

    def open(self, url: str) -> None:
        self.call("POST", "url", url=url)

    def reload(self) -> None:
        self.call("POST", "refresh")

    def go_back(self) -> None:
        self.call("POST", "back")

    def touch(self, x: float, y: float) -> None:
        move = {"type": "pointerMove", "x": round(x), "y": round(y)}
        buttons = [{"type": kind, "button": 0} for kind in ("pointerDown", "pointerUp")]
        source = {"type": "pointer", "id": "mouse", "actions": [move, *buttons]}
        self.call("POST", "actions", actions=[source])

    def press(self, keys: str) -> None:
        actions = [{"type": kind, "value": key} for key in keys for kind in ("keyDown", "keyUp")]
        source = {"type": "key", "id": "keyboard", "actions": actions}
        self.call("POST", "actions", actions=[source])

    def shoot(self, file: Path) -> None:
        file.write_bytes(base64.b64decode(self.call("GET", "screenshot")))

    def run(self, script: str) -> Any:
        body = "const done = arguments[0]; ({}).then(done, (error) => done('failed: ' + error));"
        value = self.call("POST", "execute/async", script=body.replace("{}", script), args=[])
        assert not str(value).startswith("failed: "), (script, value)
        return value
