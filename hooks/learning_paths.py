"""Makes each evening a sheet to print: its plan and its attendance list."""

from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

from portal.cache import Cache
from portal.evening_sheet import draw_sheet, sheet_content, sheet_key
from portal.library import Library

NAME = "to-buoi-hoc.pdf"


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the PDF files, drawn again only when something in them has changed."""
    library: Library = config.extra["library"]
    cache = Cache(Path(config.config_file_path).parent / ".cache/evenings")
    for path in library.learning_paths:
        content = sheet_content(path, library, config.extra["site"])
        key = sheet_key(path, content)
        entry = cache.find(key) or cache.store(key, {NAME: draw_sheet(path, content)})
        files.append(File.generated(config, path.sheet, abs_src_path=str(entry[NAME])))
    return files
