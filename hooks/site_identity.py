"""Says once, for cards, feeds and metadata alike, what this site is called and where it lies."""

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import event_priority

from engine.shared_build import build_of
from engine.site_identity import read_site


@event_priority(80)  # after the Library, before the hooks that read the site
def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Set the `Site` of this build."""
    build = build_of(config)
    build.site = read_site(config, build.settings)
    return config
