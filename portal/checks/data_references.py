"""Data files name guides and facts: each must exist, and a fact must be one that may be printed."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator

from portal.language.likeness import nearest
from portal.library.library import Library
from portal.source.problems import Problem, Severity

_PATHS, _PLACES, _TEAMS = "data/learning-paths.yml", "data/places.csv", "data/teams.csv"
_TOPICS = "data/topics.yml"


def check_data_references(library: Library) -> Iterator[Problem]:
    """Yield an error for each guide, story or fact that a data file names and that cannot serve."""
    for path in library.learning_paths:
        for each in path.guides:
            yield from _check_page(library, _PATHS, each.line, each.guide)
        for question in path.questions:
            yield from _check_facts(library, _PATHS, question.line, question.facts)
    for place in library.places:
        yield from _check_facts(library, _PLACES, place.line, [place.fact])
    for team in library.teams:
        yield from _check_facts(library, _TEAMS, team.line, [team.fact])
        for uri in filter(None, (team.story, *team.guides)):
            yield from _check_page(library, _TEAMS, team.line, uri)


def check_wishes(library: Library) -> Iterator[Problem]:
    """Yield advice when a topic page's wishes and the topic's guides do not match."""
    for topic in library.topics:
        guides = {posixpath.basename(page.uri)[:-3] for page in library.guides_of(topic)}
        wished = dict(topic.wishes)
        for slug in wished:
            if slug not in guides and f"guides/{topic.id}/{slug}.md" not in library.unreadable:
                message = f"chủ đề '{topic.id}' có lời mời cho bài '{slug}' không còn"
                fix = f"xóa dòng {slug}, hoặc đổi thành tên tệp mới"
                yield Problem(_TOPICS, topic.line, message, fix, Severity.ADVICE)
        for slug in sorted(guides - set(wished)) if wished else ():
            message = f"chủ đề '{topic.id}' chưa có lời mời cho bài '{slug}'"
            fix = f'thêm vào wishes:  {slug}: "…"'
            yield Problem(_TOPICS, topic.line, message, fix, Severity.ADVICE)


def _check_page(library: Library, path: str, line: int, uri: str) -> Iterator[Problem]:
    if uri in library.by_uri or uri in library.unreadable:
        return
    uris = [page.uri for page in (*library.guides, *library.stories)]
    same_name = [each for each in uris if posixpath.basename(each) == posixpath.basename(uri)]
    near = same_name or nearest(uri, uris)
    fix = near[0] if near else "bỏ dòng này, hoặc ghi đường dẫn của tệp .md trong docs/"
    yield Problem(path, line, f"bài '{uri}' không có trong docs/", fix)


def _check_facts(library: Library, path: str, line: int, ids: Iterable[str]) -> Iterator[Problem]:
    if library.is_damaged("data/facts.yml"):
        return
    for id in ids:
        fact = library.facts.facts.get(id)
        if fact is None:
            near = nearest(id, sorted(library.facts.facts))
            fix = near[0] if near else "thêm dữ kiện ấy vào data/facts.yml"
            yield Problem(path, line, f"không có dữ kiện {id}", fix)
        elif fact.confidence == "low":
            message = f"dữ kiện {id} có độ chắc 'low', không dùng làm chỗ dựa được"
            yield Problem(path, line, message, "chọn dữ kiện khác, hoặc bỏ câu này")
