"""Gives templates the feedback channel."""

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig

from engine.shared_build import build_of
from portal.library.feedback import feedback_channel


def on_env(env: Environment, config: MkDocsConfig, **_: object) -> Environment:
    """Add `feedback`, the configured channel or None."""
    env.globals["feedback"] = feedback_channel(build_of(config).settings["feedback"])
    return env
