"""Tells templates where readers can send what they think of a page."""

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError

from portal.feedback import FeedbackError, feedback_channel


def on_env(env: Environment, config: MkDocsConfig, **_: object) -> Environment:
    """Add `feedback`, the configured channel or None."""
    try:
        env.globals["feedback"] = feedback_channel(config.extra["feedback"])
    except FeedbackError as error:
        raise PluginError(f"mkdocs.yml: {error}") from None
    return env
