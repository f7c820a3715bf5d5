"""Adds the site's mark, the app icons and the manifest that lets a phone install the site."""

from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

from portal.app_icons import SIZES, TOUCH_SIZE, app_icon, app_manifest, mark_file

FOLDER = "assets/icons/"


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the files under assets/icons/."""
    drawing = Path(config.theme.custom_dir or "theme", "partials/mark.svg").read_text("utf-8")
    contents: dict[str, str | bytes] = {
        "mark.svg": mark_file(drawing),
        "app.webmanifest": app_manifest(
            config.site_name, "Kỹ năng số", config.site_description or ""
        ),
        "touch.png": app_icon(drawing, TOUCH_SIZE),
    }
    contents |= {f"app-{size}.png": app_icon(drawing, size) for size in SIZES}
    for name, content in contents.items():
        files.append(File.generated(config, FOLDER + name, content=content))
    return files
