"""The facts that guides rest on and the sources of those facts, from data/facts.yml."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from portal.language.web_address import is_web_address
from portal.source.datafiles import DataFile, read_datafile
from portal.source.problems import Problem

_DATE = re.compile(r"\d{4}(?:-\d\d){0,2}", re.ASCII)
CONFIDENCES = ("high", "medium", "low", "memory", "advice")


@dataclass(frozen=True)
class Source:
    """Where something was read; `date` as far as known ("2024", "2024-07", "2024-07-01", "")."""

    id: str
    name: str
    kind: str
    date: str
    url: str


@dataclass(frozen=True)
class Fact:
    """A statement, how sure it is, as of when, and the ids of its sources.

    `old` are words for what the fact has replaced, `now` those of which one must accompany them.
    """

    id: str
    statement: str
    confidence: str
    as_of: str
    sources: tuple[str, ...]
    old: tuple[str, ...] = ()
    now: tuple[str, ...] = ()


@dataclass(frozen=True)
class FactBase:
    """All facts and sources by id."""

    facts: Mapping[str, Fact] = field(default_factory=dict)
    sources: Mapping[str, Source] = field(default_factory=dict)

    @cached_property
    def replacing(self) -> tuple[Fact, ...]:
        """Return the facts that have replaced something."""
        return tuple(fact for fact in self.facts.values() if fact.old)

    def sources_of(self, ids: Iterable[str]) -> tuple[Source, ...]:
        """Return the sources behind some facts, each once, in the order of the facts."""
        wanted = (source for id in ids if id in self.facts for source in self.facts[id].sources)
        return tuple(self.sources[id] for id in dict.fromkeys(wanted) if id in self.sources)


def load_facts(file: Path) -> tuple[FactBase, list[Problem]]:
    """Return the facts and sources, and what is missing or refers to nothing."""
    data, problems = read_datafile(file, "facts")
    sources, found = _read_sources(data)
    problems += found
    facts = dict[str, Fact]()
    for line, row in data.rows("facts"):
        fact = _read_fact(row)
        problems += [data.problem(line, *finding) for finding in _check_fact(fact, facts, sources)]
        facts[fact.id] = fact
    return FactBase(facts, sources), problems


def _read_sources(data: DataFile) -> tuple[dict[str, Source], list[Problem]]:
    """Return the sources, those with an address that is none without it, and what is wrong."""
    rows = data.values.get("sources")
    sources, problems = dict[str, Source](), list[Problem]()
    for id, row in rows.items() if isinstance(rows, dict) else ():
        values = row if isinstance(row, dict) else {}
        texts = {name: str(values.get(name) or "") for name in ("name", "kind", "date", "url")}
        found = _check_source(id, texts, data.lines)
        problems += [data.problem(*each) for each in found]
        url = texts["url"] if is_web_address(texts["url"]) else ""
        sources[id] = Source(id, **texts | {"url": url})
    return sources, problems


def _check_source(
    id: str, texts: Mapping[str, str], lines: Mapping[str, int]
) -> Iterator[tuple[int, str, str]]:
    """Yield the line of what is wrong, the message and the remedy."""
    line = lines.get(f"sources.{id}", 1)
    if texts["url"] and not is_web_address(texts["url"]):
        message = f"nguồn {id} ghi địa chỉ '{texts['url']}', không phải https://"
        yield lines.get(f"sources.{id}.url", line), message, 'url: "https://…"'
    if texts["date"] and not is_date(texts["date"]):
        message = f"nguồn {id} ghi ngày '{texts['date']}', không phải ngày có thật"
        fix = 'date: "2024-09-08", hoặc "2024-09", "2024"; chưa rõ thì null'
        yield lines.get(f"sources.{id}.date", line), message, fix


def is_date(text: str) -> bool:
    """Return whether this is a day, a month or a year that exists."""
    if not _DATE.fullmatch(text):
        return False
    try:
        datetime.date.fromisoformat(f"{text}-01-01"[:10])
    except ValueError:
        return False
    return True


def _read_fact(row: Mapping[str, object]) -> Fact:
    return Fact(
        id=str(row.get("id", "")),
        statement=str(row.get("statement", "")),
        confidence=str(row.get("confidence", "")),
        as_of=str(row.get("as_of") or ""),
        sources=_words(row.get("sources")),
        old=_words(row.get("old")),
        now=_words(row.get("now")),
    )


def _words(value: object) -> tuple[str, ...]:
    return tuple(map(str, value)) if isinstance(value, list) else ()


def _check_fact(
    fact: Fact, known: Mapping[str, Fact], sources: Mapping[str, Source]
) -> list[tuple[str, str]]:
    found = list[tuple[str, str]]()
    if not fact.id or not fact.statement:
        found.append(("dữ kiện thiếu id hoặc statement", "thêm id: F1.01 và statement: …"))
    if fact.id in known:
        found.append((f"dữ kiện {fact.id} có hai lần", "đổi mã của dữ kiện thứ hai"))
    if fact.confidence not in CONFIDENCES:
        message = f"dữ kiện {fact.id} có độ chắc lạ '{fact.confidence}'"
        found.append((message, f"chọn một: {', '.join(CONFIDENCES)}"))
    for id in fact.sources:
        if id not in sources:
            found.append(
                (f"dữ kiện {fact.id} nêu nguồn {id} không có", "thêm nguồn vào mục sources")
            )
    return found
