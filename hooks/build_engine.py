"""Opens the engine's session: rendering on all processors, with the bytes of a plain build."""

import gc
from collections.abc import Callable

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import event_priority, get_plugin_logger
from mkdocs.structure.files import Files

from engine import give_way, install, note_site, open_session, preview

log = get_plugin_logger("portal")


def on_startup(**_: object) -> None:
    """Let the command look first whether there is anything to build."""
    install()


@event_priority(200)  # the whole build runs in the session
def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Put the session where the engine finds it, or say that MkDocs runs as released."""
    config.extra["build_session"] = session = open_session(config)
    if session is None:
        log.info("phiên bản MkDocs này chưa được tăng tốc, dựng theo cách thường")
    return config


@event_priority(200)  # before the long work of other hooks
def on_files(files: Files, **_: object) -> Files:
    """Give way to an edit."""
    give_way()
    return files


@event_priority(200)  # before any template is compiled
def on_env(env: Environment, config: MkDocsConfig, **_: object) -> Environment:
    """Let the session see what templates read."""
    give_way()
    if session := config.extra["build_session"]:
        session.watch_templates(env)
    return env


def on_serve(server: object, config: MkDocsConfig, builder: Callable[[], None]) -> object:
    """Show an edited page before the rest of the site is built."""
    if config.extra["build_session"]:
        preview(server, config, builder)
    return server


def on_shutdown() -> None:
    """End without a look for garbage in all that this process still holds."""
    gc.freeze()


@event_priority(-99)  # everything is written; the site is swapped in after this
def on_post_build(config: MkDocsConfig) -> None:
    """Keep what was rendered for the next build."""
    if session := config.extra["build_session"]:
        session.save()
        note_site(config)
