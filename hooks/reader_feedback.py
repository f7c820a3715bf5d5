"""Tells templates where readers can send what they think of a page."""

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig

from portal.library.feedback import feedback_channel


def on_env(env: Environment, config: MkDocsConfig, **_: object) -> Environment:
    """Add `feedback`, the configured channel or None."""
    env.globals["feedback"] = feedback_channel(config.extra["feedback"])
    return env
