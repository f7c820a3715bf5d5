"""The identity of a site, from MkDocs' configuration and what its operator sets."""

from __future__ import annotations

from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig

from portal.library.settings import Values
from portal.library.site_identity import Site


def read_site(config: MkDocsConfig, settings: Values) -> Site:
    """Return the site that a configuration describes."""
    mark = Path(config.theme.custom_dir or "theme", "partials/mark.svg")
    return Site(
        name=config.site_name,
        description=config.site_description or "",
        url=(config.site_url or "").rstrip("/") + "/",
        operator=settings["operator"]["name"],
        is_official=settings["operator"]["official"],
        headline=next(iter(settings["home_figures"]), ""),
        mark=mark.read_text(encoding="utf-8"),
    )
