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
import signal
import subprocess
import tempfile
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Any

from support.browser.engine import START, Engine, PageLeftError
from support.serving import free_port
from support.waiting import wait_until

IS_THERE = bool(shutil.which("WebKitWebDriver") and shutil.which("Xvfb"))
# As with old Chromiums: where tests are the last word, a missing engine fails.
WEBKIT = ["WebKit"] if IS_THERE or os.environ.get("CI") else []
# What Zalo's browser on an iPhone says of itself.
ZALO = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 15_0 like Mac OS X) AppleWebKit/605.1.15 "
    "(KHTML, like Gecko) Mobile/15E148 Zalo iOS/500"
)
# The window of the browser itself is never narrower than its buttons; one without them is.
POPUP = "window.open('about:blank', '_blank', 'popup,width={},height={}')"
SCRIPT = 20  # seconds that a script may take; the longest of ours take 12
# Seconds until a driver counts as dead: more than it takes to say that a script is late.
SILENCE = 3 * SCRIPT


class WebKit(Engine):
    """WebKitGTK on a screen of its own that nobody sees."""

    name = "WebKit"

    def __init__(self) -> None:
        assert IS_THERE, "no WebKit: run make browser"
        self._open = ExitStack()
        self._display = self._screen()
        self._session = self._origin = ""
        self._start()

    def _start(self) -> None:
        """Start the driver and its browser, whose store is empty."""
        self.complaints = []
        self._visited = set[str]()
        self._running = self._open.enter_context(ExitStack())
        folder = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        home = self._running.enter_context(folder)
        port = free_port()
        environment = {**os.environ, "DISPLAY": self._display, "GDK_BACKEND": "x11"}
        environment |= {"HOME": home, "XDG_CACHE_HOME": home, "XDG_DATA_HOME": home}
        with Path(home, "log.txt").open("w") as log:
            self._process = subprocess.Popen(
                ["WebKitWebDriver", f"--port={port}"],
                stdout=log,
                stderr=log,
                env=environment,
                start_new_session=True,
            )
        self._running.callback(self._kill)
        self._driver = http.client.HTTPConnection("127.0.0.1", port, timeout=SILENCE)
        self._running.callback(self._driver.close)
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
        self.call("POST", "timeouts", script=1000 * SCRIPT, pageLoad=1000 * SCRIPT)
        self._first = self.call("GET", "window")

    def _kill(self) -> None:
        """Kill the driver, the browser and all its processes, whatever they are waiting for."""
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()

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
        self._open.close()

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
        if answer.status != http.HTTPStatus.OK and value["error"] == "no such frame":
            raise PageLeftError(value)
        assert answer.status == http.HTTPStatus.OK, (path, value)
        return value

    def call(self, method: str, command: str, **parameters: object) -> Any:
        """Send a command to the tab and return its result; AssertionError when it is refused."""
        return self._ask(method, f"/session/{self._session}/{command}", **parameters)

    def new_tab(self, width: int = 360, height: int = 640) -> None:
        try:
            self._close_tab()
        except (OSError, http.client.HTTPException, AssertionError):
            self._restart()  # the driver is dead, or does not know what it shows
        self._size = width, height
        self._open_tab()

    def _close_tab(self) -> None:
        if self.call("GET", "window") != self._first:
            self.call("DELETE", "window")
            self.call("POST", "window", handle=self._first)

    def _open_tab(self) -> None:
        width, height = self._size
        self.call("POST", "execute/sync", script=POPUP.format(width, height), args=[])
        (tab,) = (each for each in self.call("GET", "window/handles") if each != self._first)
        self.call("POST", "window", handle=tab)
        self.call("POST", "window/rect", width=width, height=height)
        self.wait_for(f"innerWidth === {width} && innerHeight === {height}")
        self._origin = ""

    def _restart(self) -> None:
        self._running.close()
        self._start()

    def open(self, url: str) -> None:
        origin = url.split("/")[2]
        if origin != self._origin and origin in self._visited:
            self._restart()
            self._open_tab()
        self._origin = origin
        self._visited.add(origin)
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
