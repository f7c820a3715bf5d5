"""Numbers and days as Vietnamese documents write them, read back without guessing."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from decimal import Decimal

from portal.text import fold, to_nfc

QUALIFIERS = ("trên", "hơn", "khoảng", "gần", "dưới", "ít nhất", "nhiều nhất")
_STEPS = {"nghin": 1_000, "ngan": 1_000, "trieu": 1_000_000, "ty": 10**9, "ti": 10**9}
_NUMBER = r"[1-9]\d{0,2}(?:\.\d{3})+(?:,\d+)?|\d+(?:,\d+)?|\d+\.\d{1,2}|\d+\.\d{4,}"
_QUANTITY = re.compile(
    rf"(?P<low>{_NUMBER})(?:\s*[-–]\s*(?P<high>{_NUMBER}))?\s*(?P<rest>[^\d]*)", re.IGNORECASE
)
_REST = re.compile(r"(?P<step>nghin|ngan|trieu|ty|ti)?\s*(?P<unit>%|dong)?")
_DAY = re.compile(r"(?:ngay\s+)?(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
_ISO_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ].*)?")


@dataclass(frozen=True)
class Quantity:
    """A number as written: `unit` is "%", "đồng" or "", `high` the end of a range."""

    value: Decimal
    high: Decimal | None = None
    qualifier: str = ""
    unit: str = ""


def parse_quantity(text: str) -> Quantity:
    """Return what a cell such as "trên 5,2 tỷ đồng", "83,95%", "1.679" or "5–7" says.

    A dot groups thousands and a comma begins decimals; a dot that cannot group ("83.95") is a
    decimal point.

    Raises:
        ValueError: the text is no such number, or could mean two ("12,5,3", "0.050"); in
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


def parse_day(text: str) -> datetime.date:
    """Return the day of "15/8/2024", "ngày 15-8-2024" or "2024-08-15".

    Raises:
        ValueError: no such day; in Vietnamese.
    """
    plain = fold(text.strip())
    written, iso = _DAY.fullmatch(plain), _ISO_DAY.fullmatch(plain)
    try:
        if written:
            return datetime.date(int(written[3]), int(written[2]), int(written[1]))
        if iso:
            return datetime.date(int(iso[1]), int(iso[2]), int(iso[3]))
    except ValueError:
        pass
    raise ValueError(f"'{text}' không phải ngày có thật, viết như 15/8/2024")
