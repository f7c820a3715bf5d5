"""Adds the site's logo, the app icons and the web app manifest."""

from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

from engine.derived_files import add_derived_files
from portal.drawn.app_icons import (
    SIZES,
    TOUCH_SIZE,
    AppIcon,
    app_manifest,
    draw_app_icon,
    icon_key,
    mark_file,
)

FOLDER = "assets/icons/"


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the files under assets/icons/."""
    drawing = Path(config.theme.custom_dir or "theme", "partials/mark.svg").read_text("utf-8")
    manifest = app_manifest(config.site_name, "Kỹ năng số", config.site_description or "")
    for name, content in {"mark.svg": mark_file(drawing), "app.webmanifest": manifest}.items():
        files.append(File.generated(config, FOLDER + name, content=content))
    icons = {f"{FOLDER}app-{size}.png": AppIcon(drawing, size) for size in SIZES}
    icons[f"{FOLDER}touch.png"] = AppIcon(drawing, TOUCH_SIZE)
    add_derived_files(files, config, "icons", icons, icon_key, draw_app_icon)
    return files
