import datetime
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from support.project import STATISTICS

from portal.library.statistics import (
    DateBasis,
    Indicator,
    IndicatorKind,
    Observation,
    Statistics,
    UnknownFigureError,
    format_value,
    observation_faults,
)
from portal.library.statistics_package import load_statistics

OLD = "tỉnh Ninh Bình cũ"
ARTICLE = "theo bài báo ngày 8/9/2024, không ghi ngày số liệu"
# Every publishable row of the article's inventory, as a reader sees it.
PUBLISHED = {
    "so_to": f"1.679 ({ARTICLE}; {OLD})",
    "so_thanh_vien": f"8.529 ({ARTICLE}; {OLD})",
    "so_nguoi_moi_to": f"5–7 ({ARTICLE}; {OLD})",
    "khanh_hoa_so_to": f"10 ({ARTICLE}; xã Khánh Hòa, huyện Yên Khánh cũ)",
    "thuong_kiem_nhan_khau": (
        f"trên 1.000 ({ARTICLE}; phố Thượng Kiệm, thị trấn Phát Diệm, huyện Kim Sơn cũ)"
    ),
    "thuong_kiem_thiet_bi_thong_minh": (
        f"khoảng 91% ({ARTICLE}; phố Thượng Kiệm, thị trấn Phát Diệm, huyện Kim Sơn cũ)"
    ),
    "dinh_danh_da_cap": f"808.810 (đến ngày 15/8/2024; {OLD})",
    "dinh_danh_phe_duyet": f"679.296 (đến ngày 15/8/2024; {OLD})",
    "dinh_danh_kich_hoat": f"633.435 (đến ngày 15/8/2024; {OLD})",
    "chu_ky_so": f"trên 25.000 (đến ngày 15/8/2024; {OLD})",
    "nguoi_lon_co_dien_thoai": f"khoảng 91% (đến ngày 15/8/2024; {OLD})",
    "ho_so_toan_trinh": f"83,95% (đến ngày 15/8/2024, ngày ghi ở câu trước; {OLD})",
    "san_tai_khoan": f"110.162 ({ARTICLE}; {OLD})",
    "san_san_pham": f"1.840 ({ARTICLE}; {OLD})",
    "san_giao_dich": f"24.699 ({ARTICLE}; {OLD})",
    "san_gia_tri": f"trên 5,2 tỷ đồng ({ARTICLE}; {OLD})",
    "ho_so_suc_khoe": f"90% ({ARTICLE}; {OLD})",
    "kham_tu_xa": f"40% ({ARTICLE}; {OLD})",
    "khong_tien_mat": f"khoảng 50% ({ARTICLE}; {OLD})",
}


@pytest.fixture
def real() -> Statistics:
    statistics, problems = load_statistics(STATISTICS)
    assert problems == []
    return statistics


@pytest.fixture
def tiny(project: Path) -> Statistics:
    return load_statistics(project / "data/statistics")[0]


def test_every_published_figure_reads_as_in_the_article(real: Statistics) -> None:
    shown = {each.indicator: real.figure(each).text for each in real.observations}
    assert shown == PUBLISHED


def test_every_percentage_says_of_whom(real: Statistics) -> None:
    percentages = [each for each in real.indicators.values() if each.kind is IndicatorKind.PERCENT]
    assert [each.id for each in percentages if not each.base] == []


@pytest.mark.parametrize(
    ("value", "kind", "text"),
    [
        ("808810", IndicatorKind.COUNT, "808.810"),
        ("83.95", IndicatorKind.PERCENT, "83,95%"),
        ("5200000000", IndicatorKind.MONEY, "5,2 tỷ đồng"),
        ("50000", IndicatorKind.MONEY, "50.000 đồng"),
        ("1500000", IndicatorKind.MONEY, "1,5 triệu đồng"),
        ("0", IndicatorKind.MONEY, "0 đồng"),
        ("5234567890", IndicatorKind.MONEY, "5.234.567.890 đồng"),
        ("83.9512", IndicatorKind.PERCENT, "83,9512%"),
    ],
)
def test_numbers_are_written_as_vietnamese_does(value: str, kind: IndicatorKind, text: str) -> None:
    assert format_value(Decimal(value), kind) == text


