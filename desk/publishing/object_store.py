"""Publishes to an object store: s3://bucket or s3://bucket/prefix, any that speaks S3.

A store cannot switch all files at once. So the bytes of a release go first to keys that no reader
asks for, which takes long, and are then copied to their addresses within the store, in seconds:
assets before the pages that need them. Meanwhile some pages are of the old release, each whole.
"""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TypeVar
from urllib.parse import parse_qsl, urlsplit

from desk.publishing.bucket import PARALLEL, Bucket
from desk.publishing.object_headers import ObjectHeaders
from desk.publishing.release import Release
from desk.publishing.store_lease import Lease, leased, state_in
from desk.publishing.store_state import (
    CURRENT,
    Manifest,
    StoreState,
    manifest_key,
    manifests_in,
    read_manifest,
    write_manifest,
)
from desk.publishing.stored_release import Compression, Upload, uploads_of
from desk.publishing.target import Publication, PublishError
from desk.publishing.upload_plan import Held, UploadPlan, plan_cleaning, plan_upload

_MANIFEST = ObjectHeaders("application/json", "no-cache", "gzip")
_PAUSE = 5.0  # seconds between looks at the lease while requests are under way
_ADDRESS = "viết như s3://ten-thung-chua hoặc 's3://ten-thung-chua/thu-muc?compression=copies'"
Work = TypeVar("Work")


