"""What a page's file holds: MkDocs opens it again for each question, the Library has read it."""

from __future__ import annotations

import os
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File
from mkdocs.utils import meta

from portal.library import Library
from portal.plain_yaml import read_plain_mapping


def source_of(file: File, config: MkDocsConfig) -> str:
    """Return the Markdown of a page with its front matter.

    Raises:
        OSError, ValueError: MkDocs cannot read the file, and the Library could not either.
    """
    written = written_source(file, config)
    return file.content_string if written is None else written


def written_source(file: File, config: MkDocsConfig) -> str | None:
    """Return the text that the Library has read from this very file, None if it has not.

    It is what MkDocs would read: without a byte order mark, lines ended by "\\n".
    """
    library: Library | None = config.extra.get("library")
    page = library.by_uri.get(file.src_uri) if library else None
    if library is None or page is None:
        return None
    is_same = file.abs_src_path == f"{library.docs}{os.sep}{page.uri}"  # None if in memory
    return page.source if is_same else None


def split_source(source: str) -> tuple[str, dict[str, Any]]:
    """Return the Markdown and the front matter of a page as MkDocs' `get_data` does."""
    head = meta.YAML_RE.match(source)
    plain = read_plain_mapping(head[1]) if head else None
    if head is None or plain is None:
        return meta.get_data(source)
    return source[head.end() :].lstrip("\n"), plain
