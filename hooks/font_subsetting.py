"""Publishes the heading font under a content-hashed name, and gives templates its address."""

import hashlib
from pathlib import Path

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

from engine.shared_build import build_of
from portal.site.web_font import heading_font


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add assets/fonts/<digest>.woff2."""
    root = Path(config.config_file_path).parent
    content = heading_font(root / ".cache/fonts")
    uri = f"assets/fonts/{hashlib.sha256(content).hexdigest()[:10]}.woff2"
    build_of(config).heading_font = uri
    files.append(File.generated(config, uri, content=content))
    return files


def on_env(env: Environment, config: MkDocsConfig, **_: object) -> Environment:
    """Add `heading_font`, its path from the site's root."""
    env.globals["heading_font"] = build_of(config).heading_font
    return env
