"""Renders pages from the tree of their Markdown, with this build's figures and explained terms."""

from mkdocs.config.defaults import MkDocsConfig

from portal.document.extension import DocumentExtension
from portal.document.tree import Document
from portal.library import Library
from portal.terms import TermIndex


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Add the Markdown extension that reads pages in place of Python-Markdown."""
    library: Library = config.extra["library"]
    # As MkDocs passes them on: what the checks have parsed is not parsed again.
    written = {page.file.body.lstrip("\n"): page for page in library.pages}

    def parsed(source: str) -> Document | None:
        return page.document if (page := written.get(source)) else None

    extension = DocumentExtension(library.statistics, TermIndex(library.glossary), parsed)
    config["markdown_extensions"].append(extension)
    return config
