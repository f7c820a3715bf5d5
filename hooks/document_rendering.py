"""Renders pages from the tree of their Markdown, with this build's figures and explained terms."""

from mkdocs.config.defaults import MkDocsConfig

from portal.document.extension import DocumentExtension
from portal.library import Library
from portal.terms import TermIndex


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Add the Markdown extension that reads pages in place of Python-Markdown."""
    library: Library = config.extra["library"]
    terms = TermIndex(library.glossary)
    config["markdown_extensions"].append(DocumentExtension(library.statistics, terms))
    return config
