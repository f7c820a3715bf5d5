import csv
import io
import json
import re
from decimal import Decimal
from pathlib import Path

import pytest
from conftest import REPOSITORY
from test_build import build_site

from portal.charts import Bar, draw_bars
from portal.statistics import Statistics
from portal.statistics_package import load_statistics
from portal.statistics_page import as_csv, as_json, render_page


@pytest.fixture
def real() -> Statistics:
    return load_statistics(REPOSITORY / "data/statistics")[0]


def test_every_figure_stands_on_the_page_with_its_doubts(real: Statistics) -> None:
    page = render_page(real)
    for observation in real.observations:
        figure = real.figure(observation)
        assert f'id="{observation.key}"' in page
        assert f">{figure.number}</data>" in page
        assert observation.note in page
    assert page.count("Báo Ninh Bình: Phát huy vai trò") == len(real.observations)


def test_the_funnel_is_one_axis_and_says_what_is_unsure(real: Statistics) -> None:
    figure = re.search(r'<figure class="comparison">.*?</figure>', render_page(real))[0]
    assert re.findall(r'class="bar" x="0" y="\d+" width="(\d+)"', figure) == ["320", "269", "251"]
    assert re.findall(r"<td>(.*?)</td>", figure) == ["808.810", "679.296", "633.435"]
    assert "Chữ “cấp” trong bài báo có thể là số hồ sơ đã thu nhận." in figure


def test_percentages_never_share_an_axis(real: Statistics) -> None:
    sections = re.findall(r'<section class="indicator".*?</section>', render_page(real))
    assert max(section.count('class="bar"') for section in sections) == 1


def test_bars_escape_their_labels() -> None:
    svg = draw_bars([Bar("<b>", Decimal(50), "50%")], Decimal(100))
    assert "&lt;b&gt;" in svg
    assert 'width="160"' in svg


def test_downloads_hold_every_row_with_labels(real: Statistics) -> None:
    text = as_csv(real)
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))
    assert text.startswith("\ufeff")
    assert rows == json.loads(as_json(real))
    assert len(rows) == 19
    assert rows[0]["label"] == "Tổ công nghệ số cộng đồng"


def test_built_page_describes_its_dataset_and_offers_the_files(site_project: Path) -> None:
    site = build_site(site_project)
    page = (site / "so-lieu/index.html").read_text()
    scripts = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)
    (described,) = (each for each in map(json.loads, scripts) if each.get("@type") == "Dataset")
    assert described["temporalCoverage"] == "2024-08-15/2024-09-08"
    for name in ("so-lieu.csv", "so-lieu.json"):
        assert f'href="{name}"' in page
        assert (site / "so-lieu" / name).is_file()
