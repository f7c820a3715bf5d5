"""Gives the templates of glossary, places, teams and topics their rows."""

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig

from engine.shared_build import build_of
from portal.library.announcements import announcement_of
from portal.library.glossary import terms_by_letter
from portal.library.library import url_of
from portal.library.loudspeaker_weeks import FOLDER, announcement_uri
from portal.library.page_kinds import GUIDE
from portal.library.places import districts_of, namesakes
from portal.library.provenance import cite_facts
from portal.library.published_addresses import (
    announcement_path,
    handout_path,
    stamp_cards_path,
    story_form_path,
)
from portal.library.team_directory import communes_of
from portal.site.term_guides import guides_about
from portal.site.wishes import wishes_of


def on_env(env: Environment, config: MkDocsConfig, **_: object) -> Environment:
    """Add the data of the pages generated from data files."""
    library = build_of(config).library
    env.globals |= {
        "letter_groups": terms_by_letter(library.glossary),
        "guides_about": lambda term: guides_about(term, library),
        "districts": districts_of(library.places),
        "namesakes": namesakes(library.places),
        "communes": communes_of(library.teams),
        "wishes_of": lambda topic: wishes_of(topic, library),
        "citations_of": lambda path: tuple(cite_facts(path.facts, library.facts)),
        "guide_of": lambda uri: library.by_uri[GUIDE.folder + uri.removeprefix(FOLDER)],
        "announcement_of": lambda guide: announcement_of(guide, library),
        "announcement_address": lambda guide: url_of(announcement_uri(guide.uri)),
        "announcement_sheet": announcement_path,
        "handout_path": handout_path,
        "story_form": story_form_path(),
        "stamp_cards": stamp_cards_path(),
        "official_hosts": [site.address for site in library.contacts.sites],
        "authorities": [authority.as_rule() for authority in library.authorities],
    }
    return env
