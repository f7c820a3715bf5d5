"""Adds the statistics page with its downloads and its schema.org description."""

import json
from typing import Any
from urllib.parse import urljoin

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

from engine.shared_build import build_of
from portal.library.figures import STATISTICS_PAGE
from portal.site.statistics_page import as_csv, as_json, dataset, render_page

FRONT_MATTER = """---
title: Số liệu
description: Các con số về chuyển đổi số ở Ninh Bình, có ngày, nơi và nguồn.
template: statistics.html
---
"""


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the page and the data behind it."""
    library = build_of(config).library
    contents = {
        STATISTICS_PAGE: FRONT_MATTER + render_page(library.statistics),
        "so-lieu/so-lieu.csv": as_csv(library.statistics),
        "so-lieu/so-lieu.json": as_json(library.statistics),
    }
    for uri, content in contents.items():
        files.append(File.generated(config, uri, content=content))
    return files


def on_page_context(
    context: dict[str, Any], page: Page, config: MkDocsConfig, **_: object
) -> dict[str, Any]:
    """Give the statistics page its `dataset` as JSON that is safe inside a script element."""
    if page.file.src_uri == STATISTICS_PAGE:
        library = build_of(config).library
        url = urljoin(config.site_url or "", page.url)
        described = json.dumps(dataset(library.statistics, url), ensure_ascii=False)
        context["dataset"] = described.replace("<", "\\u003c")
    return context
