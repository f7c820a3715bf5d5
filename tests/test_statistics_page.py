import csv
import datetime
import io
import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from support.builds import build_site
from support.project import STATISTICS

from portal.library.statistics import Scope, Statistics
from portal.library.statistics_package import load_statistics
from portal.site.statistics_page import dataset, render_statistics, rows_as_csv, rows_as_json


@pytest.fixture
def real() -> Statistics:
    return load_statistics(STATISTICS)[0]


def test_every_figure_stands_on_the_page_with_its_doubts(real: Statistics) -> None:
    page = render_statistics(real)
    for observation in real.observations:
        figure = real.figure(observation)
        assert f'id="{observation.key}"' in page
        assert f">{figure.number}</data>" in page
        assert observation.note in page
    source = 'd202409081223616.htm" rel="noopener">Báo Ninh Bình, 8/9/2024</a>'
    assert page.count(source) == len(real.observations)


def test_the_funnel_is_one_axis_and_says_what_is_unsure(real: Statistics) -> None:
    figure = re.search(r'<figure class="comparison">.*?</figure>', render_statistics(real))[0]
    assert re.findall(r'class="value" width="([^"]+)"', figure) == ["100%", "83.99%", "78.32%"]
    assert re.findall(r"<td>(.*?)</td>", figure) == ["808.810", "679.296", "633.435"]
    assert (
        "<p>Đến ngày 15/8/2024; tỉnh Ninh Bình (cũ). Bài viết “cấp”, nhưng số được phê duyệt ít "
        "hơn, nên có thể là số hồ sơ đã thu nhận." in figure
    )


def with_new_province(real: Statistics, *days: tuple[int, int, int]) -> Statistics:
    """Return the statistics with figures of the province since 1/7/2025 on these days."""
    scope = Scope("tinh-ninh-binh", "tỉnh Ninh Bình")
    added = tuple(
        replace(real.find(id).observation, scope=scope.id, as_of=datetime.date(*day))
        for day in days
        for id in ("dinh_danh_da_cap", "dinh_danh_phe_duyet", "dinh_danh_kich_hoat")
    )
    scopes = {**real.scopes, scope.id: scope}
    return replace(real, scopes=scopes, observations=(*real.observations, *added))


def test_each_scope_has_its_own_funnel(real: Statistics) -> None:
    page = render_statistics(with_new_province(real, (2026, 6, 30)))
    notes = re.findall(r"<p>(Đến ngày [^.]*)\.", page)
    assert notes == [
        "Đến ngày 15/8/2024; tỉnh Ninh Bình (cũ)",
        "Đến ngày 30/6/2026; tỉnh Ninh Bình",
    ]


def test_a_course_over_time_never_crosses_scopes(real: Statistics) -> None:
    page = render_statistics(with_new_province(real, (2026, 5, 31), (2026, 6, 30)))
    indicator = re.search(r'id="dinh_danh_kich_hoat">.*?</section>', page)[0]
    charts = re.findall(r"<figcaption>Theo thời gian</figcaption>.*?</figure>", indicator)
    assert [re.findall(r'<th scope="row">(.*?)</th>', chart) for chart in charts] == [
        ["31/5/2026", "30/6/2026"]
    ]
    assert charts[0].endswith("<p>Tỉnh Ninh Bình.</p></figure>")


def test_percentages_never_share_an_axis(real: Statistics) -> None:
    sections = re.findall(r'<section class="indicator".*?</section>', render_statistics(real))
    assert max(section.count('class="value"') for section in sections) == 1


def test_doubts_are_told_apart_from_remarks(real: Statistics) -> None:
    page = render_statistics(real)
    assert "<dt>Chưa rõ</dt><dd>Không rõ là số trước hay sau kiện toàn.</dd>" in page
    assert "<dt>Lưu ý</dt><dd>Là số tổ, không phải số xóm.</dd>" in page


def test_places_and_sources_are_explained_once(real: Statistics) -> None:
    page = render_statistics(real)
    scope = "<dt>Tỉnh Ninh Bình (cũ)</dt><dd>Tỉnh trước ngày 1/7/2025, chưa gồm Hà Nam và Nam Định."
    assert page.count(scope) == 1
    assert page.count("Phát huy vai trò của Tổ công nghệ số cộng đồng") == 1


def test_what_data_say_is_text_and_never_markup(real: Statistics) -> None:
    first = replace(real.observations[0], note='<img src=x onerror="alert(1)">')
    page = render_statistics(replace(real, observations=(first,)))
    assert "&lt;img src=x onerror=&quot;alert(1)&quot;&gt;" in page
    assert "<img" not in page


def test_downloads_hold_every_row_with_labels(real: Statistics) -> None:
    text = rows_as_csv(real)
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))
    assert text.startswith("\ufeff")
    assert rows == json.loads(rows_as_json(real))
    assert len(rows) == 19
    assert rows[0]["label"] == "Tổ công nghệ số cộng đồng"


def test_built_page_describes_its_dataset_and_offers_the_files(site_project: Path) -> None:
    site = build_site(site_project)
    page = (site / "so-lieu/index.html").read_text()
    scripts = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)
    (described,) = (each for each in map(json.loads, scripts) if each.get("@type") == "Dataset")
    assert described["license"] == "https://creativecommons.org/licenses/by/4.0/deed.vi"
    assert described["temporalCoverage"] == "2024-08-15/2026-06-30"
    for name in ("so-lieu.csv", "so-lieu.json"):
        assert f'href="{name}"' in page
        assert (site / "so-lieu" / name).is_file()


def test_what_was_old_when_the_site_was_written_says_so_without_scripts(real: Statistics) -> None:
    hidden, shown = '<strong class="stale-note" hidden>', '<strong class="stale-note">'
    assert shown not in render_statistics(real)
    late = replace(real, known_day=datetime.date(2026, 11, 25))
    page = render_statistics(late)
    assert page.count(shown) == len(real.observations)
    assert hidden not in page


def test_no_cell_of_the_published_table_is_a_formula(real: Statistics) -> None:
    """Whoever opens the file opens what others wrote (OWASP, CSV injection)."""
    first = real.observations[0]
    notes = ("=1+1", "+84 912", "-5 tổ", "@sum", "\t=1", "bình thường", "-5", "+3.5")
    written = tuple(
        replace(first, as_of=first.as_of + datetime.timedelta(days=n), note=note)
        for n, note in enumerate(notes)
    )
    rows = csv.DictReader(io.StringIO(rows_as_csv(replace(real, observations=written))[1:]))
    assert [row["note"] for row in rows] == [
        "'=1+1", "'+84 912", "'-5 tổ", "'@sum", "'\t=1", "bình thường", "-5", "+3.5",
    ]  # fmt: skip


def test_a_place_without_figures_is_no_part_of_the_page(real: Statistics) -> None:
    scopes = {**real.scopes, "xa-moi": Scope("xa-moi", "xã Mới", "Chưa có số.")}
    more = replace(real, scopes=scopes)
    assert "xã Mới" not in render_statistics(more)
    assert "xã Mới" not in dataset(more, "https://x.vn/")["spatialCoverage"]
