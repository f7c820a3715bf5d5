"""A small client of the Chrome DevTools Protocol: drives Chromium 80 and today's alike.

Playwright refuses engines of that age, and each of them would need a driver of its own age.
"""

from __future__ import annotations

import base64
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from itertools import count
from pathlib import Path
from typing import Any

from websockets.sync.client import ClientConnection, connect

from support.browser.engine import START, Engine, PageLeftError
from support.project import REPOSITORY

sys.path.insert(0, str(REPOSITORY / "scripts"))
from install_browser import OLD_CHROMIUMS, old_chromium

CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome-stable")
# The same engine without a window takes half the processor time.
LIGHT_CHROMIUM = shutil.which("chromium-headless-shell") or CHROMIUM
# No phone fits letters to whole pixels.
OPTIONS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--font-render-hinting=none",
]
# Where tests are the last word, a missing engine fails; elsewhere `make browser` has named it.
OLD = [each for each in OLD_CHROMIUMS if os.environ.get("CI") or old_chromium(each).is_dir()]

LISTENING = re.compile(r"DevTools listening on (ws://\S+)")
LEFT = "Inspected target navigated or closed"
# What Zalo's browser on a cheap phone says of itself; the number is the engine's own.
ZALO = (
    "Mozilla/5.0 (Linux; Android 9; SM-J600G Build/PPR1.180610.011; wv) AppleWebKit/537.36 "
    "(KHTML, like Gecko) Version/4.0 Chrome/{}.0.0.0 Mobile Safari/537.36 Zalo android/12110678"
)
ENTER = {"key": "Enter", "code": "Enter", "windowsVirtualKeyCode": 13, "text": "\r"}


class Chromium(Engine):
    """A headless Chromium: an old one by its version, or today's."""

    def __init__(self, version: int | None = None) -> None:
        self.name = f"Chromium {version or 'today'}"
        self.complaints = []
        self._open = ExitStack()
        self._numbers = count(1)
        self._session: str | None = None
        self._context: str | None = None
        self._loaded = False
        environment = dict(os.environ)
        program = CHROMIUM
        if version:
            folder = old_chromium(version)
            program = str(folder / "chromium")
            environment["LD_LIBRARY_PATH"] = f"{folder}:{folder}/lib"
        profile = self._open.enter_context(tempfile.TemporaryDirectory(ignore_cleanup_errors=True))
        self._log = Path(profile) / "log.txt"
        command = [str(program), *OPTIONS, "--headless", "--remote-debugging-port=0"]
        with self._log.open("w") as log:
            self._process = subprocess.Popen(
                [*command, "--disable-dev-shm-usage", f"--user-data-dir={profile}", "about:blank"],
                stdout=log,
                stderr=log,
                env=environment,
            )
        self._socket = self._open.enter_context(self._connect())
        product = self.call("Browser.getVersion")["product"]
        self.version = int(re.findall(r"\d+", product)[0])
        assert version in (None, self.version), f"asked for {version}, got {product}"
        self.new_tab()

    def _connect(self) -> ClientConnection:
        address = self.address_in(self._log, LISTENING)
        return connect(address, max_size=None, compression=None, ping_interval=None)

    def call(self, method: str, **parameters: object) -> Any:
        """Send a command to the tab and return its result; AssertionError when it is refused."""
        number = next(self._numbers)
        message = {"id": number, "method": method, "params": parameters}
        if self._session and not method.startswith(("Target.", "Browser.")):
            message["sessionId"] = self._session
        self._socket.send(json.dumps(message))
        while (answer := self._receive()).get("id") != number:
            pass
        if answer.get("error", {}).get("message") == LEFT:
            raise PageLeftError(answer)
        assert "error" not in answer, (method, answer)
        return answer["result"]

    def _receive(self) -> dict[str, Any]:
        """Return the next message; note what it says of errors."""
        said: dict[str, Any] = json.loads(self._socket.recv(timeout=START))
        self._note(said.get("method"), said.get("params", {}))
        return said

    def _note(self, method: str | None, said: dict[str, Any]) -> None:
        if method == "Page.loadEventFired":
            self._loaded = True
        elif method == "Network.loadingFinished":
            self.received += int(said["encodedDataLength"])
        elif method == "Runtime.exceptionThrown":
            details = said["exceptionDetails"]
            error = details.get("exception", {}).get("description", details["text"])
            self.complaints.append(error)
        elif method == "Runtime.consoleAPICalled" and said["type"] != "debug":
            self.complaints.append(f"{said['type']}: {said['args'][0].get('value')}")
        elif method == "Log.entryAdded" and said["entry"]["level"] in ("error", "warning"):
            self.complaints.append(f"{said['entry']['text']} {said['entry'].get('url', '')}")

    def new_tab(self, width: int = 360, height: int = 640) -> None:
        if self._context:
            self.call("Target.disposeBrowserContext", browserContextId=self._context)
        self._session = None
        self._context = self.call("Target.createBrowserContext")["browserContextId"]
        tab = {"url": "about:blank", "browserContextId": self._context}
        target = self.call("Target.createTarget", **tab)["targetId"]
        attached = self.call("Target.attachToTarget", targetId=target, flatten=True)
        self._session = attached["sessionId"]
        self.complaints = []
        self.received = 0
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.call(f"{domain}.enable")
        self.call("Emulation.setUserAgentOverride", userAgent=ZALO.format(self.version))
        self.call("Emulation.setTouchEmulationEnabled", enabled=True)
        size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": True}
        self.call("Emulation.setDeviceMetricsOverride", **size)

    def slow_down(self) -> None:
        """Go on as a cheap phone on a weak network: 400 kbit/s, 400 ms, a sixth of the speed."""
        network = {"latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000}
        self.call("Network.emulateNetworkConditions", offline=False, **network)
        self.call("Emulation.setCPUThrottlingRate", rate=6)

    def open(self, url: str) -> None:
        self._loaded = False
        answer = self.call("Page.navigate", url=url)
        assert "errorText" not in answer, (url, answer)
        if "loaderId" in answer:  # none when only what stands after # has changed
            self._wait_for_load()

    def reload(self) -> None:
        self._loaded = False
        self.call("Page.reload")
        self._wait_for_load()

    def _wait_for_load(self) -> None:
        while not self._loaded:
            self._receive()

    def go_back(self) -> None:
        history = self.call("Page.getNavigationHistory")
        entry = history["entries"][history["currentIndex"] - 1]
        self.call("Page.navigateToHistoryEntry", entryId=entry["id"])

    def touch(self, x: float, y: float) -> None:
        point = [{"x": round(x), "y": round(y)}]
        self.call("Input.dispatchTouchEvent", type="touchStart", touchPoints=point)
        self.call("Input.dispatchTouchEvent", type="touchEnd", touchPoints=[])

    def press(self, keys: str) -> None:
        for key in keys:
            told = ENTER if key == "\n" else {"text": key, "key": key}
            self.call("Input.dispatchKeyEvent", type="keyDown", **told)
            self.call("Input.dispatchKeyEvent", type="keyUp", **told)

    def shoot(self, file: Path) -> None:
        file.write_bytes(base64.b64decode(self.call("Page.captureScreenshot")["data"]))

    def run(self, script: str) -> Any:
        how = {"awaitPromise": True, "returnByValue": True, "userGesture": True}
        answer = self.call("Runtime.evaluate", expression=script, **how)
        assert "exceptionDetails" not in answer, answer
        return answer["result"].get("value")
