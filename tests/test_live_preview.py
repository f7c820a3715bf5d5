"""`serve` shows an edit before it builds the rest, and outlives a build that fails."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from support.project import BODY, FRONT, write
from support.waiting import wait_until

GUIDE = "docs/guides/dinh-danh/kich-hoat.md"
ADDRESS = "guides/dinh-danh/kich-hoat/"
PATIENCE = 60  # seconds on a busy machine
# A system may have no more watches to give.
WATCHES = """
import errno
import os

from watchdog.observers import Observer
from watchdog.observers.polling import PollingEmitter

first, later = PollingEmitter.on_thread_start, PollingEmitter.queue_events


def look_first(self):
    first(self)
    print("looked at", self.watch.path, flush=True)


def look(self, timeout):
    later(self, timeout)
    print("looked at", self.watch.path, flush=True)


PollingEmitter.on_thread_start, PollingEmitter.queue_events = look_first, look


def refuse(_):
    raise OSError(errno.ENOSPC, "inotify watch limit reached")


def on_serve(server, **_):
    if "NO_WATCHES" in os.environ:
        Observer.start = refuse
"""


@dataclass
class Served:
    """A project under `mkdocs serve`."""

    project: Path
    url: str
    log: Path
    temporary: Path  # where MkDocs builds
    process: subprocess.Popen[bytes]

    def read(self, address: str = ADDRESS) -> str:
        try:
            with urllib.request.urlopen(self.url + address, timeout=PATIENCE) as answer:
                return str(answer.read().decode())
        except urllib.error.HTTPError as error:
            return f"{error.code} {error.read().decode()}"
        except OSError:
            return ""

    def wait_for(self, text: str, address: str = ADDRESS) -> str:
        return self.wait_until(lambda: page if text in (page := self.read(address)) else "")

    def wait_until(self, look: Callable[[], Any]) -> Any:
        return wait_until(look, lambda: self.log.read_text(encoding="utf-8"))

    def has_said(self, text: str, times: int) -> bool:
        return self.log.read_text(encoding="utf-8").count(text) == times

    def looks(self, folder: str) -> int:
        said = self.log.read_text(encoding="utf-8")
        return said.count(f"looked at {self.project / folder}\n")

    def builds(self) -> int:
        return self.log.read_text(encoding="utf-8").count("Documentation built")

    def staging_folders(self) -> Iterator[Path]:
        return self.temporary.glob(f".mkdocs_*-staging-{self.process.pid}")

    def edit(self, old: str, new: str, file: str = GUIDE) -> None:
        path = self.project / file
        write(path, path.read_text(encoding="utf-8").replace(old, new))


@pytest.fixture
def served(site_project: Path, request: pytest.FixtureRequest) -> Iterator[Served]:
    write(site_project / GUIDE, FRONT.replace("[F1.14]", "[F1.14, F1.03]") + BODY)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    write(site_project / "watches.py", WATCHES)
    configuration = site_project / "mkdocs.yml"
    text = configuration.read_text(encoding="utf-8")
    write(configuration, text.replace("\nhooks:\n", "\nhooks:\n  - watches.py\n"))
    log = site_project / ".cache/serve.log"
    log.parent.mkdir(exist_ok=True)
    command = [sys.executable, "-m", "mkdocs", "serve", "--livereload", "-a", f"127.0.0.1:{port}"]
    temporary = site_project.parent / f"{site_project.name}-temporary"
    temporary.mkdir()
    environment = os.environ | {"PREVIEW": "true", "TMPDIR": str(temporary)}
    environment |= getattr(request, "param", {})
    with log.open("wb") as stream:
        process = subprocess.Popen(
            command, cwd=site_project, env=environment, stdout=stream, stderr=stream
        )
    try:
        started = Served(site_project, f"http://127.0.0.1:{port}/", log, temporary, process)
        started.wait_for("Mở <strong>VNeID</strong>")
        yield started
    finally:
        process.terminate()
        process.wait()


def test_an_edited_page_is_shown_alone_and_the_site_follows(served: Served) -> None:
    served.edit("Hỏi Công an xã.", "Hỏi Công an phường.")
    shown = served.wait_for("Hỏi Công an phường.")
    assert f"đã dựng lại {GUIDE}" in served.log.read_text(encoding="utf-8")
    assert served.builds() == 1
    served.wait_until(lambda: served.builds() == 2)
    assert without_epoch(served.read()) == without_epoch(shown)


@pytest.mark.parametrize("served", [{"NO_WATCHES": "1"}], indirect=True)
def test_an_edit_is_shown_where_the_system_does_not_tell_of_it(served: Served) -> None:
    served.wait_until(lambda: served.looks("docs"))  # the first is one to compare with
    served.edit("Hỏi Công an xã.", "Hỏi Công an phường.")
    served.wait_for("Hỏi Công an phường.")
    assert served.has_said(f"đã dựng lại {GUIDE}", 1)
    served.wait_until(lambda: served.builds() == 2)


def without_epoch(page: str) -> str:
    return page.rpartition("livereload(")[0]


def test_a_changed_title_is_built_whole(served: Served) -> None:
    served.edit("title: Kích hoạt VNeID", "title: Bật VNeID")
    served.wait_for("Bật VNeID", "guides/dinh-danh/")
    assert "đã dựng lại" not in served.log.read_text(encoding="utf-8")


def test_a_failed_build_is_shown_until_it_is_mended(served: Served) -> None:
    served.edit("{% extends", "{% nonsense %}{% extends", "theme/guide.html")
    page = served.wait_for("Chưa dựng lại được trang.")
    assert "nonsense" in page
    looks = served.looks("theme")  # MkDocs' own watch gives notice of the same edit
    served.wait_until(lambda: served.looks("theme") > looks + 1)
    assert "Chưa dựng lại được trang." in served.read()
    served.edit("{% nonsense %}", "", "theme/guide.html")
    served.wait_until(lambda: "Chưa dựng lại được trang." not in served.read())
    assert "Mở <strong>VNeID</strong>" in served.read()
    assert served.process.poll() is None
