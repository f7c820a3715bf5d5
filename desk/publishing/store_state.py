"""What a store keeps about its releases: which is current, who publishes, what each one holds.

All of it lies under `releases/`: `current.json`, a manifest for each release, and in `content/` the
bytes of every file once, from where they are copied to their addresses.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from desk.publishing.release import Role

RELEASES = "releases/"
CONTENT = f"{RELEASES}content/"
CURRENT = f"{RELEASES}current.json"
_MANIFEST = "/manifest.json"
KEPT = timedelta(days=30)  # a page that a reader has open asks for its assets so much later


@dataclass(frozen=True)
class StoredObject:
    """An object of a release: its key, a name for its bytes and headers, bytes, role."""

    key: str
    token: str
    size: int
    role: Role

    @property
    def source(self) -> str:
        """Return the key that its bytes are sent to, and copied from."""
        return f"{CONTENT}{self.token}"


Manifest = Mapping[str, StoredObject]  # by key


@dataclass(frozen=True)
class StoreState:
    """The releases of a store; `holder` is "" while nobody publishes.

    `published` are the current one and those that roll-backs reach from it; `begun` are publishes
    since that did not finish, so that any address may be theirs; `retired` says since when a
    release is not current.
    """

    published: tuple[str, ...] = ()
    begun: tuple[str, ...] = ()
    retired: Mapping[str, datetime] = field(default_factory=dict)
    holder: str = ""

    @property
    def known(self) -> frozenset[str]:
        """Return every release that is kept."""
        return frozenset((*self.published, *self.begun, *self.retired))

    @property
    def previous(self) -> str | None:
        """Return where a roll-back leads; while another is half published, to the current one."""
        return next(iter(self.published[0 if self.begun else 1 :]), None)

    def begin(self, release: str) -> StoreState:
        """Return the state while a release is being published."""
        others = tuple(each for each in self.begun if each != release)
        return replace(self, begun=(*others, release))

    def finish(self, release: str, now: datetime) -> StoreState:
        """Return the state once a release is published."""
        others = tuple(each for each in self.published if each != release)
        return self._with((release, *others), now)

    def go_back(self, release: str, now: datetime) -> StoreState:
        """Return the state once an earlier release is current again; there is no way forward."""
        return self._with(self.published[self.published.index(release) :], now)

    def expire(self, now: datetime) -> StoreState:
        """Return the state without releases that were replaced `KEPT` ago, but for the last one."""
        stays = {*self.published[:2], *self.begun}
        retired = {
            release: since
            for release, since in self.retired.items()
            if release in stays or now - since < KEPT
        }
        published = tuple(each for each in self.published if each in {*stays, *retired})
        return replace(self, published=published, retired=retired)

    def _with(self, published: tuple[str, ...], now: datetime) -> StoreState:
        left = sorted(self.known - {published[0]})
        return replace(
            self,
            published=published,
            begun=(),
            retired={release: self.retired.get(release, now) for release in left},
        )


def write_state(state: StoreState) -> bytes:
    """Return the text of `current.json`."""
    retired = {release: since.isoformat() for release, since in state.retired.items()}
    content = {"published": state.published, "begun": state.begun, "retired": retired}
    return json.dumps({**content, "holder": state.holder}, indent=1).encode()


def read_state(text: bytes) -> StoreState:
    """Return what `write_state` wrote.

    Raises:
        ValueError, KeyError, TypeError, AttributeError: it is something else.
    """
    content = json.loads(text)
    retired = {key: datetime.fromisoformat(since) for key, since in content["retired"].items()}
    published, begun = tuple(content["published"]), tuple(content["begun"])
    return StoreState(published, begun, retired, content["holder"])


def manifest_key(release: str) -> str:
    """Return where a release's manifest lies."""
    return f"{RELEASES}{release}{_MANIFEST}"


def manifests_in(keys: Iterable[str]) -> list[str]:
    """Return the releases that have a manifest among a store's keys."""
    names = (key for key in keys if key.startswith(RELEASES) and key.endswith(_MANIFEST))
    return [key.removeprefix(RELEASES).removesuffix(_MANIFEST) for key in names]


def write_manifest(objects: Iterable[StoredObject]) -> bytes:
    """Return the text of a manifest, an object a line."""
    lines = (json.dumps([each.key, each.token, each.size, each.role]) for each in objects)
    return ("[\n" + ",\n".join(lines) + "\n]\n").encode()


def read_manifest(text: bytes) -> Manifest:
    """Return a release's objects by key.

    Raises:
        ValueError, TypeError: it is no manifest.
    """
    rows = json.loads(text)
    return {key: StoredObject(key, token, size, Role(role)) for key, token, size, role in rows}
