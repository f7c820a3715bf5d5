"""The names that templates may use besides MkDocs' own, with the hook that sets each.

`EVERYWHERE` is defined on every page, and on 404.html, which has no page context. `ON_A_PAGE`
depends on the page and may be None. A test compares both lists with the templates.
"""

from __future__ import annotations

from collections.abc import Mapping

EVERYWHERE: Mapping[str, str] = {
    "library": "page_context: all content of the build, a Library",
    "topics": "page_context: the topics in their order",
    "settings": "page_context: what the operator sets under `extra`",
    "site": "page_context: the site's identity, a Site",
    "home_figures": "page_context: the figures of the strip on the home page",
    "asset": "asset_versioning: asset('js/site.js') is the path of a script",
    "heading_font": "font_subsetting: the path of the heading face",
    "stylesheet": "style_inlining: stylesheet(names) is the CSS of these components",
    "topic_colours": "style_inlining: topic_colours(topics) is CSS",
    "shared": "part_sharing: {% call shared(name, place) %} is rendered once a folder",
    "feedback": "reader_feedback: where readers can write to, None without a channel",
    "parts_of": "site_outline: the other parts of a long section",
    "MAX_LISTED": "site_outline: how many entries a part has",
    "news": "short_links: the newest guides and stories",
    "alphabet": "search_index: all pages by their first letters",
    "letter_groups": "reference_pages: the terms by letter",
    "guides_about": "reference_pages: guides_about(term) are those that use it",
    "districts": "reference_pages: the former districts with their places",
    "namesakes": "reference_pages: communes of one name in several districts",
    "communes": "reference_pages: the listed teams by commune",
    "wishes_of": "reference_pages: wishes_of(topic) are guides that are still to be written",
    "citations_of": "reference_pages: citations_of(evening) are its sources",
    "announcement_of": "reference_pages: announcement_of(guide) is its text for the loudspeakers",
    "announcement_address": "reference_pages: announcement_address(guide) is that text's page",
    "announcement_sheet": "reference_pages: announcement_sheet(guide) is where its sheet lies",
    "guide_of": "reference_pages: guide_of(uri) is the guide of a page with its text",
    "handout_path": "reference_pages: handout_path(page) is where a guide's handout lies",
    "story_form": "reference_pages: where the form for a team's own story lies",
    "stamp_cards": "reference_pages: where the cards to sign at evenings lie",
    "official_hosts": "reference_pages: the addresses of official sites",
    "authorities": "reference_pages: what a message in an authority's name must link to",
}
ON_A_PAGE: Mapping[str, str] = {
    "source": "page_context: the page as its editor wrote it, a Page",
    "topic": "page_context: its topic",
    "neighbours": "page_context: the pages before and after it",
    "parents": "page_context: the pages above it, the home page apart",
    "citations": "page_context: its sources",
    "source_range": "page_context: the days of its oldest and newest source",
    "review_due": "page_context: the day on which it is to be reviewed",
    "announcement": "page_context: the address of a guide's text for the loudspeakers, or ''",
    "place": "part_sharing: the folder of an article, '' elsewhere",
    "metadata": "page_metadata: what it tells machines, a PageMetadata",
    "share": "short_links: the link of a guide or story, a ShareLink",
    "handout": "printed_sheets: the path of a guide's handout",
    "booklet": "printed_sheets: the path of a topic's booklet",
    "dataset": "statistics_publishing: the schema.org description of the statistics",
    "previews": "share_preview: what Zalo reads of each page",
}
