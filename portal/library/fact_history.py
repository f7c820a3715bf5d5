"""What printed sheets stated at each release, from data/fact-history.csv.

A row with an address ("/kich-hoat/") is a sheet, its words the ids of its facts; the row of an id
is that fact from this day on. Rows are appended in order of time; only `note` is edited.
"""

from __future__ import annotations

import base64
import csv
import datetime
import hashlib
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from portal.source.datafiles import Row, Table
from portal.source.problems import Problem
from portal.source.schema import Field, Kind

HISTORY = Table(
    "data/fact-history.csv",
    (
        Field(
            "", Kind.RECORDS, "Lần đổi", "Máy ghi khi đăng trang; chỉ sửa cột note.", "",
            fields=(
                Field("date", Kind.DATE, "Ngày đăng", "Máy ghi.", "2026-11-30"),
                Field("id", Kind.TEXT, "Tờ in hoặc dữ kiện", "Máy ghi.", "F1.14", is_shown=False),
                Field("code", Kind.TEXT, "Mã", "Máy ghi.", "K3QA", is_shown=False),
                Field("words", Kind.TEXT, "Nội dung", "Máy ghi.", "Tổng đài là 1900 0368.",
                      required=False, is_shown=False),
                Field("note", Kind.TEXT, "Đổi gì", "Một câu cho bà con cầm tờ cũ; trống thì máy "
                      "ghi trước và nay.", "Số tổng đài đổi từ 111 sang 156.", required=False),
            ),
        ),
    ),
    is_optional=True,
)  # fmt: skip

_AS_WAS = "lấy lại các dòng cũ từ git; tệp này chỉ sửa cột note, máy thêm dòng ở cuối"
_LETTERS = 4  # of base 32: a million codes
_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class HistoryRow:
    """A sheet or a fact as published on a day ("2026-11-30"), with its code.

    `note` is how the editor tells readers of the change; "" leaves it to the words before and now.
    """

    date: str
    id: str
    code: str
    words: str = ""
    note: str = ""

    @property
    def address(self) -> str | None:
        """Return the address in a sheet's QR code ("kich-hoat/"), None for a fact."""
        return self.id[1:] if self.id.startswith("/") else None


def load_history(
    file: Path, today: datetime.date = datetime.date.max
) -> tuple[tuple[HistoryRow, ...], list[Problem]]:
    """Return the rows in the order of the file, none without it, and the problems."""
    data, problems = HISTORY.read(file)
    rows = tuple(data.rows())
    return tuple(row.make(HistoryRow) for row in rows), problems or list(
        _check_order(rows, today.isoformat())
    )


def _check_order(rows: Iterable[Row], today: str) -> Iterator[Problem]:
    """Yield an error for each row not as the machine wrote it: an old sheet would be called right.

    A sheet's code is that of the facts above it, so a row that is edited, moved or missing shows.
    """
    newest, codes = "", dict[str, str]()
    for row in rows:
        each = row.make(HistoryRow)
        if newest <= today < each.date:
            fix = f"xem ngày của máy; máy đúng ngày thì {_AS_WAS}"
            message = f"ngày {each.date} chưa tới, hôm nay là {today}"
            yield Problem(HISTORY.path, row.line, message, fix)
        if each.date < newest:
            yield _as_was(row.line, f"dòng ngày {each.date} đứng sau dòng ngày {newest}")
        newest = max(newest, each.date)
        if each.address is None:
            codes[each.id] = each.code
        elif each.code != hash_facts((id, codes.get(id, "")) for id in each.words.split()):
            yield _as_was(row.line, f"mã của tờ '{each.id}' không khớp các dữ kiện ghi trên nó")


def _as_was(line: int, message: str) -> Problem:
    return Problem(HISTORY.path, line, message, _AS_WAS)


def hash_text(text: str) -> str:
    """Return the code of a statement, the same for other punctuation and capitals."""
    words = " ".join(_WORD.findall(text.casefold()))
    return base64.b32encode(hashlib.sha256(words.encode()).digest())[:_LETTERS].decode()


def hash_facts(codes: Iterable[tuple[str, str]]) -> str:
    """Return the code of a sheet from (id, code) of its facts, in any order."""
    return hash_text(" ".join(sorted({f"{id} {code}" for id, code in codes})))


def as_history_csv(rows: Iterable[HistoryRow]) -> str:
    """Return the content of the file."""
    stream = io.StringIO()
    writer = csv.DictWriter(stream, HISTORY.columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(map(asdict, rows))
    return stream.getvalue()
