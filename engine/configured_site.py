"""The site's identity, from MkDocs' configuration and the operator's settings."""

from __future__ import annotations

from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig

from portal.library.readiness import missing_settings
from portal.library.settings import Values
from portal.library.site_identity import Site


def read_site(config: MkDocsConfig, settings: Values) -> Site:
    """Return the site's identity."""
    mark = Path(config.theme.custom_dir or "theme", "partials/mark.svg")
    return Site(
        name=config.site_name,
        description=config.site_description or "",
        url=(config.site_url or "").rstrip("/") + "/",
        operator=settings["operator"]["name"],
        is_official=settings["operator"]["official"],
        is_draft=bool(missing_settings(settings)),
        headline=next(iter(settings["home_figures"]), ""),
        mark=mark.read_text(encoding="utf-8"),
    )
