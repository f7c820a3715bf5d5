import datetime
from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.language.text import format_day
from portal.language.vietnamese_numbers import (
    Quantity,
    is_grouped_elsewhere,
    parse_day,
    parse_quantity,
    without_idle_zeros,
)
from portal.library.statistics import IndicatorKind, format_value


@pytest.mark.parametrize(
    ("text", "quantity"),
    [
        ("1.679", Quantity(Decimal(1679))),
        ("83,95%", Quantity(Decimal("83.95"), unit="%")),
        ("83.95 %", Quantity(Decimal("83.95"), unit="%")),
        ("5,2 tỷ", Quantity(Decimal(5_200_000_000))),
        ("trên 5,2 tỉ đồng", Quantity(Decimal(5_200_000_000), qualifier="trên", unit="đồng")),
        ("Khoảng 91%", Quantity(Decimal(91), qualifier="khoảng", unit="%")),
        ("5-7", Quantity(Decimal(5), Decimal(7))),
        ("5 – 7", Quantity(Decimal(5), Decimal(7))),
        ("50 nghìn đồng", Quantity(Decimal(50_000), unit="đồng")),
        ("1.234.567,5", Quantity(Decimal("1234567.5"))),
    ],
)
def test_quantities_as_people_write_them(text: str, quantity: Quantity) -> None:
    assert parse_quantity(text) == quantity


@pytest.mark.parametrize(
    "text", ["12,5,3", "1.23.456", "0.050", "mười", "", "5 tỷ tỷ", "1.679 tổ", "-5", "1e5"]
)
def test_what_is_no_number_or_two_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=f"'{text}' không phải số đọc được"):
        parse_quantity(text)


@given(st.integers(min_value=0, max_value=10**12))
def test_counts_are_read_back_as_written(number: int) -> None:
    assert parse_quantity(format_value(Decimal(number), IndicatorKind.COUNT)).value == number


@given(st.decimals(min_value=0, max_value=100, places=2))
def test_percentages_are_read_back_as_written(number: Decimal) -> None:
    assert parse_quantity(format_value(number, IndicatorKind.PERCENT)) == Quantity(number, unit="%")


@given(st.integers(min_value=0, max_value=10**14))
def test_sums_are_read_back_as_written_without_rounding(number: int) -> None:
    assert parse_quantity(format_value(Decimal(number), IndicatorKind.MONEY)) == (
        Quantity(Decimal(number), unit="đồng")
    )


@given(st.integers(0, 10**6), st.integers(0, 10**6))
def test_ranges_are_read_back_as_written(low: int, high: int) -> None:
    text = "–".join(format_value(Decimal(end), IndicatorKind.RANGE) for end in (low, high))
    assert parse_quantity(text) == Quantity(Decimal(low), Decimal(high))


@given(st.text())
def test_any_text_is_read_or_refused(text: str) -> None:
    with suppress(ValueError):
        assert parse_quantity(text).value >= 0
    with suppress(ValueError):
        assert parse_day(text).year >= 1


@given(st.dates())
def test_days_are_read_back_as_written(day: datetime.date) -> None:
    if day.year >= 1000:
        assert parse_day(format_day(day)) == day
    assert parse_day(day.isoformat()) == day


@pytest.mark.parametrize("text", ["31/2/2024", "2024-13-01", "8/2024", "hôm qua", ""])
def test_what_is_no_day_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="không phải ngày có thật, viết như 15/8/2024"):
        parse_day(text)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2025-06-30T00:00:00", "2025-06-30"),
        ("2025-06-30t00:00:00", "2025-06-30"),
        ("2025-06-30 07:15", "2025-06-30"),
        ("2025-06-29T17:00:00.000Z", "2025-06-30"),  # midnight in Vietnam, as JavaScript writes it
        ("2025-06-30T23:00:00+07:00", "2025-06-30"),
    ],
)
def test_moments_are_on_their_day_in_vietnam(text: str, day: str) -> None:
    assert parse_day(text).isoformat() == day


@pytest.mark.parametrize("text", ["2025-06-30T25:00", "2025-W27-1", "20250630", "2025-06-31T00:00"])
def test_what_is_no_moment_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="không phải ngày có thật"):
        parse_day(text)


@pytest.mark.parametrize(
    ("text", "decimals"),
    [
        ("25,000", "25"),
        ("1,500-2,125 tỷ", "1,5-2,125 tỷ"),
        ("12,34", ""),
        ("0,125", ""),
        ("1,2345", ""),
    ],
)
def test_comma_that_other_languages_group_by_is_told(text: str, decimals: str) -> None:
    assert is_grouped_elsewhere(text) == bool(decimals)
    assert without_idle_zeros(text) == (decimals or text)
