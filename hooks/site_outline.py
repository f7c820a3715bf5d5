"""Orders the pages and adds the overview pages that no editor has to write."""

import json

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

from engine.shared_build import build_of
from portal.library.generated_pages import MAX_LISTED, GeneratedPage, parts_of
from portal.site.navigation import outline


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Set the navigation from the topics and the pages that exist."""
    config.nav = outline(build_of(config).library)
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add guides/, stories/ and one page a topic."""
    for page in build_of(config).library.generated_pages.values():
        files.append(File.generated(config, page.uri, content=_markdown(page)))
    return files


def on_env(env: Environment, **_: object) -> Environment:
    """Add what a page that lists a section needs to know of its other parts."""
    env.globals |= {"parts_of": parts_of, "MAX_LISTED": MAX_LISTED}
    return env


def _markdown(page: GeneratedPage) -> str:
    fields = {
        "title": page.title,
        "description": page.summary,
        "template": page.template,
        "topic": page.topic,
        "tags": page.tags,
        "part": page.part,
    }
    # JSON is YAML too, whatever quotation marks a text holds.
    rows = ((name, json.dumps(value, ensure_ascii=False)) for name, value in fields.items())
    lines = "\n".join(f"{name}: {value}" for name, value in rows if fields[name])
    return f"---\n{lines}\n---\n"
