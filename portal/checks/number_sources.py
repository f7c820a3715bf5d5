"""Checks that every number of a page has a source: a cited fact with the same value.

Values are compared, not meanings, so these are not checked; the editors' report lists them:

- whether fact and page speak of the same thing: only that the number occurs; - numbers in words
("ba cách") and bare numbers without a unit ("bước 3", "120 hộ"); - dates, percentages and sizes of
a page with a source of its own: only the sentence in `says` is compared; telephone numbers, money,
laws and limits need it or a fact; - numbers in the quotations of a story, which are not the site's
words; - numbers of a page without any source, such as the home page.

Statistics (`{{ so_lieu.… }}`) have their own date and source and are checked elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache
from itertools import chain

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
from portal.library.library import Library, Page
from portal.library.page_kinds import SHOWN_TEXTS
from portal.library.provenance import cited_facts
from portal.library.rehearsals import FOLDER, screen_texts, texts_of
from portal.source.problems import Problem, Severity

_FACTS = "data/facts.yml"

# A source is named in the same paragraph, within so many characters.
_NEARBY = 160
_HEDGE = re.compile(r"(?<!\w)(?:theo|cùng nguồn|thông báo tháng)(?!\w)", re.IGNORECASE)
_LIMIT_UNITS = ("ngày", "giờ", "phút", "giây", "tháng", "năm", "tuổi", "lần", "ký tự", "số")

_WHOLE_NUMBER = 8  # digits of a telephone number, as "1900 0368"
_MORE_DIGITS = re.compile(r"[ .–-]?\d")
_DEADLINES = ("ngày", "giờ", "tháng", "năm")

ClaimValue = tuple[ClaimKind, str]


class Verdict(StrEnum):
    """The result of checking a number."""

    COVERED = "có dữ kiện"
    UNNAMED = "một nguồn, bài chưa ghi theo ai"
    UNPROVEN = "chỉ có dữ kiện chưa kiểm chứng"
    UNCOVERED = "không có dữ kiện"
    UNJUDGED = "máy không xét được"


@dataclass(frozen=True)
class JudgedNumber:
    """A number of a page with its verdict; `kind` is None for a number without a unit."""

    text: str
    line: int
    verdict: Verdict
    kind: ClaimKind | None = None


@reads(_FACTS)
def check_number_sources(page: Page, library: Library) -> Iterator[Problem]:
    """Yield the problems of a page's numbers, by the print rule of data/facts.yml.

    A number in no cited fact, or only in an unverified one, is an error. A number with a single
    source that is not named nearby is advice. Dates and sizes need a fact, but no named source.
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
    """Yield an error for each number in a lesson plan's answer that is not in its facts."""
    for question in (each for path in library.learning_paths for each in path.questions):
        for claim in _without_facts(
            f"{question.right}. {question.why}", question.facts, library.facts
        ):
            yield _unproven(claim, "câu hỏi", "data/learning-paths.yml", question.line)


@reads(_FACTS, FOLDER)
def check_taught_numbers(library: Library) -> Iterator[Problem]:
    """Yield an error for each number that a rehearsal teaches and its facts do not have.

    On its screens sums are made up; a whole telephone number may be somebody's.
    """
    for rehearsal in library.rehearsals:
        for text, line in texts_of(rehearsal):
            for claim in _without_facts(text, rehearsal.facts, library.facts):
                yield _unproven(claim, "bài tập", rehearsal.path, line)
        for text, line in chain.from_iterable(map(screen_texts, rehearsal.screens)):
            for claim in _without_facts(text, rehearsal.facts, library.facts):
                is_whole = len(claim.values[0]) >= _WHOLE_NUMBER
                goes_on = _MORE_DIGITS.match(text, claim.offset + len(claim.text))
                if claim.kind is ClaimKind.PHONE and is_whole and not goes_on:
                    fix = f"che bớt, ví dụ {claim.text[:4]}●●●●, hoặc thêm dữ kiện vào facts"
                    yield replace(_unproven(claim, "bài tập", rehearsal.path, line), fix=fix)


def _without_facts(text: str, ids: tuple[str, ...], facts: FactBase) -> Iterator[Claim]:
    """Yield the numbers of a text that are in none of these facts."""
    dates = (source.date for source in facts.sources_of(ids))
    known = {(ClaimKind.DATE, value) for date in dates for value in iso_values(date)}
    known = known.union(*(_values_of(facts.facts[id]) for id in ids if id in facts.facts))
    yield from (claim for claim in read_claims(text) if not _says(claim, known))


def _unproven(claim: Claim, owner: str, path: str, line: int) -> Problem:
    message = f"{claim.kind} '{claim.text}' không có trong dữ kiện của {owner}"
    fix = "thêm dữ kiện nói số ấy vào facts, hoặc bỏ con số"
    return Problem(path, line, message, fix)


