"""Writes the compressed copies of all text files, except for a preview."""

from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import event_priority

from engine.shared_build import build_of
from portal.system.precompression import COPIES, compress_site


@event_priority(-90)  # after everything that writes files, before the site is swapped in
def on_post_build(config: MkDocsConfig) -> None:
    """Compress the site; a quality of 0 skips it."""
    quality = int(build_of(config).settings["brotli_quality"])
    if quality and not build_of(config).settings["preview"]:
        root = Path(config.config_file_path).parent
        compress_site(Path(config.site_dir), root / COPIES, quality)
