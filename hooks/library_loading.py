"""Reads the whole content once, before anything else, and shares it with the other hooks."""

from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import event_priority

from engine.shared_build import build_of
from portal.library.library import load_library
from portal.library.settings import read_values


@event_priority(100)  # every other hook reads build_of(config).library
def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Put the `Library` of this build into `build_of(config).library`, with sound settings."""
    root = Path(config.config_file_path).resolve().parent
    build_of(config).library = load_library(root, Path(config.docs_dir))
    build_of(config).settings = read_values(config.extra)[0]  # what is wrong, the checks tell
    return config
