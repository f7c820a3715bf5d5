"""Technical terms linked at their first occurrence on a page to an explanation at its foot.

This works without JavaScript and on paper; `theme/assets/js/terms.js` shows the explanation beside
the word instead.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from html import escape

from portal.library.glossary import Term

MAX_TERMS = 6  # more would make a short page look like a dictionary
_MIN_ABBREVIATION = 3  # "CK", "TK" and "CC" are ambiguous


class TermIndex:
    """Finds terms in text and renders their links and explanations."""

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
        """Yield (start, end, term) of each occurrence of a term in any form."""
        folded, start = _casefold_in_place(text), 0
        while match := self._pattern.search(folded, start):
            start, end = match.span()
            term = self._by_form.get(text[start:end]) or self._by_form.get(match[0])
            if term:
                yield start, end, term
            start = end if term else start + 1  # None for an abbreviation in lower case

    def find_new(self, text: str, found: dict[str, Term]) -> Iterator[tuple[int, int, Term]]:
        """Yield the first occurrence of each term not yet in `found`, and add the term to it."""
        if len(found) == MAX_TERMS:
            return
        for start, end, term in self.find(text):
            if term.id not in found:
                found[term.id] = term
                yield start, end, term
                if len(found) == MAX_TERMS:
                    return

    def mark(self, text: str, found: dict[str, Term]) -> str:
        """Return escaped text as HTML with links for new terms."""
        parts, done = list[str](), 0
        for start, end, term in self.find_new(text, found):
            link = f'<a class="term" href="#tu-{escape(term.id)}">{text[start:end]}</a>'
            parts += (text[done:start], link)
            done = end
        return "".join((*parts, text[done:]))

    def explanations(self, terms: Iterable[Term]) -> str:
        """Return the HTML section that explains these terms, "" for none."""
        groups = "".join(map(_group, terms))
        return f"{_OPENING}<dl>{groups}</dl></section>" if groups else ""


_OPENING = '<section aria-labelledby="tu-kho" class="terms"><h2 id="tu-kho">Từ khó trong bài</h2>'


def _group(term: Term) -> str:
    texts = f"<dt>{_text(term.prefer)}</dt><dd>{_text(term.definition)}</dd>"
    return f'<div id="tu-{escape(term.id)}">{texts}</div>'


def _text(text: str) -> str:
    return escape(text, quote=False)


def _plain(prefer: str) -> str:
    """Return a term without its explanation in brackets ("NFC (chạm thẻ)" gives "NFC")."""
    return prefer.partition(" (")[0]


def _casefold_in_place(text: str) -> str:
    """Return the text in lower case without changing its length: letters that would expand stay."""
    folded = text.casefold()
    if len(folded) == len(text):
        return folded
    return "".join(low if len(low := each.casefold()) == 1 else each for each in text)


def _longest_first(forms: Iterable[str]) -> list[str]:
    return sorted(forms, key=len, reverse=True)


def _by_first_letter(forms: Iterable[str]) -> str:
    """Return a pattern for the forms, as whole words.

    Branches begin with a literal letter, before the look-behind, so that the regular expression
    engine can skip to it: three times faster.
    """
    rests = dict[str, list[str]]()
    for form in forms:
        rests.setdefault(form[0], []).append(re.escape(form[1:]))
    branches = (rf"{re.escape(first)}(?<!\w.)(?:{'|'.join(rests[first])})(?!\w)" for first in rests)
    return "|".join(branches) or "(?!)"
