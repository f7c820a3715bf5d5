"""Lets templates render once what is equal on all articles of a folder: header, footer, links."""

from typing import Any

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.pages import Page

from engine.shared_build import build_of
from portal.site.shared_parts import SharedParts, place_of


def on_env(env: Environment, **_: object) -> Environment:
    """Add `shared`, which has rendered nothing yet."""
    env.globals["shared"] = SharedParts()
    return env


def on_page_context(
    context: dict[str, Any], page: Page, config: MkDocsConfig, **_: object
) -> dict[str, Any]:
    """Add `place`: pages of one place share what is around them."""
    context["place"] = place_of(build_of(config).library.by_uri.get(page.file.src_uri))
    return context
