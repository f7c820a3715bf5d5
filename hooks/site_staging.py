"""Builds into a staging folder, which replaces the site only after success."""

import logging
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import event_priority
from mkdocs.utils import CountHandler

from engine.staging import discard, publish, staging_folder


@event_priority(90)  # before hooks that look at site_dir
def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Point the build at a staging folder beside the site."""
    config.site_dir = str(staging_folder(Path(config.site_dir)))
    return config


@event_priority(-100)  # MkDocs counts strict warnings after this event, so nothing may come later
def on_post_build(config: MkDocsConfig) -> None:
    """Swap the finished site in, unless strict mode will fail."""
    if _has_strict_warnings():
        discard(Path(config.site_dir))
    else:
        publish(Path(config.site_dir))


def _has_strict_warnings() -> bool:
    """Return whether the counter of `--strict` has counted a warning or error."""
    handlers = logging.getLogger("mkdocs").handlers
    return any(handler.get_counts() for handler in handlers if isinstance(handler, CountHandler))