@dataclass(frozen=True)
class ObjectStore:
    """A bucket that readers are served from, how files lie in it, and what time it is."""

    bucket: Bucket
    compression: Compression = Compression.GZIP
    folder_keys: bool = False
    now: Callable[[], datetime] = lambda: datetime.now(UTC)

    @classmethod
    def at(cls, address: str) -> ObjectStore:
        """Return the target of s3://bucket[/prefix][?compression=…&folders=keys&endpoint=…].

        Raises:
            PublishError: the address is not whole, or a profile is missing.
        """
        if not (parts := _parts_of(address)):
            raise PublishError(f"không hiểu TO='{address}'", _ADDRESS)
        bucket, prefix, options = parts
        try:
            compression = Compression(options.get("compression", Compression.GZIP))
        except ValueError:
            known = ", ".join(Compression)
            raise PublishError(
                f"compression trong TO phải là một trong: {known}", _ADDRESS
            ) from None
        folder_keys = options.get("folders") == "keys"
        return cls(Bucket(bucket, prefix, options.get("endpoint")), compression, folder_keys)

    def publish(self, release: Release) -> Publication:
        """Send what the store lacks, then copy what changed to its addresses."""
        uploads = uploads_of(release, self.compression, self.folder_keys)
        manifest = {each.stored.key: each.stored for each in uploads}
        text = write_manifest(manifest.values())
        name = f"{release.name}-{hashlib.sha256(text).hexdigest()[:6]}"  # options count, too
        if self._is_shown(name, manifest):
            return Publication(release.name)
        with leased(self.bucket) as lease:
            lease.change(lease.state.begin(name))
            self.bucket.write(manifest_key(name), gzip.compress(text, mtime=0), _MANIFEST)
            sizes = self.bucket.sizes()
            plan = self._plan(manifest, lease.state, sizes)
            sent = self._send(plan, uploads, lease)
            self._show(plan, lease)
            self._finish(lease, lease.state.finish(name, self.now()), sizes)
        return Publication(release.name, len(sent), sum(each.stored.size for each in sent))

    def roll_back(self) -> Publication:
        """Copy the files of the release before to their addresses again.

        After a publish that was interrupted, the release before is the one that was whole.
        """
        with leased(self.bucket) as lease:
            if not (name := lease.state.previous):
                fix = "sửa bài, chạy make release rồi make publish"
                raise PublishError("kho không còn bản nào trước bản đang hiện", fix)
            lease.change(lease.state.begin(name))
            sizes = self.bucket.sizes()
            plan = self._plan(self._manifest(name), lease.state, sizes)
            if plan.send:
                message = f"kho thiếu {len(plan.send)} tệp của bản {_release_of(name)}"
                raise PublishError(message, "sửa bài, chạy make release rồi make publish")
            self._show(plan, lease)
            self._finish(lease, lease.state.go_back(name, self.now()), sizes)
        return Publication(_release_of(name))

    def _is_shown(self, name: str, manifest: Manifest) -> bool:
        state = state_in(self.bucket.read(CURRENT))
        is_current = state.published[:1] == (name,) and not state.begun
        return is_current and self._plan(manifest, state, self.bucket.sizes()).is_empty

    def _plan(self, manifest: Manifest, state: StoreState, sizes: Mapping[str, int]) -> UploadPlan:
        current = self._manifest(state.published[0]) if state.published else {}
        begun = [self._manifest(release) for release in state.begun]
        return plan_upload(manifest, Held(sizes, current, begun))

    def _send(self, plan: UploadPlan, uploads: Iterable[Upload], lease: Lease) -> list[Upload]:
        by_source = {each.stored.source: each for each in uploads}
        wanted = [by_source[each.source] for each in plan.send]
        self._do(self._send_one, wanted, lease)
        return wanted

    def _send_one(self, upload: Upload) -> None:
        self.bucket.write(upload.stored.source, upload.file.read_bytes(), upload.headers)

    def _show(self, plan: UploadPlan, lease: Lease) -> None:
        for step in plan.switch:
            self._do(lambda each: self.bucket.copy(each.source, each.key), step, lease)
        lease.renew()
        self.bucket.delete(plan.remove)

    def _finish(self, lease: Lease, state: StoreState, sizes: Mapping[str, int]) -> None:
        """Record what is current, then delete what no reader has got for thirty days.

        `sizes` is what the store held before.
        """
        lease.change(state.expire(self.now()))
        kept = lease.state.known
        if not kept.issuperset(found := manifests_in(sizes)):
            manifests = {release: self._manifest(release) for release in found}
            self.bucket.delete(plan_cleaning(sizes, manifests, kept))

    def _manifest(self, release: str) -> Manifest:
        """Return a release's objects; none when its manifest was not written."""
        if not (found := self.bucket.read(manifest_key(release))):
            return {}
        try:
            return read_manifest(gzip.decompress(found.body))
        except (OSError, EOFError, ValueError, TypeError):
            message = f"{manifest_key(release)} trong kho không đọc được"
            raise PublishError(message, "xóa tệp đó trong kho rồi chạy lại") from None

    def _do(self, work: Callable[[Work], None], items: Sequence[Work], lease: Lease) -> None:
        """Work on items in order, some at once; the first error ends it."""
        waiting: set[Future[None]] = set()
        with ThreadPoolExecutor(PARALLEL) as pool:
            for item in items:
                lease.renew()
                waiting.add(pool.submit(work, item))
                if len(waiting) == PARALLEL:
                    waiting = _wait_for_one(waiting, lease)
            while waiting:
                waiting = _wait_for_one(waiting, lease)


def _wait_for_one(waiting: set[Future[None]], lease: Lease) -> set[Future[None]]:
    """Return those still under way once one has ended well."""
    done: set[Future[None]] = set()
    while not done:
        done, waiting = wait(waiting, timeout=_PAUSE, return_when=FIRST_COMPLETED)
        lease.renew()
    for each in done:
        each.result()
    return waiting


def _parts_of(address: str) -> tuple[str, str, dict[str, str]] | None:
    """Return bucket, prefix and options of an address; None when it is not whole."""
    try:
        parts = urlsplit(address)
        options = dict(parse_qsl(parts.query, strict_parsing=True)) if parts.query else {}
        is_web = urlsplit(options.get("endpoint", "https:")).scheme in ("http", "https")
    except ValueError:
        return None
    known = options.keys() <= {"compression", "folders", "endpoint"}
    folders = options.get("folders", "keys") == "keys"
    if not (parts.netloc and known and folders and is_web) or "@" in parts.netloc:
        return None
    return parts.netloc, f"{parts.path.strip('/')}/".lstrip("/"), options


def _release_of(name: str) -> str:
    """Return the name of a release's folder in dist/ by that in the store."""
    return name.rpartition("-")[0]
