"""Gives templates inline CSS and icons, so that the first paint needs only the HTML."""

from pathlib import Path

from jinja2 import Environment
from markupsafe import Markup
from mkdocs.config.defaults import MkDocsConfig

from portal.site.stylesheet import StyleSheet, topic_colours
from portal.site.symbols import icon


def on_env(env: Environment, config: MkDocsConfig, **_: object) -> Environment:
    """Add functions and a filter; enable autoescape and whitespace trimming."""
    sheet = StyleSheet(Path(config.theme.custom_dir or "theme", "assets/css"))
    env.autoescape = env.trim_blocks = env.lstrip_blocks = True
    env.globals |= {
        "stylesheet": lambda names: Markup(sheet.bundle(names)),
        "topic_colours": lambda topics: Markup(topic_colours(topics)),
    }
    env.filters["icon"] = lambda name: Markup(icon(name))  # of a constant in a template
    return env
