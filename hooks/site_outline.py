"""Orders the pages and adds the overview pages that no editor has to write."""

import json

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

from portal.navigation import GeneratedPage, generated_pages, outline


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Set the navigation from the topics and the pages that exist."""
    config.nav = outline(config.extra["library"])
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add guides/, stories/ and one page a topic."""
    for page in generated_pages(config.extra["library"]):
        files.append(File.generated(config, page.uri, content=_markdown(page)))
    return files


def _markdown(page: GeneratedPage) -> str:
    fields = {
        "title": page.title,
        "description": page.summary,
        "template": page.template,
        "topic": page.topic,
        "tags": page.tags,
    }
    # JSON is YAML too, whatever quotation marks a text holds.
    rows = ((name, json.dumps(value, ensure_ascii=False)) for name, value in fields.items())
    lines = "\n".join(f"{name}: {value}" for name, value in rows if fields[name])
    return f"---\n{lines}\n---\n"
