"""Publishes each picture in responsive sizes and formats, never the original."""

import posixpath
from pathlib import Path
from urllib.parse import unquote

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import get_plugin_logger
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page
from mkdocs.utils import get_relative_url

from engine.shared_build import build_of
from portal.images.formats import SUFFIXES
from portal.images.markup import PictureMarkup, UnknownPictureError
from portal.images.usage import shown_images
from portal.images.variants import PictureError, make_pictures
from portal.library.image_settings import image_settings_of
from portal.system.cache import Cache, CacheError
from portal.system.progress import Progress

log = get_plugin_logger("portal")


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Encode the pictures that pages show, and set `pictures`, by path within docs/."""
    cache = Cache(Path(config.config_file_path).parent / ".cache/images")
    sources = shown_images(build_of(config).library)
    progress = Progress("hình", log.info)
    settings = image_settings_of(build_of(config).settings["images"])
    try:
        pictures = make_pictures(sources, cache, settings, progress.report)
    except (CacheError, PictureError) as error:
        raise PluginError(str(error)) from error
    variants = {variant.uri: variant for each in pictures.values() for variant in each.variants}
    for uri, variant in variants.items():
        files.append(File.generated(config, uri, abs_src_path=str(variant.file)))
    build_of(config).pictures = pictures
    return files


def on_page_content(html: str, page: Page, config: MkDocsConfig, **_: object) -> str:
    """Replace each <img> by a <picture>."""
    folder, pictures = posixpath.dirname(page.url), build_of(config).pictures
    markup = PictureMarkup(
        find=lambda src: pictures.get(posixpath.normpath(posixpath.join(folder, unquote(src)))),
        relative=lambda uri: get_relative_url(uri, page.url),
    )
    try:
        return markup.render(html)
    except UnknownPictureError as error:
        raise PluginError(f"docs/{page.file.src_uri}: không có hình '{error}'") from error


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> Environment:
    """Remove originals from the site, after links to them have been validated."""
    for file in files.media_files():
        if file.src_dir == config.docs_dir and Path(file.src_uri).suffix.lower() in SUFFIXES:
            files.remove(file)
    return env
