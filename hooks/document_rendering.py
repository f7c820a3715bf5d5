"""Renders pages with our Markdown parser, with figures and explained terms."""

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import get_plugin_logger

from engine.shared_build import build_of
from portal.document.tree import Document
from portal.library.terms import TermIndex
from portal.site.markdown_extension import DocumentExtension

log = get_plugin_logger("portal")
MKDOCS_OWN = ("toc", "tables", "fenced_code")


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Add the Markdown extension that replaces Python-Markdown's parser."""
    library = build_of(config).library
    # Keyed by the source as MkDocs passes it, so that pages parsed by the checks are reused.
    written = {page.file.body.lstrip("\n"): page for page in library.pages}

    def parsed(source: str) -> Document | None:
        return page.document if (page := written.get(source)) else None

    if others := set(config["markdown_extensions"]).difference(MKDOCS_OWN):
        log.warning("phần mở rộng Markdown không có tác dụng ở đây: %s", ", ".join(sorted(others)))
    extension = DocumentExtension(library.statistics, TermIndex(library.glossary), parsed)
    config["markdown_extensions"].append(extension)
    return config
