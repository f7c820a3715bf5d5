"""The search engine's data besides the pages: language data, topics, hotlines."""

from __future__ import annotations

from portal.library.library import Library
from portal.library.search_language import synonyms_of
from portal.search.index import SearchHelp


def search_help(library: Library) -> SearchHelp:
    """Return the language data, the topics with guides, and the hotlines."""
    topics = [
        {"title": topic.title, "url": f"guides/{topic.id}/", "summary": topic.summary}
        for topic in library.topics
        if library.guides_of(topic)
    ]
    phones = [
        {"name": phone.name, "number": phone.number, "tel": phone.tel}
        for phone in library.contacts.phones
        if phone.calls
    ]
    words = library.search_words
    beyond = {"asides": words.asides, "outside": words.outside}
    return SearchHelp(
        {"amounts": dict(words.amounts)},
        words.fillers,
        {"topics": topics, "phones": phones, **beyond},
        synonyms_of(words, library.glossary),
    )
