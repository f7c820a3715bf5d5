"""Gives templates the page's data: source, topic, citations and dates."""

from collections.abc import Iterator
from typing import Any

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.pages import Page

from engine.shared_build import build_of
from portal.checks.review import review_due
from portal.language.text import format_day
from portal.library.figures import find_figure
from portal.library.library import Library, url_of
from portal.library.library import Page as Source
from portal.library.loudspeaker_weeks import announcement_uri
from portal.library.provenance import citations, date_range, spoken_date, spoken_month
from portal.library.statistics import Figure, UnknownFigureError
from portal.site.navigation import neighbours_of, parents_of
from portal.site.page_body import parts_of_guide
from portal.site.template_names import ON_A_PAGE

OWN_TEMPLATES = {"index.md": "home.html", "about.md": "about.html"}


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, **_: object) -> str:
    """Set the template by the kind of page, after MkDocs has read its front matter."""
    library = build_of(config).library
    source = library.by_uri.get(page.file.src_uri)
    if source:
        page.meta["description"] = source.meta.get("summary", "")
        page.meta["template"] = OWN_TEMPLATES.get(source.uri, source.kind.template)
    return markdown


def on_env(env: Environment, config: MkDocsConfig, **_: object) -> Environment:
    """Add the globals for every page, and for 404.html, which has no page context."""
    build = build_of(config)
    library = build.library
    env.globals |= {
        **dict.fromkeys(ON_A_PAGE),
        "library": library,
        "settings": build.settings,
        "site": build.site,
        "topics": library.topics,
        "home_figures": list(_home_figures(config)),
    }
    env.filters |= {
        "format_day": format_day,
        "spoken_date": spoken_date,
        "spoken_month": spoken_month,
        "parts_of_guide": parts_of_guide,
    }
    return env


def _home_figures(config: MkDocsConfig) -> Iterator[Figure]:
    for source in build_of(config).settings["home_figures"]:
        try:
            yield find_figure(source, build_of(config).library.statistics)[0]
        except UnknownFigureError:  # only under `serve`: the checks report it
            continue


def _announcement(source: Source, library: Library) -> str:
    """Return the address of a guide's text for the loudspeakers, "" when it has none."""
    uri = announcement_uri(source.uri)
    return url_of(uri) if uri in library.generated_uris else ""


def on_page_context(
    context: dict[str, Any], page: Page, config: MkDocsConfig, **_: object
) -> dict[str, Any]:
    """Add what a template prints of one page, its sources and the pages around it."""
    library = build_of(config).library
    source = library.by_uri.get(page.file.src_uri)
    topic_id = page.meta.get("topic")
    cited = citations(source, library.facts) if source else ()
    context |= {
        "source": source,
        "topic": next((topic for topic in library.topics if topic.id == topic_id), None),
        "neighbours": neighbours_of(page.file.src_uri, library),
        "parents": parents_of(page.url, library),
        "citations": cited,
        "source_range": date_range(cited),
        "announcement": _announcement(source, library) if source else "",
        "review_due": review_due(source) if source else None,
    }
    return context
