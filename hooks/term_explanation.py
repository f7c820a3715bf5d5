"""Explains hard words from data/glossary.yml where they first occur on a page."""

from mkdocs.config.defaults import MkDocsConfig

from portal.library import Library


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Add the extension with the terms of this build."""
    library: Library = config.extra["library"]
    config.markdown_extensions.append("portal.terms")
    config.mdx_configs["portal.terms"] = {"terms": library.glossary}
    return config
