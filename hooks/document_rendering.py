"""Renders pages from the tree of their Markdown, with this build's figures and explained terms."""

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import get_plugin_logger

from engine.shared_build import build_of
from portal.document.tree import Document
from portal.library.terms import TermIndex
from portal.site.markdown_extension import DocumentExtension

log = get_plugin_logger("portal")
MKDOCS_OWN = ("toc", "tables", "fenced_code")


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Add the Markdown extension that reads pages in place of Python-Markdown."""
    library = build_of(config).library
    # As MkDocs passes them on: what the checks have parsed is not parsed again.
    written = {page.file.body.lstrip("\n"): page for page in library.pages}

    def parsed(source: str) -> Document | None:
        return page.document if (page := written.get(source)) else None

    if others := set(config["markdown_extensions"]).difference(MKDOCS_OWN):
        log.warning("phần mở rộng Markdown không có tác dụng ở đây: %s", ", ".join(sorted(others)))
    extension = DocumentExtension(library.statistics, TermIndex(library.glossary), parsed)
    config["markdown_extensions"].append(extension)
    return config
