"""Every number that can be wrong has a source: the facts a page cites must say the same number.

A machine compares values, so it cannot judge these, and the editors' report lists them:

- whether the fact says of the same thing what the page says of it: only that the number occurs;
- numbers in words ("ba cách") and bare numbers without a unit ("bước 3", "120 hộ");
- dates, shares and sizes of a page that cites a source of its own: only the sentence of the source
  is read, where `says` gives it; telephones, money, laws and limits need it or a fact;
- numbers in the quotations of a story: they are whoever is quoted's, and stay as printed;
- numbers of a page that names no source at all, such as the home page.

Statistics (`{{ so_lieu.… }}`) bring their date and source with them and are checked elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from portal.checks.inputs import reads
from portal.language.claims import (
    Claim,
    ClaimKind,
    bare_numbers,
    coarser_dates,
    iso_values,
    read_claims,
)
from portal.library.facts import Fact, FactBase
from portal.library.library import Library, Page, PageKind
from portal.library.provenance import cited_facts
from portal.source.problems import Problem, Severity
from portal.source.schema import SHOWN_TEXTS

_FACTS = "data/facts.yml"

# A source is named in the same paragraph, hardly further away than this many characters.
_NEARBY = 160
_HEDGE = re.compile(r"(?<!\w)(?:theo|cùng nguồn|thông báo tháng)(?!\w)", re.IGNORECASE)
_LIMIT_UNITS = ("ngày", "giờ", "phút", "giây", "tháng", "năm", "tuổi", "lần", "ký tự", "số")

_DEADLINES = ("ngày", "giờ", "tháng", "năm")

Value = tuple[ClaimKind, str]


class Verdict(StrEnum):
    """What is known of a number's source."""

    COVERED = "có dữ kiện"
    UNNAMED = "một nguồn, bài chưa ghi theo ai"
    UNPROVEN = "chỉ có dữ kiện chưa kiểm chứng"
    UNCOVERED = "không có dữ kiện"
    UNJUDGED = "máy không xét được"


@dataclass(frozen=True)
class Finding:
    """A number of a page with its verdict; `kind` is None for a bare number."""

    text: str
    line: int
    verdict: Verdict
    kind: ClaimKind | None = None


@reads(_FACTS)
def check_number_sources(page: Page, library: Library) -> Iterator[Problem]:
    """Yield what is wrong with the numbers of a page, by the print rule of data/facts.yml.

    A number that no cited fact says, or only one from memory, is an error. One of a single source
    that is not named nearby is advised on. Dates and sizes of things need a fact, not a name.
    """
    if not _has_usable_sources(page, library.facts):
        return
    for finding in _judge_claims(page, library.facts):
        name = f"{finding.kind} '{finding.text}'"
        if finding.verdict is Verdict.UNCOVERED:
            message = f"{name} không có trong dữ kiện nào mà bài nêu"
            yield Problem(page.path, finding.line, message, _fix(finding, library.facts))
        elif finding.verdict is Verdict.UNPROVEN:
            message = f"{name} chỉ dựa vào dữ kiện chưa kiểm chứng, không được in"
            fix = "bỏ con số, viết: hỏi ai, hỏi câu gì"
            yield Problem(page.path, finding.line, message, fix)
        elif finding.verdict is Verdict.UNNAMED:
            message = f"{name} chỉ có một nguồn, bài chưa ghi theo ai, tháng nào"
            fix = "thêm (theo …, tháng …/…) vào cùng câu"
            yield Problem(page.path, finding.line, message, fix, Severity.ADVICE)


@reads(_FACTS, "data/learning-paths.yml")
def check_answers(library: Library) -> Iterator[Problem]:
    """Yield an error for each number in an evening's answer that its facts do not say."""
    facts = library.facts.facts
    for question in (each for path in library.learning_paths for each in path.questions):
        cited = [facts[id] for id in question.facts if id in facts]
        dates = (source.date for source in library.facts.sources_of(question.facts))
        known = {(ClaimKind.DATE, value) for date in dates for value in iso_values(date)}
        known = known.union(*map(_values_of, cited))
        for claim in read_claims(f"{question.right}. {question.why}"):
            if not _says(claim, known):
                message = f"{claim.kind} '{claim.text}' không có trong dữ kiện của câu hỏi"
                fix = "thêm dữ kiện nói số ấy vào facts, hoặc bỏ con số"
                yield Problem("data/learning-paths.yml", question.line, message, fix)


def _fix(finding: Finding, facts: FactBase) -> str:
    """Return which fact to cite, or what to do when there is none."""
    claim = next(read_claims(finding.text))
    near = [fact.id for fact in facts.facts.values() if _says(claim, _values_of(fact))]
    if near:
        return f"thêm vào sources: {', '.join(near[:3])} nếu dữ kiện ấy nói đúng việc này"
    return "bỏ con số, hoặc thêm dữ kiện có nguồn vào data/facts.yml rồi nêu mã ở sources"


