"""Sets the navigation and adds the generated pages."""

import json

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

from engine.shared_build import build_of
from portal.library.generated_pages import MAX_LISTED, GeneratedPage, parts_of
from portal.site.navigation import outline


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Set the navigation from the topics and the existing pages."""
    config.nav = outline(build_of(config).library)
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the generated pages."""
    for page in build_of(config).library.generated_pages.values():
        files.append(File.generated(config, page.uri, content=_markdown(page)))
    return files


def on_env(env: Environment, **_: object) -> Environment:
    """Add the pagination of lists to the globals."""
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
    # JSON is valid YAML and escapes quotation marks.
    rows = ((name, json.dumps(value, ensure_ascii=False)) for name, value in fields.items())
    lines = "\n".join(f"{name}: {value}" for name, value in rows if fields[name])
    return f"---\n{lines}\n---\n"
