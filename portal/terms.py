"""Hard words explained where they first occur on a page, and all of them again at its foot.

A Python-Markdown extension. The word links to its explanation on the same page, so it works without
JavaScript and on paper; `theme/assets/js/terms.js` shows the explanation beside the word instead.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.extensions import Extension
from markdown.serializers import to_xhtml_string as to_html
from markdown.treeprocessors import Treeprocessor

from portal.glossary import Term

AFTER_LINK_CHECKS = -1  # MkDocs checks links at 0 and would not find these anchors
MAX_TERMS = 6  # more would make a short page look like a dictionary
_NOT_IN = frozenset(("a", "code", "pre", "strong", "h1", "h2", "h3", "h4", "h5", "h6", "table"))
_MIN_ABBREVIATION = 3  # "CK", "TK" and "CC" mean too many things


class TermIndex:
    """Finds the forms of terms in text, and knows what is made of them."""

    def __init__(self, terms: Sequence[Term]) -> None:
        self._terms = [term for term in terms if not term.everyday]
        words = {_plain(term.prefer).casefold(): term for term in self._terms}
        short = {
            abbreviation: term
            for term in self._terms
            for abbreviation in term.abbreviations
            if len(abbreviation) >= _MIN_ABBREVIATION and abbreviation.isupper()
        }
        self._by_form = {**words, **short}
        forms = [*_longest_first(words), *_longest_first(short)]
        self._pattern = re.compile(_by_first_letter(map(str.casefold, forms)))

    def find(self, text: str) -> Iterator[tuple[int, int, Term]]:
        """Yield (start, end, term) of each occurrence of a form."""
        folded, start = _casefold_in_place(text), 0
        while match := self._pattern.search(folded, start):
            start, end = match.span()
            term = self._by_form.get(text[start:end]) or self._by_form.get(match[0])
            if term:
                yield start, end, term
            start = end if term else start + 1  # no term: a short form not in capitals

    def find_new(self, text: str, found: dict[str, Term]) -> Iterator[tuple[int, int, Term]]:
        """Yield the first occurrence of each term that is not `found` yet, and add it there."""
        if len(found) == MAX_TERMS:
            return
        for start, end, term in self.find(text):
            if term.id not in found:
                found[term.id] = term
                yield start, end, term
                if len(found) == MAX_TERMS:
                    return

    def mark(self, text: str, found: dict[str, Term]) -> str:
        """Return text, in which nothing is to be escaped, as HTML with links from new terms."""
        parts, done = list[str](), 0
        for start, end, term in self.find_new(text, found):
            parts += (text[done:start], self._openings[term], text[start:end], "</a>")
            done = end
        return "".join((*parts, text[done:]))

    def mark_tree(self, element: Element, found: dict[str, Term]) -> None:
        """Make links of the new terms in an element's running text."""
        if element.tag in _NOT_IN:
            return
        children = list(element)
        element.text, links = self._split(element.text, found)
        element[:0] = links
        for child in children:
            self.mark_tree(child, found)
            child.tail, links = self._split(child.tail, found)
            if links:
                place = list(element).index(child) + 1
                element[place:place] = links

    def _split(self, text: str | None, found: dict[str, Term]) -> tuple[str | None, list[Element]]:
        """Return the text before the first new term, and links that carry what follows them."""
        if not text:
            return text, []
        before, links, done = text, list[Element](), 0
        for start, end, term in self.find_new(text, found):
            if links:
                links[-1].tail = text[done:start]
            else:
                before = text[:start]
            links.append(_link(text[start:end], term))
            done = end
        if links:
            links[-1].tail = text[done:]
        return before, links

    def explanations(self, terms: Iterable[Term]) -> str:
        """Return the section that explains these terms, as HTML; "" if there are none."""
        groups = "".join(self._groups[term] for term in terms)
        return to_html(_explanations([])).replace("</dl>", f"{groups}</dl>") if groups else ""

    @cached_property
    def _openings(self) -> dict[Term, str]:
        return {term: to_html(_link("", term)).removesuffix("</a>") for term in self._terms}

    @cached_property
    def _groups(self) -> dict[Term, str]:
        return {term: to_html(_group(term)) for term in self._terms}


def _plain(prefer: str) -> str:
    """Return the wording without its explanation in brackets ("NFC (chạm thẻ)" gives "NFC")."""
    return prefer.partition(" (")[0]


def _casefold_in_place(text: str) -> str:
    """Return the text in lower case, each letter in its old place: those that grow stay."""
    folded = text.casefold()
    if len(folded) == len(text):
        return folded
    return "".join(low if len(low := each.casefold()) == 1 else each for each in text)


def _longest_first(forms: Iterable[str]) -> list[str]:
    return sorted(forms, key=len, reverse=True)


def _by_first_letter(forms: Iterable[str]) -> str:
    """Return a pattern for the forms, as whole words.

    The first letter stands apart, even before the look behind it, since only to a branch that
    begins with a letter does the search jump: three times faster.
    """
    rests = dict[str, list[str]]()
    for form in forms:
        rests.setdefault(form[0], []).append(re.escape(form[1:]))
    branches = (rf"{re.escape(first)}(?<!\w.)(?:{'|'.join(rests[first])})(?!\w)" for first in rests)
    return "|".join(branches) or "(?!)"


class TermProcessor(Treeprocessor):
    """Links the first occurrence of each term of a page and appends their explanations."""

    def __init__(self, md: Markdown, index: TermIndex) -> None:
        super().__init__(md)
        self.index = index

    def run(self, root: Element) -> None:
        """Mark the terms in `root`."""
        found = dict[str, Term]()
        self.index.mark_tree(root, found)
        if found:
            root.append(_explanations(list(found.values())))


def _link(form: str, term: Term) -> Element:
    link = Element("a", {"class": "term", "href": f"#tu-{term.id}"})
    link.text = form
    return link


def _explanations(terms: list[Term]) -> Element:
    section = Element("section", {"class": "terms", "aria-labelledby": "tu-kho"})
    SubElement(section, "h2", {"id": "tu-kho"}).text = "Từ khó trong bài"
    SubElement(section, "dl").extend(map(_group, terms))
    return section


def _group(term: Term) -> Element:
    group = Element("div", {"id": f"tu-{term.id}"})
    SubElement(group, "dt").text = term.prefer
    SubElement(group, "dd").text = term.definition
    return group


class TermExtension(Extension):
    """Adds `TermProcessor` to a Markdown instance."""

    def __init__(self, terms: Sequence[Term] = ()) -> None:
        super().__init__()
        self.index = TermIndex(terms)

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the name is Markdown's
        """Register the processor after MkDocs' own."""
        md.treeprocessors.register(TermProcessor(md, self.index), "portal-terms", AFTER_LINK_CHECKS)


def makeExtension(terms: Sequence[Term] = ()) -> TermExtension:  # noqa: N802 - the name is Markdown's
    """Return the extension for these terms; Markdown calls this for `portal.terms`."""
    return TermExtension(terms)
