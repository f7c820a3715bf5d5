"""A build that leaves nothing unfinished when it fails."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.plugins import get_plugin_logger

from engine.shared_build import build_of
from engine.staging import discard
from portal.system.files import DISK_FULL, explain_write_error

log = get_plugin_logger("portal")


def build_whole(config: MkDocsConfig, build: Callable[[], None]) -> None:
    """Build; when that fails, leave nothing unfinished, and say so if the disk is full."""
    try:
        with _paused_collection():
            build()
    except BaseException as error:
        if session := build_of(config).session:
            session.end()
        discard(Path(config.site_dir))
        if isinstance(error, OSError) and error.errno in DISK_FULL:
            place = Path(error.filename or config.site_dir)
            log.error("%s\n    Cách sửa: %s", *explain_write_error(error, place, place.parent))
            raise Abort("Trang cũ vẫn để nguyên.") from None
        raise


@contextmanager
def _paused_collection() -> Iterator[None]:
    """Leave the garbage collector off: a build keeps nearly all that it makes until its end.

    It took a twentieth of the time, more in forked processes, where it touches, and so copies, all
    memory. What a build has made counts as old at its end.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.unfreeze()  # into the oldest generation
        if was_on:
            gc.enable()
