"""Numbers and days as Vietnamese documents write them, parsed without guessing."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from decimal import Decimal

from portal.language.dates import VIETNAM
from portal.language.text import fold, to_nfc

QUALIFIERS = ("trên", "hơn", "khoảng", "gần", "dưới", "ít nhất", "nhiều nhất")
_STEPS = {"nghin": 1_000, "ngan": 1_000, "trieu": 1_000_000, "ty": 10**9, "ti": 10**9}
_NUMBER = r"[1-9]\d{0,2}(?:\.\d{3})+(?:,\d+)?|\d+(?:,\d+)?|\d+\.\d{1,2}|\d+\.\d{4,}"
_QUANTITY = re.compile(
    rf"(?P<low>{_NUMBER})(?:\s*[-–]\s*(?P<high>{_NUMBER}))?\s*(?P<rest>[^\d]*)", re.IGNORECASE
)
_REST = re.compile(r"(?P<step>nghin|ngan|trieu|ty|ti)?\s*(?P<unit>%|dong)?")
_NUMERIC_DAY = re.compile(r"0?(\d{1,2})[/.-]0?(\d{1,2})[/.-]\d{4}")
_DAY = re.compile(r"(?:ngay\s+)?(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
_TWO_READINGS = re.compile(r"[1-9]\d{0,2},\d{3}(?!\d)")  # 25,000: grouped elsewhere, a decimal here
_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}(?:[Tt ]\d.*)?")


@dataclass(frozen=True)
class Quantity:
    """A number as written: `unit` is "%", "đồng" or "", `high` the end of a range."""

    value: Decimal
    high: Decimal | None = None
    qualifier: str = ""
    unit: str = ""


def parse_quantity(text: str) -> Quantity:
    """Return the quantity in a cell such as "trên 5,2 tỷ đồng", "83,95%", "1.679" or "5–7".

    A dot groups thousands and a comma begins decimals; a dot that cannot group ("83.95") is a
    decimal point.

    Raises:
        ValueError: the text is not a valid number or is ambiguous ("12,5,3", "0.050"); in
        Vietnamese.
    """
    qualifier, rest = _split_qualifier(to_nfc(" ".join(text.split())).lower())
    match = _QUANTITY.fullmatch(rest)
    tail = _REST.fullmatch(fold(match["rest"]).strip()) if match else None
    if not match or not tail:
        raise ValueError(f"'{text}' không phải số đọc được")
    factor = _STEPS.get(tail["step"] or "", 1)
    unit = "đồng" if tail["unit"] == "dong" else (tail["unit"] or "")
    high = _to_decimal(match["high"]) * factor if match["high"] else None
    return Quantity(_to_decimal(match["low"]) * factor, high, qualifier, unit)


def _split_qualifier(text: str) -> tuple[str, str]:
    for qualifier in QUALIFIERS:
        if text.startswith(f"{qualifier} "):
            return qualifier, text.removeprefix(qualifier).strip()
    return "", text


def _to_decimal(text: str) -> Decimal:
    if re.fullmatch(r"\d+\.(?:\d{1,2}|\d{4,})", text):
        return Decimal(text)
    return Decimal(text.replace(".", "").replace(",", "."))


def is_grouped_elsewhere(text: str) -> bool:
    """Return whether a number has a comma where other languages group thousands: "25,000"."""
    return bool(_TWO_READINGS.search(text))


def without_idle_zeros(text: str) -> str:
    """Return a number without trailing zeros in its decimals: "25,000" gives "25"."""
    return _TWO_READINGS.sub(lambda found: found[0].rstrip("0").rstrip(","), text)


def parse_day(text: str) -> datetime.date:
    """Return the day of "15/8/2024", "ngày 15-8-2024", "2024-08-15" or "2024-08-15T00:00:00Z".

    A timestamp with a UTC offset is converted to Vietnam's time.

    Raises:
        ValueError: no such day; in Vietnamese.
    """
    written = _DAY.fullmatch(fold(text.strip()))
    try:
        if written:
            return datetime.date(int(written[3]), int(written[2]), int(written[1]))
        if _ISO_DAY.fullmatch(text.strip()):
            moment = datetime.datetime.fromisoformat(text.strip())
            return (moment.astimezone(VIETNAM) if moment.tzinfo else moment).date()
    except ValueError:
        pass
    raise ValueError(f"'{text}' không phải ngày có thật, viết như 15/8/2024")


def has_two_readings(text: str) -> bool:
    """Return whether "10/5/2026" is ambiguous: day and month could be swapped."""
    written = _NUMERIC_DAY.fullmatch(text.strip())
    if not written:
        return False
    first, second = int(written[1]), int(written[2])
    return first != second and max(first, second) <= 12


def begins_with_the_day(text: str) -> bool:
    """Return whether a date such as "30/6/2026" or "ngày 5/6/2026" proves day-first order."""
    written = _DAY.fullmatch(fold(text.strip()))
    if not written:
        return False
    return int(written[1]) > 12 or not _NUMERIC_DAY.fullmatch(text.strip())
