"""Gives the templates of glossary, places, teams and topics their rows in reading order."""

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig

from engine.shared_build import build_of
from portal.library.glossary import by_letter
from portal.library.places import districts_of, namesakes
from portal.library.provenance import cite_facts
from portal.library.published_addresses import handout_path, story_form_path
from portal.library.team_directory import communes_of
from portal.site.term_guides import guides_about
from portal.site.wishes import wishes_of


def on_env(env: Environment, config: MkDocsConfig, **_: object) -> Environment:
    """Add what the pages made from data files print."""
    library = build_of(config).library
    env.globals |= {
        "letter_groups": by_letter(library.glossary),
        "guides_about": lambda term: guides_about(term, library),
        "districts": districts_of(library.places),
        "namesakes": namesakes(library.places),
        "communes": communes_of(library.teams),
        "wishes_of": lambda topic: wishes_of(topic, library),
        "citations_of": lambda path: tuple(cite_facts(path.facts, library.facts)),
        "handout_path": handout_path,
        "story_form": story_form_path(),
        "official_hosts": [site.address for site in library.contacts.sites],
        "authorities": [authority.as_rule() for authority in library.authorities],
    }
    return env
