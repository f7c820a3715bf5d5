"""Pictures come from the cache, and only what is not there is encoded."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest
from support.pictures import photo, save

from portal.images.variants import PictureError, make_pictures
from portal.library.image_settings import ImageSettings
from portal.system.cache import Cache
from portal.system.workers import Failure

SETTINGS = ImageSettings(widths=(32, 64))


@pytest.fixture
def sources(tmp_path: Path) -> dict[str, Path]:
    return {f"x/{n}.jpg": save(tmp_path / f"{n}.jpg", photo((96, 64), n)) for n in (1, 2)}


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    return Cache(tmp_path / "cache")


def test_pictures_are_addressed_by_name_width_and_content(
    sources: dict[str, Path], cache: Cache
) -> None:
    reports = list[tuple[int, int]]()
    pictures = make_pictures(sources, cache, SETTINGS, lambda *report: reports.append(report))
    assert reports == [(1, 2), (2, 2)]
    first = pictures["x/1.jpg"]
    assert first.formats[-1] == "jpg"
    assert [(v.width, v.height) for v in first.of_format("jpg")] == [(32, 21), (64, 43)]
    name, digest, suffix = first.largest.uri.split(".")
    assert (name, len(digest), suffix) == ("assets/images/1-64", 10, "jpg")
    assert first.largest.file.read_bytes().startswith(b"\xff\xd8\xff")
    assert digest not in pictures["x/2.jpg"].largest.uri


def test_second_build_encodes_nothing(
    sources: dict[str, Path], cache: Cache, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = make_pictures(sources, cache, SETTINGS)
    with monkeypatch.context() as lazy:
        lazy.setattr("portal.images.variants.run_limited", refuse_work)
        assert make_pictures(sources, cache, SETTINGS) == first
    other = make_pictures(sources, cache, ImageSettings(widths=(48,)))
    assert other["x/1.jpg"].largest.width == 48


def refuse_work(_function: object, tasks: list[object], *_: object) -> list[object]:
    assert tasks == []
    return []


def test_damaged_files_are_made_again_alone_and_logged(
    sources: dict[str, Path],
    cache: Cache,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    first = make_pictures(sources, cache, SETTINGS)
    damaged = first["x/2.jpg"].largest.file
    whole = damaged.read_bytes()
    damaged.write_bytes(whole[:50])
    reports = list[tuple[int, int]]()
    with caplog.at_level(logging.INFO):
        again = make_pictures(sources, cache, SETTINGS, lambda *report: reports.append(report))
    assert (again, reports, damaged.read_bytes()) == (first, [(1, 1)], whole)
    assert caplog.messages == [f"bộ nhớ đệm: {damaged.parent} bị hỏng, làm lại"]


def test_same_picture_in_two_places_is_encoded_once(tmp_path: Path, cache: Cache) -> None:
    file = save(tmp_path / "a.jpg", photo((96, 64)))
    reports = list[tuple[int, int]]()
    both = {"x/a.jpg": file, "y/a.jpg": file}
    pictures = make_pictures(both, cache, SETTINGS, lambda *report: reports.append(report))
    assert reports == [(1, 1)]
    assert pictures["x/a.jpg"] == pictures["y/a.jpg"]


def test_picture_beyond_the_limits_is_named(
    sources: dict[str, Path], cache: Cache, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "portal.images.variants.run_limited",
        lambda _, tasks, *__: [(task, Failure.MEMORY) for task in tasks],
    )
    message = "x/1.jpg: không nén được hình trong giới hạn, hãy thu nhỏ"
    with pytest.raises(PictureError, match=message):
        make_pictures(sources, cache, SETTINGS)


def test_picture_that_cannot_be_encoded_is_named_with_the_reason(
    tmp_path: Path, cache: Cache
) -> None:
    tall = save(tmp_path / "cao.jpg", photo((40, 20_000)))
    whole = save(tmp_path / "anh.jpg", photo((90, 60)))
    sources = {"guides/cao.jpg": tall, "guides/anh.jpg": whole}
    with pytest.raises(PictureError) as caught:
        make_pictures(sources, cache, ImageSettings(), processes=1)
    assert str(caught.value) == (
        "guides/cao.jpg: không nén được hình (encoding error 5: Image size exceeds WebP limit of "
        "16383 pixels)"
    )
