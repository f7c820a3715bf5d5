"""The numeric claims of a text: money, dates, telephone numbers, laws, percentages, limits.

Values are normalised, so that "20.000 đồng" and "20 nghìn đồng" are equal, and so are "1900 0368"
and "19000368". Numbers in words ("ba cách") and bare numbers are not claims.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache


class ClaimKind(StrEnum):
    """The type of a claim; the value is the word that editors see."""

    LAW = "văn bản"
    DATE = "ngày tháng"
    MONEY = "số tiền"
    SHARE = "tỷ lệ"
    PHONE = "số điện thoại"
    AMOUNT = "hạn mức, thời hạn"


@dataclass(frozen=True)
class Claim:
    """A number as written, its offset in the text, and its normalised values."""

    kind: ClaimKind
    values: tuple[str, ...]
    text: str
    offset: int


_NUMBER = r"\d+(?:\.\d{3})*(?:,\d+)?"
_SCALES = {"": 1, "nghìn": 1_000, "triệu": 1_000_000, "tỷ": 1_000_000_000}
_UNITS = (
    "ngày", "giờ", "phút", "giây", "tháng", "năm", "tuổi", "số", "ký tự", "lần", "tiếng", "ảnh",
    "người", "khóa", "bước", "km", "GB", "MB",
)  # fmt: skip


def _range(name: str) -> str:
    return rf"(?P<{name}>{_NUMBER})(?:\s?[–-]\s?(?P<{name}_to>{_NUMBER}))?"


_DAY, _MONTH, _YEAR = r"\d{1,2}/\d{1,2}", r"\d{1,2}/\d{4}", r"(?:19|20)\d{2}(?![\d ]\d)"
_START = re.compile(r"[\dL](?<![\w/.,].)")  # the letter first: three times faster
_CLAIM = re.compile(
    "|".join(
        (
            r"(?P<law>\d+(?:-[A-ZĐ]+)?(?:/\d{4})?/[A-ZĐ]\w*(?:-\w+)*|Luật [A-ZĐ]\w* \w+)",
            rf"(?P<date>{_DAY}/\d{{4}}|{_MONTH}|{_DAY}|{_YEAR})",
            _range("money") + r"\s?(?P<scale>nghìn|triệu|tỷ)?\s(?:bạc|đồng)",
            rf"(?P<share>{_NUMBER})\s?%",
            r"(?P<phone>1[89]00(?:[ .]?\d){2,6}|0\d(?:[ .]?\d){7,9})",
            _range("amount") + rf"\s(?P<unit>{'|'.join(_UNITS)})(?!\w)",
            r"(?P<count>\d{1,3}(?:\.\d{3})+)",
            r"(?P<short>\d{3,4}(?!\d))",
        )
    )
)
# Numbers that are part of a name: IP addresses, versions, models, house numbers; a battery's
# charge.
_NAMES = re.compile(
    r"\d{1,3}(?:\.\d{1,3}){3}(?![\d.])"
    r"|\b(?:Office|Microsoft|Nokia|Galaxy|Windows|Redmi|Realme|Oppo|Vivo)\s+\d+"
    r"|\b(?:[Ss]ố nhà|[Nn]gõ|[Nn]gách|[Hh]ẻm|[Kk]iệt)\s+\d+\w*(?:/\d+)*"
    r"|\b[Ss]ố\s+\d+\w*(?:/\d+)*,?\s+(?:đường|phố|ngõ|ngách|hẻm)\b"
    r"|\b[Pp]in\b[^.\n\d]{0,25}\d+\s?%|(?<!\d)\d{1,3}\s?%\s+pin\b"
)
_DIGITS = re.compile(r"(?<![\w/.,])\d+")


def read_claims(text: str) -> Iterator[Claim]:
    """Yield the claims of a text in order."""
    for match in _claims_in(text):
        kind, values = _meaning(match)
        yield Claim(kind, values, match[0], match.start())


def bare_numbers(text: str) -> Iterator[tuple[int, str]]:
    """Yield (offset, digits) of each number outside of all claims."""
    covered = [match.span() for match in _claims_in(text)]
    for match in _DIGITS.finditer(text):
        if not any(start <= match.start() < end for start, end in covered):
            yield match.start(), match[0]


def _claims_in(text: str) -> Iterator[re.Match[str]]:
    end, names = 0, _NAMES.finditer(text)
    name = next(names, None)
    for start in _START.finditer(text):
        at = start.start()
        while name and name.end() <= at:
            name = next(names, None)
        if at < end or (name and name.start() <= at):
            continue
        if match := _CLAIM.match(text, at):
            yield match
            end = match.end()


def _meaning(match: re.Match[str]) -> tuple[ClaimKind, tuple[str, ...]]:
    group = match.groupdict()
    if group["law"]:
        return ClaimKind.LAW, (group["law"],)
    if group["date"]:
        return ClaimKind.DATE, ("/".join(part.lstrip("0") for part in group["date"].split("/")),)
    if group["money"]:
        scale = _SCALES[group["scale"] or ""]
        return ClaimKind.MONEY, tuple(_plain(each, scale) for each in _ends(group, "money"))
    if group["share"]:
        return ClaimKind.SHARE, (_plain(group["share"]),)
    if group["amount"]:
        ends = _ends(group, "amount")
        return ClaimKind.AMOUNT, tuple(f"{_plain(each)} {group['unit']}" for each in ends)
    if group["count"]:
        return ClaimKind.AMOUNT, (_plain(group["count"]),)
    return ClaimKind.PHONE, (re.sub(r"\D", "", group["phone"] or group["short"]),)


def _ends(group: dict[str, str | None], name: str) -> list[str]:
    return [text for text in (group[name], group[f"{name}_to"]) if text]


def _plain(number: str, scale: int = 1) -> str:
    """Return a Vietnamese number as plain digits ("20.000" gives "20000", "03" gives "3")."""
    value = Decimal(number.replace(".", "").replace(",", ".")) * scale
    return f"{value.normalize():f}"


@lru_cache(maxsize=1024)  # sources share their dates
def iso_values(iso: str) -> frozenset[str]:
    """Return the claims that an ISO date of any precision supports; see `coarser_dates`."""
    return coarser_dates("/".join(part.lstrip("0") for part in reversed(iso.split("-"))))


def coarser_dates(date: str) -> frozenset[str]:
    """Return a date and its less precise forms: "1/7/2024" gives "7/2024", "2024" and "1/7" too."""
    parts = date.split("/")
    forms = {"/".join(parts[start:]) for start in range(len(parts))}
    return frozenset(forms | {"/".join(parts[:2])} if len(parts) == 3 else forms)
