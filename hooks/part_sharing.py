"""Lets templates render the common parts of a folder's articles once: header, footer, links."""

from typing import Any

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.pages import Page

from engine.shared_build import build_of
from portal.site.shared_parts import SharedParts, place_of


def on_env(env: Environment, **_: object) -> Environment:
    """Add `shared`, with an empty cache."""
    env.globals["shared"] = SharedParts()
    return env


def on_page_context(
    context: dict[str, Any], page: Page, config: MkDocsConfig, **_: object
) -> dict[str, Any]:
    """Add `place`: pages of one place have equal common parts."""
    library, uri = build_of(config).library, page.file.src_uri
    context["place"] = place_of(library.by_uri.get(uri) or library.generated_pages.get(uri))
    return context
