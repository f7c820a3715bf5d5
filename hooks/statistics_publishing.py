"""Fills the statistics page and adds its downloads and its schema.org description."""

import json
from typing import Any
from urllib.parse import urljoin

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

from engine.shared_build import build_of
from portal.library.figures import STATISTICS_PAGE
from portal.library.published_addresses import STATISTICS_CSV, STATISTICS_JSON
from portal.site.statistics_page import dataset, render_statistics, rows_as_csv, rows_as_json


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the downloads of the page."""
    library = build_of(config).library
    contents = {
        STATISTICS_CSV: rows_as_csv(library.statistics),
        STATISTICS_JSON: rows_as_json(library.statistics),
    }
    for uri, content in contents.items():
        files.append(File.generated(config, uri, content=content))
    return files


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, **_: object) -> str:
    """Return the figures in the place of what the page has not."""
    is_statistics = page.file.src_uri == STATISTICS_PAGE
    return render_statistics(build_of(config).library.statistics) if is_statistics else markdown


def on_page_context(
    context: dict[str, Any], page: Page, config: MkDocsConfig, **_: object
) -> dict[str, Any]:
    """Add `dataset` to the statistics page, as JSON that is safe inside a script element."""
    if page.file.src_uri == STATISTICS_PAGE:
        library = build_of(config).library
        url = urljoin(config.site_url or "", page.url)
        described = json.dumps(dataset(library.statistics, url), ensure_ascii=False)
        context["dataset"] = described.replace("<", "\\u003c")
    return context
