"""Hotlines for residents and official sites, from data/contacts.yml."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from portal.language.telephone import DIALLED, EMERGENCY, is_same_number, plain_number
from portal.source.datafiles import UNKNOWN, Table
from portal.source.problems import Problem, Severity
from portal.source.schema import FACT, ID, Fault, Field, Kind, Vocabulary


@dataclass(frozen=True)
class Phone:
    """A number to call: `number` as printed, `tel` as dialled; `cost` is "" while unknown.

    `calls` is False for a number that only takes messages; `as_of` is the month of the fact,
    `guide` the path within docs/ of the related guide.
    """

    id: str
    name: str
    number: str
    tel: str
    purpose: str
    cost: str
    as_of: str
    calls: bool
    guide: str

    @property
    def is_emergency(self) -> bool:
        """Return whether this is an emergency number: its cost is not shown."""
        return self.tel in EMERGENCY


@dataclass(frozen=True)
class OfficialSite:
    """An official site: `address` as residents type it."""

    id: str
    name: str
    address: str
    url: str
    purpose: str


@dataclass(frozen=True)
class Contacts:
    """All contacts, in the order of the file."""

    phones: tuple[Phone, ...] = ()
    sites: tuple[OfficialSite, ...] = ()


def _check_dialled(phone: Mapping[str, object]) -> Iterator[Fault]:
    """Yield an error when the number dialled is not the number printed."""
    number, tel = (str(phone.get(name) or "") for name in ("number", "tel"))
    if number and tel and not (DIALLED.fullmatch(tel) and is_same_number(number, tel)):
        message = f"liên hệ in số {number} nhưng bấm vào gọi {tel}"
        yield Fault(message, f'tel: "{plain_number(number)}"', "tel")


_NAME = Field("name", Kind.TEXT, "Tên", "Tên in ra.", "Tổng đài VNeID")
_PURPOSE = Field("for", Kind.TEXT, "Để làm gì", "Một câu.", "Hỏi về VNeID.")
_AS_OF = Field("as_of", Kind.PERIOD, "Tháng", "Tháng của dữ kiện.", '"2026-11"', required=False)
_FACT = replace(FACT, required=False)
CONTACTS = Table(
    "data/contacts.yml",
    (
        Field(
            "phones", Kind.RECORDS, "Số gọi", "Số được in ra.", "[]",
            identity=("id",), check=_check_dialled,
            fields=(
                ID,
                _NAME,
                Field("number", Kind.TEXT, "Số in ra", "Có dấu cách cho dễ đọc.", '"1900 0368"',
                      is_shown=False),
                Field("tel", Kind.TEXT, "Số bấm gọi", "Chỉ có chữ số.", '"19000368"',
                      is_shown=False),
                Field("ways", Kind.TEXTS, "Cách liên lạc", "gọi, nhắn.", "[gọi]", required=False),
                _PURPOSE,
                Field("cost", Kind.TEXT, "Cước", "Để trống khi chưa rõ.", "miễn cước",
                      required=False),
                _AS_OF,
                _FACT,
                Field("guide", Kind.PAGE, "Bài", "Bài nói việc này.",
                      "guides/suc-khoe/goi-khan-cap.md", required=False,
                      severity=Severity.ADVICE),
            ),
        ),
        Field(
            "sites", Kind.RECORDS, "Trang chính thức", "Trang được in ra.", "[]",
            identity=("id",),
            fields=(
                ID,
                _NAME,
                Field("address", Kind.TEXT, "Địa chỉ in ra", "Như bà con gõ.", "vneid.gov.vn",
                      is_shown=False),
                Field("url", Kind.ADDRESS, "Đường dẫn", "https://", '"https://vneid.gov.vn/"'),
                _PURPOSE,
                _AS_OF,
                _FACT,
            ),
        ),
    ),
)  # fmt: skip


def load_contacts(file: Path, vocabulary: Vocabulary = UNKNOWN) -> tuple[Contacts, list[Problem]]:
    """Return the contacts and the problems."""
    data, problems = CONTACTS.read(file, vocabulary)
    phones = (
        row.make(
            Phone,
            purpose=row.text("for"),
            calls="gọi" in (row.texts("ways") or ("gọi",)),
        )
        for row in data.rows("phones")
    )
    sites = (row.make(OfficialSite, purpose=row.text("for")) for row in data.rows("sites"))
    return Contacts(tuple(phones), tuple(sites)), problems
