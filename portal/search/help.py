"""What the search engine gets beside the pages: the language, and whom to turn to."""

from __future__ import annotations

from portal.library.library import Library
from portal.library.search_language import language_of
from portal.search.index import SearchHelp


def search_help(library: Library) -> SearchHelp:
    """Return the language of this library, its topics that have guides, and its phones."""
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
    language = language_of(words, library.glossary)
    beyond = {"asides": words.asides, "outside": words.outside}
    return SearchHelp(language, {"topics": topics, "phones": phones, **beyond})
