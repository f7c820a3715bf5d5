"""Ships our own scripts and their table under a versioned folder, nothing of Material's."""

from functools import cache
from pathlib import Path

import material
from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

from engine.shared_build import build_of
from portal.library.places import finder_table
from portal.site.versioned_assets import read_assets, versioned_folder

MATERIAL = Path(material.__file__).parent
VERSIONED = ("js", "search")
NOT_COPIED = ("assets/css/", "assets/js/", "assets/search/", "assets/sw.js", "partials/")


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Replace what the theme would copy: inlined CSS and Material's files are not for readers."""
    for file in [file for file in files if _is_replaced(file)]:
        files.remove(file)
    assets = read_assets(Path(config.theme.custom_dir or "theme", "assets"), VERSIONED)
    library = build_of(config).library
    if library.places:
        assets["js/places.json"] = finder_table(library.places, library.facts)
    build_of(config).versioned_folder = folder = versioned_folder(assets)
    for path, content in assets.items():
        files.append(File.generated(config, folder + path, content=content))
    return files


def _is_replaced(file: File) -> bool:
    return _is_material(file.src_dir) or file.src_uri.startswith(NOT_COPIED)


@cache  # of thousands of files, from three folders
def _is_material(folder: str | None) -> bool:
    return folder is not None and Path(folder).is_relative_to(MATERIAL)


def on_env(env: Environment, config: MkDocsConfig, **_: object) -> Environment:
    """Add `asset("js/site.js")`, the path of a script from the site's root."""
    env.globals["asset"] = lambda path: build_of(config).versioned_folder + path
    return env
