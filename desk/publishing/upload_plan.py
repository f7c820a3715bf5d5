"""What a store needs for a release, and in which order, so that each page always has its assets."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from desk.publishing.release import Role
from desk.publishing.store_state import CONTENT, Manifest, StoredObject, manifest_key

_WORKER = "sw.js"  # last of all: a phone that reads it fetches pages of the new release


@dataclass(frozen=True)
class Held:
    """What a store holds: bytes by key, and what its addresses show.

    `current` is the manifest of the current release; any address may also show what one of `begun`
    says, the publishes since that did not finish.
    """

    sizes: Mapping[str, int]
    current: Manifest
    begun: Sequence[Manifest] = ()

    def shows(self, wanted: StoredObject) -> bool:
        """Return whether an object surely is what readers get at its address."""
        named = (manifest.get(wanted.key, wanted) for manifest in self.begun)
        is_written = self.sizes.get(wanted.key) == wanted.size
        return is_written and all(each == wanted for each in (self.current.get(wanted.key), *named))


@dataclass(frozen=True)
class UploadPlan:
    """The steps of a publish, one after the other; within one, the order does not matter.

    `send` are the objects whose bytes the store lacks. `switch` are copies within the store:
    assets, files, new pages, changed pages, pointers, the worker. `remove` are the addresses that
    the release no longer has.
    """

    send: tuple[StoredObject, ...]
    switch: tuple[tuple[StoredObject, ...], ...]
    remove: tuple[str, ...]

    @property
    def is_empty(self) -> bool:
        """Return whether readers already get all of the release, and nothing else."""
        return not (self.send or self.switch or self.remove)


def plan_upload(release: Manifest, held: Held) -> UploadPlan:
    """Return the steps from what a store holds to a release."""
    in_order = sorted(release.values(), key=lambda each: (each.role, each.key))
    missing = {each.source: each for each in in_order if each.source not in held.sizes}
    steps: dict[tuple[Role, bool], list[StoredObject]] = {}
    for each in in_order:
        if not held.shows(each):
            steps.setdefault(_step(each, held), []).append(each)
    shown = {
        key
        for manifest in (held.current, *held.begun)
        for key, each in manifest.items()
        if each.role is not Role.ASSET and key in held.sizes
    }
    return UploadPlan(
        tuple(missing.values()),
        tuple(tuple(steps[step]) for step in sorted(steps)),
        tuple(sorted(shown - release.keys())),
    )


def plan_cleaning(
    sizes: Mapping[str, int], manifests: Mapping[str, Manifest], kept: Iterable[str]
) -> tuple[str, ...]:
    """Return the keys to delete: what only releases name that are not kept, manifests last.

    `manifests` are all that the store holds, by release. Objects that none of them names are not
    ours, and stay.
    """
    gone = sorted(manifests.keys() - {*kept})
    needed = set(_kept_for_long(manifests[each] for each in manifests if each not in gone))
    named = {*_kept_for_long(manifests[each] for each in gone)}
    content = {key for key in sizes if key.startswith(CONTENT)}
    unused = ((named & sizes.keys()) | content) - needed
    return (*sorted(unused), *map(manifest_key, gone))


def _step(each: StoredObject, held: Held) -> tuple[Role, bool]:
    is_second = each.key.startswith(_WORKER) or (each.role is Role.PAGE and each.key in held.sizes)
    return each.role, is_second


def _kept_for_long(manifests: Iterable[Manifest]) -> Iterable[str]:
    """Yield what open pages and roll-backs need: assets' addresses and all content."""
    for manifest in manifests:
        for each in manifest.values():
            yield each.source
            if each.role is Role.ASSET:
                yield each.key
