"""Publishes our own scripts in a versioned folder, and no file of the theme beneath ours."""

from collections.abc import Set
from pathlib import Path

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

from engine.shared_build import build_of
from portal.library.places import finder_table
from portal.site.spoken_forms import SCRIPT, spoken_forms_script
from portal.site.versioned_assets import read_assets, versioned_folder

VERSIONED = ("js", "search")
NOT_COPIED = ("assets/css/", "assets/js/", "assets/search/", "assets/sw.js", "partials/")


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Replace the theme's files: inlined CSS and what others wrote is not published."""
    others = frozenset(config.theme.dirs) - {config.theme.custom_dir}
    for file in [file for file in files if _is_replaced(file, others)]:
        files.remove(file)
    assets = read_assets(Path(config.theme.custom_dir or "theme", "assets"), VERSIONED)
    library = build_of(config).library
    assets[SCRIPT] = spoken_forms_script(library.pronunciation)
    if library.places:
        assets["js/places.json"] = finder_table(library.places, library.facts)
    build_of(config).versioned_folder = folder = versioned_folder(assets)
    for path, content in assets.items():
        files.append(File.generated(config, folder + path, content=content))
    return files


def _is_replaced(file: File, others: Set[str]) -> bool:
    return file.src_dir in others or file.src_uri.startswith(NOT_COPIED)


def on_env(env: Environment, config: MkDocsConfig, **_: object) -> Environment:
    """Add `asset("js/site.js")`, the path of a script from the site's root."""
    env.globals["asset"] = lambda path: build_of(config).versioned_folder + path
    return env
