"""What an object store holds after publishing, at each moment of it, and after roll-backs."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from support.releases import release_of
from support.stores import MemoryBucket

from desk.publishing.object_store import ObjectStore
from desk.publishing.release import Release
from desk.publishing.store_state import CURRENT, StoreState, read_state
from desk.publishing.stored_release import Compression
from desk.publishing.target import PublishError
from portal.language.dates import VIETNAM

NOON = datetime.datetime(2026, 11, 30, 12, tzinfo=datetime.UTC)
DAY = datetime.timedelta(days=1)
FIRST, SECOND, THIRD = (
    "assets/0123456789/a.js",
    "assets/abcdef0123/a.js",
    "assets/5555555555/a.js",
)
WORKER = "sw.js"


def site(script: str, text: str, *pages: str) -> dict[str, str]:
    """Return a site whose pages name the script, which holds its own name."""
    every = ("index.html", *pages)
    return {script: script, WORKER: script, **dict.fromkeys(every, f"{text} {script}")}


def published(bucket: MemoryBucket) -> dict[str, str]:
    """Return what readers can ask for."""
    shown = {key: body for key, (body, _) in bucket.objects.items() if not key.startswith("rel")}
    return {key: body.decode() for key, body in shown.items() if key != "version.json"}


def assert_whole(bucket: MemoryBucket) -> None:
    """Assert that each page has the script that it names."""
    objects = published(bucket)
    for key, text in objects.items():
        if key.endswith(".html"):
            script = text.split()[1]
            assert objects.get(script) == script, key


def state_of(bucket: MemoryBucket) -> StoreState:
    return read_state(bucket.objects[CURRENT][0])


@pytest.fixture
def releases(tmp_path: Path) -> list[Release]:
    """Return three releases: a script changes, a page comes, another goes."""
    return [
        release_of(tmp_path, site(FIRST, "một", "a/index.html", "cu/index.html")),
        release_of(tmp_path, site(SECOND, "hai", "a/index.html", "moi/index.html")),
        release_of(tmp_path, site(THIRD, "ba", "a/index.html", "moi/index.html")),
    ]


def store(bucket: object, **settings: object) -> ObjectStore:
    return ObjectStore(bucket, **{"now": lambda: NOON, **settings})  # type: ignore[arg-type]


def test_assets_come_before_new_pages_changed_pages_pointers_and_the_worker(
    releases: list[Release],
) -> None:
    bucket = MemoryBucket()
    store(bucket).publish(releases[0])
    bucket.log.clear()
    outcome = store(bucket).publish(releases[1])
    assert outcome.release == releases[1].name
    steps = [line for line in bucket.log if "releases/" not in line]
    assert steps[:2] == [f"copy {SECOND}", "copy moi/index.html"]
    assert set(steps[2:4]) == {"copy index.html", "copy a/index.html"}
    assert steps[4:] == ["copy version.json", "copy sw.js", "delete cu/index.html"]
    assert published(bucket) == {
        **site(SECOND, "hai", "a/index.html", "moi/index.html"),
        FIRST: FIRST,
    }


def test_what_the_store_has_is_not_sent_again(releases: list[Release]) -> None:
    bucket = MemoryBucket()
    # One script, which is also the worker's text here, under two sets of headers; two equal pages.
    assert store(bucket).publish(releases[0]).files_sent == 4
    before = bucket.changes
    assert store(bucket).publish(releases[0]).files_sent == 0
    assert bucket.changes == before
    store(bucket).publish(releases[1])
    assert store(bucket).publish(releases[0]).files_sent == 0


def test_a_release_is_found_again_by_roll_back(releases: list[Release]) -> None:
    bucket = MemoryBucket()
    seen = []
    for release in releases:
        store(bucket).publish(release)
        seen.append({key: text for key, text in published(bucket).items() if "assets" not in key})
    for expected, release in zip(seen[1::-1], releases[1::-1], strict=True):
        assert store(bucket).roll_back().release == release.name
        shown = published(bucket)
        assert {key: text for key, text in shown.items() if "assets" not in key} == expected
        assert {FIRST, SECOND, THIRD} <= shown.keys()
    with pytest.raises(PublishError) as error:
        store(bucket).roll_back()
    assert str(error.value) == (
        "kho không còn bản nào trước bản đang hiện\n"
        "    Cách sửa: sửa bài, chạy make release rồi make publish"
    )


def test_each_page_has_its_assets_whenever_publishing_stops(releases: list[Release]) -> None:
    """And the next publish leaves the same objects as one that was never stopped."""
    whole = MemoryBucket()
    store(whole).publish(releases[0])
    base, start = dict(whole.objects), whole.changes
    store(whole).publish(releases[1])
    for stop in range(whole.changes - start):
        bucket = MemoryBucket(dict(base), stop_after=stop)
        with pytest.raises(PublishError, match="máy đăng bị tắt"):
            store(bucket).publish(releases[1])
        assert_whole(bucket)
        bucket.stop_after = None
        sent = sum("releases/content/" in line for line in bucket.log)
        assert store(bucket).publish(releases[1]).files_sent + sent == 4
        assert bucket.objects.keys() == whole.objects.keys()
        assert published(bucket) == published(whole)


@pytest.mark.parametrize("stop", [2, 8, 11, 13])
def test_a_half_published_release_is_undone_by_roll_back_or_replaced(
    releases: list[Release], stop: int
) -> None:
    half = MemoryBucket()
    store(half).publish(releases[0])
    expected = published(half)
    half.stop_after = half.changes + stop
    with pytest.raises(PublishError):
        store(half).publish(releases[1])
    half.stop_after = None
    third = MemoryBucket(dict(half.objects))
    assert store(half).roll_back().release == releases[0].name
    shown = published(half)
    assert {key: text for key, text in shown.items() if key != SECOND} == expected
    store(third).publish(releases[2])
    assert {key: text for key, text in published(third).items() if "assets" not in key} == {
        key: text
        for key, text in site(THIRD, "ba", "a/index.html", "moi/index.html").items()
        if "assets" not in key
    }


def test_old_assets_and_contents_go_after_thirty_days(releases: list[Release]) -> None:
    bucket = MemoryBucket()
    for days, release in enumerate(releases):
        store(bucket, now=lambda days=days: NOON + days * DAY).publish(release)
    again = {"now": lambda: NOON + 31 * DAY - datetime.timedelta(seconds=1)}
    store(bucket, **again).roll_back()
    assert FIRST in bucket.objects
    bucket.log.clear()
    store(bucket, now=lambda: NOON + 31 * DAY).publish(releases[2])
    assert FIRST not in bucket.objects
    assert {SECOND, THIRD} <= bucket.objects.keys()
    deleted = [line for line in bucket.log if line.startswith("delete")]
    assert f"delete {FIRST}" in deleted
    assert deleted[-1].endswith("/manifest.json")
    assert len([key for key in bucket.objects if key.endswith("/manifest.json")]) == 2
    assert store(bucket).roll_back().release == releases[1].name


def test_objects_of_others_stay_and_files_copied_there_by_hand_are_replaced(
    releases: list[Release],
) -> None:
    by_hand = {path: (b"?" * len(text), None) for path, text in site(FIRST, "một").items()}
    bucket = MemoryBucket({**by_hand, "khac/anh.png": (b"x", None)})  # type: ignore[dict-item]
    store(bucket).publish(releases[0])
    expected = site(FIRST, "một", "a/index.html", "cu/index.html")
    assert published(bucket) == {**expected, "khac/anh.png": "x"}


def test_another_way_of_compression_is_another_release_of_the_store(tmp_path: Path) -> None:
    files = {"index.html": "<p>", "index.html.gz": "gz", "index.html.br": "br"}
    release = release_of(tmp_path, files)
    bucket = MemoryBucket()
    store(bucket).publish(release)
    assert bucket.objects["index.html"][0] == b"gz"
    store(bucket, compression=Compression.COPIES).publish(release)
    assert published(bucket) == {"index.html": "gz", "index.html.br": "br"}
    store(bucket, compression=Compression.PLAIN).publish(release)
    assert published(bucket) == {"index.html": "<p>"}


def refused(run: object, *arguments: object) -> str:
    with pytest.raises(PublishError) as error:
        run(*arguments)  # type: ignore[operator]
    return str(error.value)


TAKEN = "một lần đăng khác vừa giành quyền"
WAIT = "    Cách sửa: chờ lần ấy xong rồi chạy lại; nếu nó đã bị ngắt thì chạy lại từ "


def assert_held(said: str, message: str, seconds: float) -> None:
    """Assert that a publisher is told what holds the store, and the minute from which it cannot."""
    assert said[:-5] == f"{message}\n{WAIT}"
    now = datetime.datetime.now(VIETNAM)
    ends = {f"{now + datetime.timedelta(seconds=seconds + more):%H:%M}" for more in (50, 60)}
    assert said[-5:] in ends


def held_by(holder: str) -> MemoryBucket:
    bucket = MemoryBucket()
    state = f'{{"published": [], "begun": ["x"], "retired": {{}}, "holder": "{holder}"}}'
    bucket.objects[CURRENT] = state.encode(), None  # type: ignore[assignment]
    return bucket


def test_a_second_publisher_is_refused_until_the_first_is_gone(releases: list[Release]) -> None:
    bucket = held_by("may-khac 1 x")
    bucket.age = 299
    said = refused(store(bucket).publish, releases[0])
    assert_held(said, "một lần đăng khác đang chạy, 299 giây trước còn làm việc", 1)
    bucket.age = 300
    store(bucket).publish(releases[0])
    assert state_of(bucket).holder == ""


def test_of_two_publishers_at_once_one_is_refused(releases: list[Release]) -> None:
    class Raced(MemoryBucket):
        def exchange(self, key: str, *arguments: object) -> str:
            self.objects.setdefault(CURRENT, (b"{}", None))  # type: ignore[arg-type]
            return super().exchange(key, *arguments)  # type: ignore[arg-type]

    assert_held(refused(store(Raced()).publish, releases[0]), TAKEN, 300)


def test_a_publisher_that_slept_stops_when_another_took_over(releases: list[Release]) -> None:
    class Slept(MemoryBucket):
        def copy(self, source: str, key: str) -> None:
            super().copy(source, key)
            taken = held_by("may-khac 1 x").objects[CURRENT]
            if key == FIRST:
                self.objects[CURRENT] = taken

    bucket = Slept()
    assert_held(refused(store(bucket).publish, releases[0]), TAKEN, 300)
    assert state_of(bucket).holder == "may-khac 1 x"


def test_a_store_that_ignores_conditions_still_lets_only_one_publish(
    releases: list[Release],
) -> None:
    class Careless(MemoryBucket):
        def exchange(self, key: str, body: bytes, headers: object, tag: str) -> str:
            self.objects[key] = held_by("may-khac 1 x").objects[CURRENT]
            return tag

    assert_held(refused(store(Careless()).publish, releases[0]), TAKEN, 300)


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"published": 1}'])
def test_a_bucket_with_something_else_as_state_is_left_alone(
    releases: list[Release], text: str
) -> None:
    bucket = MemoryBucket({CURRENT: (text.encode(), None)})  # type: ignore[dict-item]
    assert refused(store(bucket).publish, releases[0]) == (
        "releases/current.json trong kho không phải do lần đăng trước ghi\n"
        "    Cách sửa: đăng vào một thùng chứa hay thư mục (tiền tố) trống"
    )
    assert bucket.changes == 0
