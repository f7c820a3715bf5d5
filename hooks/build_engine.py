"""Opens the engine's session: rendering on all processors, with the bytes of a plain build."""

import gc
from collections.abc import Callable

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import event_priority, get_plugin_logger

from engine import install, open_session, preview
from engine.shared_build import build_of

log = get_plugin_logger("portal")


def on_startup(**_: object) -> None:
    """Let a build that fails leave nothing unfinished."""
    install()


@event_priority(200)  # the whole build runs in the session
def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Put the session where the engine finds it, or say that MkDocs runs as released."""
    build_of(config).session = session = open_session(config)
    if session is None:
        log.info("phiên bản MkDocs này chưa được tăng tốc, dựng theo cách thường")
    return config


def on_serve(server: object, config: MkDocsConfig, builder: Callable[[], None]) -> object:
    """Show an edited page before the rest of the site is built."""
    if build_of(config).session:
        preview(server, config, builder)
    return server


def on_shutdown() -> None:
    """End without a look for garbage in all that this process still holds."""
    gc.freeze()


@event_priority(-99)  # everything is written; the site is swapped in after this
def on_post_build(config: MkDocsConfig) -> None:
    """Keep the session for the preview of edits."""
    if session := build_of(config).session:
        session.finish()
