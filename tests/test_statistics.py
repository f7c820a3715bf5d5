import datetime
from decimal import Decimal
from pathlib import Path

import pytest
from conftest import REPOSITORY, write

from portal.statistics import (
    Kind,
    Statistics,
    UnknownFigureError,
    format_value,
)
from portal.statistics_import import as_observations_csv
from portal.statistics_package import load_statistics

REAL = REPOSITORY / "data/statistics"
OLD = "tỉnh Ninh Bình (cũ)"
ARTICLE = "theo bài báo ngày 8/9/2024, không ghi ngày số liệu"
# Every publishable row of the article's inventory, as a reader sees it.
PUBLISHED = {
    "so_to": f"1.679 ({ARTICLE}; {OLD})",
    "so_thanh_vien": f"8.529 ({ARTICLE}; {OLD})",
    "so_nguoi_moi_to": f"5–7 ({ARTICLE}; {OLD})",
    "khanh_hoa_so_to": f"10 ({ARTICLE}; xã Khánh Hòa, huyện Yên Khánh (cũ))",
    "thuong_kiem_nhan_khau": (
        f"trên 1.000 ({ARTICLE}; phố Thượng Kiệm, thị trấn Phát Diệm, huyện Kim Sơn (cũ))"
    ),
    "thuong_kiem_thiet_bi_thong_minh": (
        f"khoảng 91% ({ARTICLE}; phố Thượng Kiệm, thị trấn Phát Diệm, huyện Kim Sơn (cũ))"
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
    statistics, problems = load_statistics(REAL)
    assert problems == []
    return statistics


@pytest.fixture
def tiny(project: Path) -> Statistics:
    return load_statistics(project / "data/statistics")[0]


def test_every_published_figure_reads_as_in_the_article(real: Statistics) -> None:
    shown = {each.indicator: real.figure(each).text for each in real.observations}
    assert shown == PUBLISHED


def test_the_file_is_what_the_import_would_write(real: Statistics) -> None:
    assert as_observations_csv(real) == (REAL / "observations.csv").read_text(encoding="utf-8")


def test_every_percentage_says_of_whom(real: Statistics) -> None:
    percentages = [each for each in real.indicators.values() if each.kind is Kind.PERCENT]
    assert [each.id for each in percentages if not each.base] == []


@pytest.mark.parametrize(
    ("value", "kind", "text"),
    [
        ("808810", Kind.COUNT, "808.810"),
        ("83.95", Kind.PERCENT, "83,95%"),
        ("5200000000", Kind.MONEY, "5,2 tỷ đồng"),
        ("50000", Kind.MONEY, "50.000 đồng"),
        ("1500000", Kind.MONEY, "1,5 triệu đồng"),
        ("0", Kind.MONEY, "0 đồng"),
    ],
)
def test_numbers_are_written_as_vietnamese_does(value: str, kind: Kind, text: str) -> None:
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
    ("file", "text", "problem"),
    [
        (
            "observations.csv",
            "so_to,tinh-cuu,2024-09-08,article,1,,,S00,true,",
            "data/statistics/observations.csv:2: không có phạm vi 'tinh-cuu'",
        ),
        (
            "observations.csv",
            "so_to,tinh-cu,8/9/2024,article,1,,,S00,true,",
            "data/statistics/observations.csv:2: '8/9/2024' không phải ngày dạng 2024-08-15",
        ),
        (
            "observations.csv",
            'so_to,tinh-cu,2024-09-08,article,"1,5",,,S00,true,',
            "data/statistics/observations.csv:2: "
            "'1,5' không phải số (trong tệp dùng dấu chấm thập phân)",
        ),
        (
            "observations.csv",
            "dien_thoai,tinh-cu,2024-09-08,article,101,,,S00,true,",
            "data/statistics/observations.csv:2: tỷ lệ 101 nằm ngoài khoảng 0–100",
        ),
        (
            "observations.csv",
            "so_to,tinh-cu",
            "data/statistics/observations.csv:2: dòng này thừa hoặc thiếu ô so với dòng đầu",
        ),
        (
            "indicators.csv",
            "a,A,number,tổ,,G,12,",
            "data/statistics/indicators.csv:2: "
            "'number' không phải một trong: count, percent, money, range",
        ),
    ],
)
def test_bad_rows_are_named(project: Path, file: str, text: str, problem: str) -> None:
    path = project / "data/statistics" / file
    header = path.read_text().split("\n")[0]
    write(path, f"{header}\n{text}\n")
    assert str(load_statistics(path.parent)[1][0]).split("\n")[0] == problem


def test_a_wrong_column_is_named(project: Path) -> None:
    path = project / "data/statistics/scopes.csv"
    write(path, "id,ten,note\na,b,c\n")
    assert str(load_statistics(path.parent)[1][0]) == (
        "data/statistics/scopes.csv:1: thiếu cột 'label'\n"
        "    Cách sửa: giữ đủ các cột như trong datapackage.json"
    )
