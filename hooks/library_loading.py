"""Reads the whole content once, before anything else, and shares it with the other hooks."""

from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import event_priority

from portal.library.library import load_library
from portal.library.settings import read_values


@event_priority(100)  # every other hook reads config.extra["library"]
def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Put the `Library` of this build into `config.extra["library"]`, with sound settings."""
    root = Path(config.config_file_path).resolve().parent
    config.extra["library"] = load_library(root, Path(config.docs_dir))
    config.extra |= read_values(config.extra)[0]  # what is wrong in them, the checks tell
    return config
