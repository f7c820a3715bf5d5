"""Reads the content, the settings and the site's identity once and shares them with all hooks."""

from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import event_priority

from engine.configured_site import read_site
from engine.shared_build import build_of
from portal.library.library import load_library
from portal.library.settings import read_values


@event_priority(100)  # all other hooks need the library
def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Set the library, the valid settings and the site's identity of this build."""
    root, build = Path(config.config_file_path).resolve().parent, build_of(config)
    build.library = load_library(root, Path(config.docs_dir))
    build.settings = read_values(config.extra)  # the checks report the invalid ones
    build.site = read_site(config, build.settings)
    return config
