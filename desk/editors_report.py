"""The editors' report: reading level and age of every page, confidence of sources, numbers.

One HTML page without scripts, for editors only: it is written to .cache/ and never published.
"""

from __future__ import annotations

import datetime
import html
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import mean

from portal.checks.number_sources import JudgedNumber, Verdict, judge_numbers
from portal.checks.review import review_due
from portal.language.text import format_day, syllable_count
from portal.library.facts import CONFIDENCES
from portal.library.library import Library, Page
from portal.library.page_kinds import GUIDE
from portal.library.provenance import cited_facts
from portal.library.readings import Reading, code_of

GUIDE_SYLLABLES = (150, 400)  # style.vi.md §2, tables left out
_CONFIDENCE_NAMES = {
    "high": "chắc: văn bản hoặc hai nguồn",
    "medium": "vừa: một nguồn, in kèm tháng và nguồn",
    "low": "yếu: không in",
    "memory": "nhớ: không in số, điều luật",
    "advice": "lời khuyên của ban biên tập",
}
_STYLE = """
body { max-width: 70rem; margin: 2rem auto; padding: 0 1rem; font: 1rem/1.5 system-ui, sans-serif; }
table { border-collapse: collapse; margin-bottom: 2rem; }
th, td { padding: .3rem .7rem; border: 1px solid #aaa; text-align: left; vertical-align: top; }
td.number { text-align: right; }
.late { background: #fff5d9; color: #5c3d00; }
"""


@dataclass(frozen=True)
class Level:
    """The reading level of a page: syllables in total, in the mean and the longest sentence."""

    syllables: int
    average: float
    longest: int

    @property
    def name(self) -> str:
        """Return the level's Vietnamese name, by the limits of style.vi.md §2."""
        if self.average <= 12 and self.longest <= 20:
            return "dễ"
        return "vừa" if self.longest <= 25 else "khó"


@dataclass(frozen=True)
class PageRow:
    """A page in the report; `age` is in days since its review, None when it has none."""

    page: Page
    level: Level
    reviewed: datetime.date | None
    due: datetime.date | None
    age: int | None
    confidences: Counter[str]

    @property
    def weakest(self) -> str:
        """Return the lowest confidence of the facts that the page cites, "" without any."""
        return next((name for name in reversed(CONFIDENCES[:4]) if self.confidences[name]), "")


def read_level(page: Page) -> Level:
    """Return the reading level of the page's own sentences."""
    counts = [syllable_count(sentence.text) for sentence in page.contents.sentences] or [0]
    return Level(sum(counts), mean(counts), max(counts))


def page_rows(library: Library) -> list[PageRow]:
    """Return guides and stories, sorted by review date."""
    rows = [_row(page, library) for page in (*library.guides, *library.stories)]
    return sorted(rows, key=lambda row: (row.due or datetime.date.max, row.page.uri))


def _row(page: Page, library: Library) -> PageRow:
    reviewed = page.meta.get("reviewed")
    day = reviewed if type(reviewed) is datetime.date else None
    return PageRow(
        page=page,
        level=read_level(page),
        reviewed=day,
        due=review_due(page),
        age=(library.today - day).days if day else None,
        confidences=Counter(fact.confidence for fact in cited_facts(page, library.facts)),
    )


def render_report(library: Library, readings: Mapping[str, Reading] | None = None) -> str:
    """Return the report as one HTML page; `readings` is the result of `load_readings`."""
    rows = page_rows(library)
    body = "\n".join(
        (
            f"<p>Dựng ngày {format_day(library.today)}: {len(library.guides)} bài hướng dẫn, "
            f"{len(library.stories)} câu chuyện, {len(library.facts.facts)} dữ kiện.</p>",
            _section("Mức đọc và tuổi của bài", _page_table(rows, library.today)),
            _section("Dữ kiện theo độ chắc", _confidence_table(library)),
            _section("Bài dựa vào dữ kiện chưa chắc", _weak_table(rows)),
            _section("Con số trong bài", _number_tables(library)),
            _section("Đọc lại theo dữ kiện", _reading_table(library, readings or {})),
        )
    )
    return (
        '<!doctype html>\n<html lang="vi"><head><meta charset="utf-8">'
        f"<title>Báo cáo cho ban biên tập</title><style>{_STYLE}</style></head>\n"
        f"<body><h1>Báo cáo cho ban biên tập</h1>\n{body}\n</body></html>\n"
    )


def _page_table(rows: Iterable[PageRow], today: datetime.date) -> str:
    head = ("Bài", "Số tiếng", "Tiếng mỗi câu", "Câu dài nhất", "Mức", "Kiểm tra", "Tuổi", "Hạn")
    return _table(head, (_page_cells(row, today) for row in rows))


