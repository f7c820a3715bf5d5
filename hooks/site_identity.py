"""Says once, for cards, feeds and metadata alike, what this site is called and where it lies."""

from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import event_priority

from portal.library.site_identity import Site


@event_priority(80)  # after the Library, before the hooks that read config.extra["site"]
def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Put the `Site` of this build into `config.extra["site"]`."""
    mark = Path(config.theme.custom_dir or "theme", "partials/mark.svg")
    config.extra["site"] = Site(
        name=config.site_name,
        description=config.site_description or "",
        url=(config.site_url or "").rstrip("/") + "/",
        operator=config.extra["operator"]["name"],
        is_official=config.extra["operator"]["official"],
        headline=next(iter(config.extra["home_figures"]), ""),
        mark=mark.read_text(encoding="utf-8"),
    )
    return config