def judge_numbers(page: Page, facts: FactBase) -> Iterator[Finding]:
    """Yield every number of a page's text with its verdict: claims first, then bare numbers."""
    yield from _judge_claims(page, facts)
    for text, line in _texts(page):
        for offset, digits in bare_numbers(text):
            yield Finding(digits, line or page.contents.line_at(offset), Verdict.UNJUDGED)


def _judge_claims(page: Page, facts: FactBase) -> Iterator[Finding]:
    known = [(fact.confidence, _values_of(fact)) for fact in cited_facts(page, facts)]
    known += [("high", _said_by(row)) for row in _own_sources(page) if row.get("says")]
    is_story = page.kind is PageKind.STORY
    names_facts_alone = bool(page.meta.get("sources")) and not _own_sources(page)
    for text, line in _texts(page):
        for claim in read_claims(text):
            found = {confidence for confidence, values in known if _says(claim, values)}
            if is_story and not line and page.contents.is_quoted(claim.offset):
                verdict = Verdict.UNJUDGED
            elif found:
                verdict = _by_print_rule(claim, found, text)
            elif _says(claim, _source_dates(page, facts)):
                verdict = Verdict.COVERED
            else:
                is_judged = names_facts_alone or (_own_sources(page) and _is_strict(claim))
                verdict = Verdict.UNCOVERED if is_judged else Verdict.UNJUDGED
            at = line or page.contents.line_at(claim.offset)
            yield Finding(claim.text, at, verdict, claim.kind)


def _is_strict(claim: Claim) -> bool:
    """Return whether harm is done by a number that is wrong: to call, to pay, by law, in time."""
    is_limit = claim.kind is ClaimKind.AMOUNT and claim.text.endswith(_DEADLINES)
    return is_limit or claim.kind in (ClaimKind.PHONE, ClaimKind.MONEY, ClaimKind.LAW)


def _said_by(source: dict[str, object]) -> frozenset[Value]:
    """Return the values in the sentence of a source of the page's own."""
    claims = read_claims(str(source["says"]))
    return frozenset((claim.kind, value) for claim in claims for value in claim.values)


def _by_print_rule(claim: Claim, confidences: Set[str], text: str) -> Verdict:
    is_limit = claim.kind is ClaimKind.AMOUNT and claim.text.endswith(_LIMIT_UNITS)
    is_ruled = is_limit or claim.kind not in (ClaimKind.AMOUNT, ClaimKind.DATE)
    if "high" in confidences or not is_ruled:
        return Verdict.COVERED
    if "medium" not in confidences:
        return Verdict.UNPROVEN
    around = text[max(0, claim.offset - _NEARBY) : claim.offset + _NEARBY]
    return Verdict.COVERED if _HEDGE.search(around) else Verdict.UNNAMED


def _texts(page: Page) -> Iterator[tuple[str, int]]:
    """Yield each text of a page that readers see with its line, 0 for the body of many lines."""
    for name in SHOWN_TEXTS:
        text = page.meta.get(name)
        if isinstance(text, str):
            yield text, page.line_of(name)
    yield page.contents.said, 0


def _source_dates(page: Page, facts: FactBase) -> set[Value]:
    """Return the dates of a page's sources: "(theo báo Tiền Phong, tháng 2/2026)" says one."""
    cited = cited_facts(page, facts)
    dates = {source.date for source in facts.sources_of(fact.id for fact in cited)}
    dates |= {str(row.get("date") or "") for row in _own_sources(page)}
    return {(ClaimKind.DATE, value) for date in dates for value in iso_values(date)}


def _has_usable_sources(page: Page, facts: FactBase) -> bool:
    """Return whether the sources can be judged by; a page with others is reported for them."""
    entries = page.meta.get("sources")
    if not isinstance(entries, list) or not entries:
        return False
    ids = [row for row in entries if not isinstance(row, dict)]
    return all(id in facts.facts and facts.facts[id].confidence != "low" for id in ids)


def _own_sources(page: Page) -> list[dict[str, object]]:
    entries = page.meta.get("sources")
    return [row for row in entries if isinstance(row, dict)] if isinstance(entries, list) else []


@lru_cache(maxsize=4096)  # a fact is cited by several pages, and read anew for each otherwise
def _values_of(fact: Fact) -> frozenset[Value]:
    """Return the values that a fact says, with those that follow from a date."""
    pairs = {(claim.kind, value) for claim in read_claims(fact.statement) for value in claim.values}
    dates = {each for kind, date in pairs if kind is ClaimKind.DATE for each in coarser_dates(date)}
    dates |= iso_values(fact.as_of)
    return frozenset(pairs | {(ClaimKind.DATE, date) for date in dates})


def _says(claim: Claim, values: Set[Value]) -> bool:
    return all((claim.kind, value) in values for value in claim.values)