def _page_cells(row: PageRow, today: datetime.date) -> tuple[str, ...]:
    least, most = GUIDE_SYLLABLES
    count = row.level.syllables
    is_odd = row.page.kind is GUIDE and not least <= count <= most
    return (
        f"{row.page.title} ({row.page.path})",
        f"{count}" + (f" ⚠ ngoài {least}–{most}" if is_odd else ""),
        f"{row.level.average:.1f}".replace(".", ","),
        str(row.level.longest),
        row.level.name,
        format_day(row.reviewed) if row.reviewed else "không ghi",
        f"{row.age} ngày" if row.age is not None else "",
        (format_day(row.due) + (" ⚠ quá hạn" if row.due < today else "")) if row.due else "",
    )


def _confidence_table(library: Library) -> str:
    facts = library.facts.facts.values()
    cited = {fact for page in library.pages for fact in cited_facts(page, library.facts)}
    head = ("Độ chắc", "Số dữ kiện", "Được bài nêu", "Cũ nhất")
    rows = []
    for name in CONFIDENCES:
        group = [fact for fact in facts if fact.confidence == name]
        oldest = min((fact.as_of for fact in group if fact.as_of), default="")
        used = sum(fact in cited for fact in group)
        rows.append((_CONFIDENCE_NAMES[name], str(len(group)), str(used), oldest))
    return _table(head, rows)


def _weak_table(rows: Sequence[PageRow]) -> str:
    weak = (row for row in rows if row.weakest not in ("", "high"))
    cells = (
        (row.page.path, ", ".join(f"{name}: {n}" for name, n in sorted(row.confidences.items())))
        for row in weak
    )
    return _table(("Bài", "Dữ kiện theo độ chắc"), cells)


def _number_tables(library: Library) -> str:
    found = [(page, each) for page in library.pages for each in judge_numbers(page, library.facts)]
    counts = Counter(each.verdict for _, each in found)
    summary = _table(
        ("Kết quả", "Số lần"), ((verdict.value, str(counts[verdict])) for verdict in Verdict)
    )
    unjudged = [(page, each) for page, each in found if each.verdict is Verdict.UNJUDGED]
    return (
        "<p>Máy chỉ so con số với dữ kiện mà bài nêu. Máy không xét được: dữ kiện có nói đúng việc "
        "ấy không; số viết bằng chữ; số trơn không có đơn vị; số trong bài có nguồn riêng, trong "
        "bài không nêu nguồn, trong lời trích của câu chuyện.</p>"
        f"{summary}<h3>Máy không xét được, người đọc lại</h3>"
        f"{_table(('Chỗ', 'Con số'), _unjudged_cells(unjudged))}"
    )


def _unjudged_cells(found: Iterable[tuple[Page, JudgedNumber]]) -> Iterator[tuple[str, str]]:
    """Yield one row for each line of a page with unchecked numbers."""
    lines = dict[str, list[str]]()
    for page, finding in found:
        lines.setdefault(f"{page.path}:{finding.line}", []).append(finding.text)
    yield from ((place, ", ".join(texts)) for place, texts in lines.items())


def _reading_table(library: Library, readings: Mapping[str, Reading]) -> str:
    rows = [_reading_cells(page, readings.get(page.uri)) for page in library.pages]
    current = sum("⚠" not in row[1] for row in rows)
    head = ("Bài", "Đọc", "Mã bản này", "Đã thấy và sửa", "Chưa kiểm chứng được")
    return (
        f"<p>{current} trong {len(rows)} trang đã được đọc đúng bản này. Đọc xong một "
        "trang thì thêm một dòng vào data/readings.csv, chép mã của bản vừa đọc.</p>"
        f"{_table(head, rows)}"
    )


def _reading_cells(page: Page, reading: Reading | None) -> tuple[str, ...]:
    code = code_of(page)
    if not reading:
        return page.path, "⚠ chưa đọc", code, "", ""
    state = reading.read if reading.code == code else f"{reading.read} ⚠ đã sửa sau lần đọc"
    return page.path, state, code, reading.found or "khớp", reading.unverified


def _section(title: str, content: str) -> str:
    return f"<h2>{html.escape(title)}</h2>\n{content}"


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    header = "".join(f'<th scope="col">{html.escape(name)}</th>' for name in head)
    lines = "\n".join(f"<tr>{''.join(map(_cell, row))}</tr>" for row in rows)
    return f"<table>\n<thead><tr>{header}</tr></thead>\n<tbody>\n{lines}\n</tbody>\n</table>"


def _cell(text: str) -> str:
    names = [
        name
        for name, holds in (("number", text.replace(",", "").isdigit()), ("late", "⚠" in text))
        if holds
    ]
    attribute = f' class="{" ".join(names)}"' if names else ""
    return f"<td{attribute}>{html.escape(text)}</td>"