def test_latest_stays_within_one_scope(tiny: Statistics) -> None:
    assert tiny.find("dien_thoai", scope="tinh-cu").number == "khoảng 91%"
    assert tiny.find("dien_thoai", scope="tinh-moi").number == "83,95%"
    with pytest.raises(UnknownFigureError, match="'dien_thoai' có ở nhiều nơi"):
        tiny.find("dien_thoai")


def test_a_pinned_day_is_found_or_the_days_are_named(tiny: Statistics) -> None:
    assert tiny.find("so_to", datetime.date(2024, 9, 8)).number == "1.679"
    with pytest.raises(UnknownFigureError) as caught:
        tiny.find("so_to", datetime.date(2025, 1, 1))
    assert caught.value.fix == "dùng một trong các ngày: 8/9/2024"


def test_stale_figures_are_the_latest_ones_past_their_day(tiny: Statistics) -> None:
    stale = tiny.stale(datetime.date(2025, 9, 9))
    assert [figure.observation.key for figure in stale] == [
        "dien_thoai--tinh-cu--2024-08-15",
        "so_to--tinh-cu--2024-09-08",
    ]
    assert stale[0].stale_after == datetime.date(2025, 8, 15)


@pytest.mark.parametrize(
    ("kind", "value", "high", "message"),
    [
        (IndicatorKind.COUNT, "1.5", None, "số đếm 1.5 phải là số nguyên"),
        (IndicatorKind.COUNT, "-1", None, "số âm, quá lớn hoặc có quá nhiều chữ số lẻ"),
        (
            IndicatorKind.COUNT,
            "1000000000000000",
            None,
            "số âm, quá lớn hoặc có quá nhiều chữ số lẻ",
        ),
        (IndicatorKind.MONEY, "0.0000001", None, "số âm, quá lớn hoặc có quá nhiều chữ số lẻ"),
        (IndicatorKind.PERCENT, "100.5", None, "tỷ lệ 100.5% nằm ngoài khoảng 0–100"),
        (IndicatorKind.PERCENT, "5", "7", "chỉ tiêu dạng khoảng cần hai số, dạng khác cần một số"),
        (IndicatorKind.RANGE, "5", None, "chỉ tiêu dạng khoảng cần hai số, dạng khác cần một số"),
        (IndicatorKind.RANGE, "7", "5", "khoảng 7–5 ngược"),
    ],
)
def test_what_cannot_be_true_is_named(
    kind: IndicatorKind, value: str, high: str | None, message: str
) -> None:
    indicator = Indicator("a", "A", kind, "tổ", "", "G", 12)
    bounds = Decimal(value), Decimal(high) if high else None
    day = datetime.date(2024, 9, 8)
    observation = Observation("a", "b", day, DateBasis.EXPLICIT, *bounds, "", "S", False, "")
    assert [found for found, _ in observation_faults(observation, indicator, day)] == [message]


def test_a_pinned_day_that_is_missing_names_the_nearest_three(tiny: Statistics) -> None:
    first = tiny.by_indicator["so_to"][0]
    days = [datetime.date(2025, month, 1) for month in range(1, 7)]
    many = replace(tiny, observations=tuple(replace(first, as_of=day) for day in days))
    with pytest.raises(UnknownFigureError) as caught:
        many.find("so_to", datetime.date(2025, 6, 15))
    assert caught.value.fix == "dùng một trong các ngày: 1/6/2025, 1/5/2025, 1/4/2025"


def test_an_indicator_without_figures_says_so(tiny: Statistics) -> None:
    with pytest.raises(UnknownFigureError, match="chỉ tiêu 'so_to' chưa có số liệu nào"):
        replace(tiny, observations=()).find("so_to", scope="tinh-cu")


AMBIGUOUS_NO = {
    "so_nguoi_moi_to",
    "khanh_hoa_so_to",
    "dinh_danh_phe_duyet",
    "dinh_danh_kich_hoat",
    "san_san_pham",
}


def test_every_other_figure_of_the_article_carries_its_doubt(real: Statistics) -> None:
    sure = {each.indicator for each in real.observations if not each.ambiguous}
    assert sure == AMBIGUOUS_NO
    assert [each.indicator for each in real.observations if each.ambiguous and not each.note] == []