def _fix(finding: JudgedNumber, facts: FactBase) -> str:
    """Return the fact to cite, or an instruction when there is none."""
    claims = list(read_claims(finding.text))  # none where the text around made it one
    near = [fact.id for fact in facts.facts.values() if claims and _states(fact, claims[0])]
    if near:
        return f"thêm vào sources: {', '.join(near[:3])} nếu dữ kiện ấy nói đúng việc này"
    return "bỏ con số, hoặc thêm dữ kiện có nguồn vào data/facts.yml rồi nêu mã ở sources"


def judge_numbers(page: Page, facts: FactBase) -> Iterator[JudgedNumber]:
    """Yield every number of a page with its verdict: claims first, then numbers without a unit."""
    yield from _judge_claims(page, facts)
    for text, line in _texts(page):
        for offset, digits in bare_numbers(text):
            yield JudgedNumber(digits, line or page.contents.line_at(offset), Verdict.UNJUDGED)


def _judge_claims(page: Page, facts: FactBase) -> Iterator[JudgedNumber]:
    known = [(fact.confidence, _values_of(fact)) for fact in cited_facts(page, facts)]
    known += [("high", _said_by(row)) for row in _own_sources(page) if row.get("says")]
    source_dates = _source_dates(page, facts)
    names_facts_alone = bool(page.meta.get("sources")) and not _own_sources(page)
    for text, line in _texts(page):
        for claim in read_claims(text):
            found = {confidence for confidence, values in known if _says(claim, values)}
            if page.kind.tells_of_people and not line and page.contents.is_quoted(claim.offset):
                verdict = Verdict.UNJUDGED
            elif found:
                verdict = _by_print_rule(claim, found, text)
            elif _says(claim, source_dates):
                verdict = Verdict.COVERED
            else:
                is_judged = names_facts_alone or (_own_sources(page) and _is_strict(claim))
                verdict = Verdict.UNCOVERED if is_judged else Verdict.UNJUDGED
            at = line or page.contents.line_at(claim.offset)
            yield JudgedNumber(claim.text, at, verdict, claim.kind)


def _is_strict(claim: Claim) -> bool:
    """Return whether a wrong number does harm: telephone numbers, money, laws, deadlines."""
    is_limit = claim.kind is ClaimKind.AMOUNT and claim.text.endswith(_DEADLINES)
    return is_limit or claim.kind in (ClaimKind.PHONE, ClaimKind.MONEY, ClaimKind.LAW)


def _said_by(source: dict[str, object]) -> frozenset[ClaimValue]:
    """Return the values in `says` of the page's own sources."""
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
    """Yield (text, line) of each visible text of a page; line 0 is the body."""
    for name in SHOWN_TEXTS:
        text = page.meta.get(name)
        if isinstance(text, str):
            yield text, page.line_of(name)
    yield page.contents.said, 0


def _source_dates(page: Page, facts: FactBase) -> set[ClaimValue]:
    """Return the dates of a page's sources, which its text may name ("báo A, tháng 2/2026")."""
    cited = cited_facts(page, facts)
    dates = {source.date for source in facts.sources_of(fact.id for fact in cited)}
    dates |= {str(row.get("date") or "") for row in _own_sources(page)}
    return {(ClaimKind.DATE, value) for date in dates for value in iso_values(date)}


def _has_usable_sources(page: Page, facts: FactBase) -> bool:
    """Return whether the sources are valid; invalid ones are reported elsewhere."""
    entries = page.meta.get("sources")
    if not isinstance(entries, list) or not entries:
        return False
    ids = [row for row in entries if not isinstance(row, dict)]
    return all(
        isinstance(id, str) and id in facts.facts and facts.facts[id].confidence != "low"
        for id in ids
    )


def _own_sources(page: Page) -> list[dict[str, object]]:
    entries = page.meta.get("sources")
    return [row for row in entries if isinstance(row, dict)] if isinstance(entries, list) else []


@lru_cache(maxsize=4096)  # several pages cite the same fact
def _values_of(fact: Fact) -> frozenset[ClaimValue]:
    """Return the values in a fact, with less precise forms of its dates."""
    pairs = {(claim.kind, value) for claim in read_claims(fact.statement) for value in claim.values}
    dates = {each for kind, date in pairs if kind is ClaimKind.DATE for each in coarser_dates(date)}
    dates |= iso_values(fact.as_of)
    return frozenset(pairs | {(ClaimKind.DATE, date) for date in dates})


def _states(fact: Fact, claim: Claim) -> bool:
    return _says(claim, _values_of(fact))


def _says(claim: Claim, values: Set[ClaimValue]) -> bool:
    return all((claim.kind, value) in values for value in claim.values)
