"""Hard words explained where they first occur on a page, and all of them again at its foot.

A Python-Markdown extension. The word links to its explanation on the same page, so it works without
JavaScript and on paper; `theme/assets/js/terms.js` shows the explanation beside the word instead.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

from portal.glossary import Term

AFTER_LINK_CHECKS = -1  # MkDocs checks links at 0 and would not find these anchors
MAX_TERMS = 6  # more would make a short page look like a dictionary
_NOT_IN = frozenset(("a", "code", "pre", "strong", "h1", "h2", "h3", "h4", "h5", "h6", "table"))
_MIN_ABBREVIATION = 3  # "CK", "TK" and "CC" mean too many things


class TermIndex:
    """Finds the forms of terms in text."""

    def __init__(self, terms: Sequence[Term]) -> None:
        hard = [term for term in terms if not term.everyday]
        words = {_plain(term.prefer).casefold(): term for term in hard}
        short = {
            abbreviation: term
            for term in hard
            for abbreviation in term.abbreviations
            if len(abbreviation) >= _MIN_ABBREVIATION and abbreviation.isupper()
        }
        self._by_form = {**words, **short}
        self._pattern = re.compile(
            rf"(?<!\w)(?:{_by_first_letter(words)}|{_alternatives(short)})(?!\w)"
        )

    def find(self, text: str) -> Iterator[tuple[re.Match[str], Term]]:
        """Yield each occurrence of a form, with its term."""
        for match in self._pattern.finditer(text):
            form = match[0]
            yield match, self._by_form.get(form) or self._by_form[form.casefold()]


def _plain(prefer: str) -> str:
    """Return the wording without its explanation in brackets ("NFC (chạm thẻ)" gives "NFC")."""
    return prefer.partition(" (")[0]


def _by_first_letter(forms: Iterable[str]) -> str:
    """Return a pattern for the forms in upper or lower case.

    The first letter stands apart, since only a branch that begins with a set of letters is passed
    over without a trial: three times faster.
    """
    rests = dict[str, list[str]]()
    for form in forms:
        rests.setdefault(form[0], []).append(form[1:])
    return (
        "|".join(
            f"[{re.escape(first + first.upper())}](?i:{_alternatives(rests[first])})"
            for first in rests
        )
        or "(?!)"
    )


def _alternatives(forms: Iterable[str]) -> str:
    longest_first = sorted(forms, key=len, reverse=True)
    return "|".join(map(re.escape, longest_first)) or "(?!)"


class TermProcessor(Treeprocessor):
    """Links the first occurrence of each term of a page and appends their explanations."""

    def __init__(self, md: Markdown, index: TermIndex) -> None:
        super().__init__(md)
        self._index = index

    def run(self, root: Element) -> None:
        """Mark the terms in `root`."""
        found = dict[str, Term]()
        self._mark_within(root, found)
        if found:
            root.append(_explanations(list(found.values())))

    def _mark_within(self, element: Element, found: dict[str, Term]) -> None:
        if element.tag in _NOT_IN:
            return
        children = list(element)
        element.text, links = self._split(element.text, found)
        element[:0] = links
        for child in children:
            self._mark_within(child, found)
            child.tail, links = self._split(child.tail, found)
            if links:
                place = list(element).index(child) + 1
                element[place:place] = links

    def _split(self, text: str | None, found: dict[str, Term]) -> tuple[str | None, list[Element]]:
        """Return the text before the first new term, and links that carry what follows them."""
        if not text or len(found) == MAX_TERMS:
            return text, []
        before, links, end = text, list[Element](), 0
        for match, term in self._index.find(text):
            if term.id in found or len(found) == MAX_TERMS:
                continue
            found[term.id] = term
            if links:
                links[-1].tail = text[end : match.start()]
            else:
                before = text[: match.start()]
            links.append(_link(match[0], term))
            end = match.end()
        if links:
            links[-1].tail = text[end:]
        return before, links


def _link(form: str, term: Term) -> Element:
    link = Element("a", {"class": "term", "href": f"#tu-{term.id}"})
    link.text = form
    return link


def _explanations(terms: list[Term]) -> Element:
    section = Element("section", {"class": "terms", "aria-labelledby": "tu-kho"})
    SubElement(section, "h2", {"id": "tu-kho"}).text = "Từ khó trong bài"
    listed = SubElement(section, "dl")
    for term in terms:
        group = SubElement(listed, "div", {"id": f"tu-{term.id}"})
        SubElement(group, "dt").text = term.prefer
        SubElement(group, "dd").text = term.definition
    return section


class TermExtension(Extension):
    """Adds `TermProcessor` to a Markdown instance."""

    def __init__(self, terms: Sequence[Term] = ()) -> None:
        super().__init__()
        self._index = TermIndex(terms)

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the name is Markdown's
        """Register the processor after MkDocs' own."""
        md.treeprocessors.register(
            TermProcessor(md, self._index), "portal-terms", AFTER_LINK_CHECKS
        )


def makeExtension(terms: Sequence[Term] = ()) -> TermExtension:  # noqa: N802 - the name is Markdown's
    """Return the extension for these terms; Markdown calls this for `portal.terms`."""
    return TermExtension(terms)
