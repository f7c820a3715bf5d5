"""What holds of the real library as a whole, beyond what the checks say of one page."""

from __future__ import annotations

import posixpath

import pytest
from conftest import REPOSITORY

from portal.library.library import Library, Page, load_library


@pytest.fixture(scope="module")
def library() -> Library:
    return load_library(REPOSITORY)


def guides_linked_by(page: Page) -> set[str]:
    folder = posixpath.dirname(page.uri)
    targets = (link.target.split("#")[0] for link in page.contents.links)
    paths = (posixpath.normpath(posixpath.join(folder, target)) for target in targets)
    return {path for path in paths if path.startswith("guides/") and path.endswith(".md")}


def test_every_guide_has_a_related_guide_that_leads_back(library: Library) -> None:
    links = {guide.uri: guides_linked_by(guide) for guide in library.guides}
    alone = [uri for uri, found in links.items() if not any(uri in links[each] for each in found)]
    assert alone == []


def test_guides_about_deceit_lead_with_what_to_do_now(library: Library) -> None:
    """Two guides of the topic are tools for a quiet hour, not for who has just been called."""
    topic = next(topic for topic in library.topics if topic.id == "an-toan")
    late = {
        guide.uri.split("/")[-1]
        for guide in library.guides_of(topic)
        if guide.contents.headings[0].name != "Làm ngay"
    }
    assert late == {"kiem-tra-bang-ntrust.md", "to-giac-tren-vneid.md"}


def test_every_topic_has_guides_and_every_guide_is_of_a_topic(library: Library) -> None:
    by_topic = {topic.id: len(library.guides_of(topic)) for topic in library.topics}
    assert len(by_topic) == 12
    assert all(by_topic.values())
    assert sum(by_topic.values()) == len(library.guides) >= 45
