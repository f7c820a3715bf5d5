"""Long work speaks, short work does not."""

import pytest

from portal.progress import Progress


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
