"""Cleans up after failed builds, and pauses garbage collection during builds."""

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
from portal.system.files import explain_write_error, is_write_error

log = get_plugin_logger("portal")


def build_whole(config: MkDocsConfig, build: Callable[[], None]) -> None:
    """Build; after a failure delete the staging folder, and explain a disk that refuses."""
    try:
        with _paused_collection():
            build()
    except BaseException as error:
        if session := build_of(config).session:
            session.end()
        discard(Path(config.site_dir))
        if isinstance(error, OSError) and is_write_error(error, Path(config.site_dir)):
            place = Path(error.filename or config.site_dir)
            log.error("%s\n    Cách sửa: %s", *explain_write_error(error, place, place.parent))
            raise Abort("Trang cũ vẫn để nguyên.") from None
        raise


@contextmanager
def _paused_collection() -> Iterator[None]:
    """Disable garbage collection: a build keeps nearly all objects until its end.

    It took a twentieth of the time, more in forked processes, where it touches, and so copies, all
    memory. At the end all objects move to the oldest generation.
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
