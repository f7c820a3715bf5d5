"""Long work speaks, short work does not."""

import io
import time

import pytest

from portal.system.progress import BuildProgress, Progress


def test_nothing_is_said_in_the_first_second(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter([0.0, 0.3, 0.9])
    monkeypatch.setattr("time.monotonic", lambda: next(clock))
    said = list[str]()
    progress = Progress("hình", said.append)
    progress.report(1, 2)
    progress.report(2, 2)
    assert said == []


def test_long_work_is_said_every_two_seconds_and_at_its_end(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    clock = iter([0.0, 1.1, 1.5, 3.2, 3.3])
    monkeypatch.setattr("time.monotonic", lambda: next(clock))
    said = list[str]()
    progress = Progress("hình", said.append)
    for done in (1, 2, 3, 4):
        progress.report(done, 4)
    assert said == ["đã xong 1/4 hình", "đã xong 3/4 hình", "đã xong 4/4 hình"]


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_build_of_two_seconds_shows_stage_pages_cache_and_time_left(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    clock = iter((0.0, 1.0, 1.5, 3.0, 3.1))
    monkeypatch.setattr(time, "monotonic", lambda: next(clock))
    terminal = Terminal()
    progress = BuildProgress(terminal, {})
    progress.begin("viết trang", 100, cached=40)
    for _ in range(3):
        progress.step()
    progress.end()
    shown = "viết trang: 42/100 trang, 40 có sẵn, còn khoảng 58 giây"
    assert terminal.getvalue() == f"\x1b[K{shown}\r\x1b[K\r"


@pytest.mark.parametrize("stream", [io.StringIO(), Terminal()])
def test_a_build_is_silent_in_ci_and_without_a_terminal(
    stream: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = iter(range(0, 100, 10))
    monkeypatch.setattr(time, "monotonic", lambda: float(next(clock)))
    progress = BuildProgress(stream, {"CI": "true"} if stream.isatty() else {})
    progress.begin("viết trang", 2)
    progress.step()
    progress.end()
    assert stream.getvalue() == ""
