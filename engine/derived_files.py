"""Adds drawn files, cached under `.cache/`, to the files of a build."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeVar

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files

from portal.drawn.drawing_cache import WORTH_A_POOL, derive_files
from portal.system.cache import Cache, CacheError

Content = TypeVar("Content")


def add_derived_files(
    files: Files,
    config: MkDocsConfig,
    kind: str,
    contents: Mapping[str, Content],
    key_of: Callable[[Content], str],
    draw: Callable[[Content], bytes],
    pool_from: int = WORTH_A_POOL,
) -> dict[str, Path]:
    """Add a file for every path → content, from `.cache/<kind>` or drawn (see `derive_files`).

    Returns path → cached file.

    Raises:
        PluginError: the cache is not writable.
    """
    cache = Cache(Path(config.config_file_path).parent / ".cache" / kind)
    try:
        derived = derive_files(cache, contents, key_of, draw, pool_from)
    except CacheError as error:
        raise PluginError(str(error)) from error
    for path, file in derived.items():
        files.append(File.generated(config, path, abs_src_path=str(file)))
    return derived
