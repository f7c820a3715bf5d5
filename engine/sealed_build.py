"""A build that looks first whether anything has changed since the site that stands was written."""

from __future__ import annotations

import gc
import logging
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.plugins import get_plugin_logger

from engine.cache_keys import base_key
from engine.log_journal import journal, repeat
from portal.clock import build_day
from portal.files import DISK_FULL, explain_write_error
from portal.page_cache import UndigestibleError, digest
from portal.site_seal import SiteSeal, are_equal, read_inputs, read_seal, site_digest
from portal.staging import discard, remove_left_over

log = get_plugin_logger("portal")


def build_whole(config: MkDocsConfig, build: Callable[[], None]) -> None:
    """Build; when that fails, leave nothing unfinished, and say so if the disk is full."""
    try:
        with _paused_collection():
            build()
    except BaseException as error:
        if session := config.extra.get("build_session"):
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

    Looking it over again and again took a twentieth of the time, more in forked processes, for
    which it touches, and so copies, all memory. What a build has made counts as old at its end:
    else the collector would begin with a look at all of it.
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


def build_if_changed(config: MkDocsConfig, build: Callable[[], None]) -> None:
    """Leave the site as it is if `build` would write the same; say again what the last build said.

    A build with warnings is never taken for the same: `--strict` has to count them.
    """
    started = time.monotonic()
    root, site = Path(config.config_file_path).resolve().parent, Path(config.site_dir)
    seal = _seal_file(root, site)
    known, key = read_seal(seal), _key(config)
    inputs = read_inputs(root, site, known.inputs if known else {})
    if (
        known
        and known.key == key
        and are_equal(known.inputs, inputs)
        and known.site == site_digest(site)
    ):
        remove_left_over(site)
        repeat(list(known.messages))
        seconds = time.monotonic() - started
        log.info("không có gì đổi từ lần dựng trước, %s để nguyên (%.2f giây)", site, seconds)
        return
    with journal() as messages:
        build_whole(config, build)
    written = config.extra.get("site_digest")
    is_quiet = all(level < logging.WARNING for _, level, _ in messages)
    if key and written and is_quiet and are_equal(inputs, read_inputs(root, site, inputs)):
        own = tuple(each for each in messages if each[0].startswith(log.logger.name))
        SiteSeal(key, inputs, written, own).save(seal)


def _seal_file(root: Path, site: Path) -> Path:
    """Return where the seal of a site is kept; what is looked at and what is published have two."""
    parts = Path(os.path.relpath(site, root)).parts
    return root / ".cache" / f"{'-'.join(parts)}-seal.json"


def _key(config: MkDocsConfig) -> str:
    """Return the digest of what no file of the project tells, "" when it cannot be told."""
    try:
        place = (config.config_file_path, config.site_dir)
        return digest(base_key(config), place, build_day(), os.environ.get("SOURCE_DATE_EPOCH"))
    except UndigestibleError:
        return ""


def note_site(config: MkDocsConfig) -> None:
    """Keep the digest of the site that is about to be swapped in."""
    config.extra["site_digest"] = site_digest(Path(config.site_dir))
