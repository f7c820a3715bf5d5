"""Opens the engine's session, which renders on all processors with unchanged output.

Before the first build under `serve` it asks whether the address is free.
"""

import gc
from collections.abc import Callable
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import event_priority, get_plugin_logger

from engine import install, open_session, preview
from engine.live_problems import is_served
from engine.session import last_session
from engine.shared_build import build_of
from portal.system.ports import explain_port

log = get_plugin_logger("portal")


def on_startup(**_: object) -> None:
    """Install the clean-up of failed builds."""
    install()


@event_priority(200)  # before everything else of the build
def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Open the session, or log that MkDocs runs without the engine."""
    if is_served(Path(config.site_dir)) and last_session() is None:
        _require_free(*config.dev_addr)
    build_of(config).session = session = open_session(config)
    if session is None:
        log.info("phiên bản MkDocs này chưa được tăng tốc, dựng theo cách thường")
    return config


def _require_free(host: str, port: int) -> None:
    """Raise before the build what would stop the server after it."""
    if found := explain_port(host, port):
        message, address = found
        raise PluginError(f"{message}\n    Cách sửa: make serve SERVE={address}")


def on_serve(server: object, config: MkDocsConfig, builder: Callable[[], None]) -> object:
    """Install the live preview."""
    if build_of(config).session:
        preview(server, config, builder)
    return server


def on_shutdown() -> None:
    """Skip the final garbage collection."""
    gc.freeze()


@event_priority(-99)  # everything is written; the site is swapped in after this
def on_post_build(config: MkDocsConfig) -> None:
    """Keep the session for the live preview."""
    if session := build_of(config).session:
        session.finish()
