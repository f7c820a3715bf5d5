"""The present commune of each former commune, town or hamlet, from data/places.csv.

Names changed on 1/7/2025. The table is only as complete as its facts. A name may stand for several
places; all of them are results. A divided unit has a row for each part.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from portal.language.text import fold, slugify
from portal.library.facts import FactBase
from portal.source.datafiles import UNKNOWN, Table
from portal.source.problems import Problem
from portal.source.schema import FACT, NOTE, Fault, Field, Kind, Vocabulary

COMMUNE_KINDS = ("xã", "thị trấn", "phường")
HAMLET_KINDS = ("thôn", "xóm", "phố", "bản", "tổ dân phố")


def _check_hamlet(row: Mapping[str, object]) -> Iterator[Fault]:
    if row.get("old_kind") in HAMLET_KINDS and not row.get("within"):
        message = f"{row['old_kind']} {row.get('old_name')} chưa ghi thuộc xã cũ nào"
        yield Fault(message, "ghi cột within, ví dụ: xã Yên Hòa", "within")


PLACES = Table(
    "data/places.csv",
    (
        Field(
            "", Kind.RECORDS, "Nơi cũ", "Mỗi dòng một nơi.", "", check=_check_hamlet,
            identity=("old_kind", "old_name", "within", "district", "new_kind", "new_name"),
            fields=(
                Field("old_kind", Kind.TEXT, "Loại cũ", "xã, thôn, xóm…", "xã",
                      choices=(*COMMUNE_KINDS, *HAMLET_KINDS)),
                Field("old_name", Kind.TEXT, "Tên cũ", "Không ghi loại.", "Khánh Hòa"),
                Field("within", Kind.TEXT, "Thuộc xã cũ", "Của thôn, xóm.", "xã Khánh Hòa",
                      required=False),
                Field("district", Kind.TEXT, "Huyện cũ", "Có ghi loại.", "huyện Yên Khánh"),
                Field("province", Kind.TEXT, "Tỉnh cũ", "Trước ngày 1/7/2025.", "Ninh Bình",
                      required=False),
                Field("new_kind", Kind.TEXT, "Loại mới", "xã, phường.", "phường",
                      choices=COMMUNE_KINDS),
                Field("new_name", Kind.TEXT, "Tên mới", "Không ghi loại.", "Đông Hoa Lư"),
                FACT,
                NOTE,
            ),
        ),
    ),
    is_optional=True,
)  # fmt: skip


@dataclass(frozen=True)
class Place:
    """A former place and its present unit; `fact` is the id of the evidence.

    `within` is the former commune of a hamlet, `province` the one before 1/7/2025 or "", `line` the
    line in the file.
    """

    kind: str
    name: str
    within: str
    district: str
    province: str
    new_kind: str
    new_name: str
    fact: str
    note: str
    line: int

    @property
    def full_name(self) -> str:
        """Return the former name with its kind ("thị trấn Phát Diệm")."""
        return f"{self.kind} {self.name}"

    @property
    def now(self) -> str:
        """Return the present name with its kind ("xã Phát Diệm")."""
        return f"{self.new_kind} {self.new_name}"

    @property
    def is_hamlet(self) -> bool:
        """Return whether this lies below a commune; such names may have changed again in 2026."""
        return self.kind in HAMLET_KINDS

    @property
    def former(self) -> tuple[str, str, str, str]:
        """Return the key of the former place; rows with the same key are its parts."""
        return self.kind, self.name, self.within, self.district


@dataclass(frozen=True)
class District:
    """A former district with its former communes and hamlets."""

    name: str
    province: str
    places: tuple[Place, ...]

    @property
    def uri(self) -> str:
        """Return the path of the district's page within docs/."""
        return f"toi-o-dau/{slugify(self.name)}.md"

    @property
    def url(self) -> str:
        """Return the address within the site."""
        return self.uri.removesuffix(".md") + "/"

    @property
    def title(self) -> str:
        """Return the name as the heading of a page ("Huyện Yên Mô (cũ)")."""
        return f"{self.name[0].upper()}{self.name[1:]} (cũ)"

    @property
    def units_now(self) -> tuple[str, ...]:
        """Return the unique present units of the district, in table order."""
        return tuple(dict.fromkeys(place.now for place in self.places))

    @property
    def former_places(self) -> tuple[tuple[Place, ...], ...]:
        """Return the rows of each former place; several when it was divided."""
        rows = dict[tuple[str, ...], list[Place]]()
        for place in self.places:
            rows.setdefault(place.former, []).append(place)
        return tuple(map(tuple, rows.values()))


def load_places(
    file: Path, vocabulary: Vocabulary = UNKNOWN
) -> tuple[tuple[Place, ...], list[Problem]]:
    """Return the places in file order, and the problems."""
    data, problems = PLACES.read(file, vocabulary)
    places = (
        row.make(Place, kind=row.text("old_kind"), name=row.text("old_name")) for row in data.rows()
    )
    return tuple(places), problems


def districts_of(places: Sequence[Place]) -> tuple[District, ...]:
    """Return the places grouped by former district, in the order of first occurrence."""
    order = list(dict.fromkeys(place.district for place in places))
    ranked = sorted(places, key=lambda place: order.index(place.district))
    grouped = ((name, tuple(group)) for name, group in groupby(ranked, lambda p: p.district))
    return tuple(District(name, group[0].province, group) for name, group in grouped)


def namesakes(places: Sequence[Place]) -> dict[tuple[str, ...], tuple[Place, ...]]:
    """Return `Place.former` → other former communes of the same name, ignoring accents.

    Hamlets are left out: their names repeat all over the province.
    """
    by_name = dict[str, list[Place]]()
    for place in places:
        if not place.is_hamlet:
            by_name.setdefault(fold(place.name), []).append(place)
    return {
        place.former: others
        for group in by_name.values()
        for place in group
        if (others := tuple(other for other in group if other.former != place.former))
    }


def finder_table(places: Sequence[Place], facts: FactBase) -> bytes:
    """Return the JSON of districts and places for the site's place finder.

    A place is [name with kind, former commune of a hamlet, index of its district, present unit,
    note, 1 when it has a single source].
    """
    districts = districts_of(places)
    rows = [
        [
            place.full_name,
            place.within,
            number,
            place.now,
            place.note,
            int(_is_unsure(place, facts)),
        ]
        for number, district in enumerate(districts)
        for place in district.places
    ]
    table = {
        "districts": [[each.name, each.province] for each in districts],
        "places": rows,
    }
    return json.dumps(table, ensure_ascii=False, separators=(",", ":")).encode()


def _is_unsure(place: Place, facts: FactBase) -> bool:
    fact = facts.facts.get(place.fact)
    return fact is None or fact.confidence != "high"
