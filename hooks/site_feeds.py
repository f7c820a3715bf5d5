"""Publishes feeds, sitemap and robots.txt, with the editors' dates."""

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

from engine.shared_build import build_of
from portal.library.published_addresses import JSON_FEED, RSS
from portal.site.feeds import ROBOTS, SITEMAP, json_feed, robots, rss, sitemap


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> Environment:
    """Add the files; they replace MkDocs' sitemap, which has build dates."""
    library = build_of(config).library
    site = build_of(config).site
    items = build_of(config).news
    addresses = [file.page.url for file in files.documentation_pages() if file.page]
    contents = {
        RSS: rss(site, items),
        JSON_FEED: json_feed(site, items),
        SITEMAP: sitemap(library, site, addresses),
        ROBOTS: robots(site),
    }
    config.theme.static_templates.discard(SITEMAP)
    for path, content in contents.items():
        files.append(File.generated(config, path, content=content))
    return env
