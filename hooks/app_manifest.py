"""Adds the site's mark, the app icons and the manifest that lets a phone install the site."""

from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files

from portal.app_icons import (
    SIZES,
    TOUCH_SIZE,
    AppIcon,
    app_manifest,
    draw_icon,
    icon_key,
    mark_file,
)
from portal.cache import Cache, CacheError
from portal.derived_files import derive_files

FOLDER = "assets/icons/"


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the files under assets/icons/."""
    drawing = Path(config.theme.custom_dir or "theme", "partials/mark.svg").read_text("utf-8")
    manifest = app_manifest(config.site_name, "Kỹ năng số", config.site_description or "")
    for name, content in {"mark.svg": mark_file(drawing), "app.webmanifest": manifest}.items():
        files.append(File.generated(config, FOLDER + name, content=content))
    icons = {f"app-{size}.png": AppIcon(drawing, size) for size in SIZES}
    icons["touch.png"] = AppIcon(drawing, TOUCH_SIZE)
    cache = Cache(Path(config.config_file_path).parent / ".cache/icons")
    try:
        drawn = derive_files(cache, icons, icon_key, draw_icon)
    except CacheError as error:
        raise PluginError(str(error)) from error
    for name, file in drawn.items():
        files.append(File.generated(config, FOLDER + name, abs_src_path=str(file)))
    return files
