import datetime
from dataclasses import replace
from pathlib import Path

import pytest
from support.builds import build_site
from support.project import BODY, FRONT, write

from portal.document.parser import parse
from portal.document.tree import Heading
from portal.library.figures import FigureLookup, parse_reference
from portal.library.statistics import Statistics
from portal.library.statistics_package import load_statistics
from portal.site.page_body import HtmlWriter


@pytest.fixture
def statistics(project: Path) -> Statistics:
    return load_statistics(project / "data/statistics")[0]


FULL = (
    '<span class="figure"><data value="1679">1.679</data> <a class="figure-note" '
    'href="/so-lieu.md#so_to--tinh-cu--2024-09-08">(theo bài báo ngày <time datetime="2024-09-08">'
    "8/9/2024</time>, không ghi ngày số liệu; tỉnh Ninh Bình cũ)</a>"
    '<span data-stale-after="2025-09-08"><span class="stale-note" hidden="hidden"> Số liệu đã cũ.'
    "</span></span></span>"
)


def render(text: str, statistics: Statistics) -> str:
    return HtmlWriter(statistics).write(parse(text))


def test_reference_becomes_number_date_scope_and_link(statistics: Statistics) -> None:
    assert render("Số tổ: {{ so_lieu.so_to }}.", statistics) == f"<p>Số tổ: {FULL}.</p>"


def test_figure_is_old_once_the_content_is_younger_than_it_may_be(statistics: Statistics) -> None:
    last_day = datetime.date(2025, 9, 8)
    on_time = replace(statistics, known_day=last_day)
    assert render("Số tổ: {{ so_lieu.so_to }}.", on_time) == f"<p>Số tổ: {FULL}.</p>"
    late = replace(statistics, known_day=last_day + datetime.timedelta(days=1))
    old = FULL.replace(' hidden="hidden"', "")
    assert render("Số tổ: {{ so_lieu.so_to }}.", late) == f"<p>Số tổ: {old}.</p>"


def test_number_alone_keeps_its_note_for_those_who_ask(statistics: Statistics) -> None:
    html = render("{{ so_lieu.so_to dang=so }}", statistics)
    note = "theo bài báo ngày 8/9/2024, không ghi ngày số liệu; tỉnh Ninh Bình cũ"
    assert f'aria-label="Số liệu {note}"' in html
    assert f'title="{note}">ⓘ</a>' in html


def test_references_work_in_tables_and_emphasis(statistics: Statistics) -> None:
    html = render("| a |\n|---|\n| **{{ so_lieu.so_to }}** |\n", statistics)
    assert f"<td><strong>{FULL}</strong></td>" in html


@pytest.mark.parametrize("code", ["`{{ x }}`", "    {{ x }}", "```\n{{ x }}\n```"])
def test_code_is_left_alone(code: str, statistics: Statistics) -> None:
    assert "{{ x }}" in render(f"Chữ\n\n{code}\n", statistics)


def test_a_heading_is_named_by_its_own_words(statistics: Statistics) -> None:
    text = "## Số tổ {{ so_lieu.so_to }}\n\n## Số tổ {{ so_lieu.so_to }}\n\n## Có {#x}\n"
    document = parse(text)
    names = [(node.anchor, node.name) for node in document.walk() if isinstance(node, Heading)]
    assert names == [("so-to", "Số tổ"), ("so-to_1", "Số tổ"), ("x", "Có")]
    html = HtmlWriter(statistics).write(document)
    assert html.startswith(f'<h2 id="so-to">Số tổ {FULL}</h2>')


def test_an_unknown_figure_is_left_for_the_guard(statistics: Statistics) -> None:
    assert render("{{ so_lieu.so_toi }}", statistics) == "<p>{{ so_lieu.so_toi }}</p>"


def test_a_reference_is_parsed_with_its_arguments_in_any_order() -> None:
    expected = FigureLookup("a_b", datetime.date(2024, 8, 15), "tinh-cu", number_only=True)
    assert parse_reference(" so_lieu.a_b dang=so pham_vi=tinh-cu ngay=15/8/2024 ") == expected


def test_page_links_to_the_row_of_its_figure(site_project: Path) -> None:
    guide = site_project / "docs/guides/dinh-danh/kich-hoat.md"
    write(guide, FRONT + BODY + "\nSố tổ: {{ so_lieu.so_to }}.\n")
    build_site(site_project)
    site = build_site(site_project)  # again in this process: nothing may be left of the first
    page = (site / "guides/dinh-danh/kich-hoat/index.html").read_text()
    assert page.count('class="figure-note"') == 1
    anchor = "so_to--tinh-cu--2024-09-08"
    assert f'href="../../../so-lieu/#{anchor}"' in page
    assert f'id="{anchor}"' in (site / "so-lieu/index.html").read_text()


def test_braces_left_over_fail_the_build(
    site_project: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    template = site_project / "theme/about.html"
    write(template, template.read_text() + "{# #}{{ '{{ x }}' }}")
    main = site_project / "theme/base.html"
    write(main, main.read_text().replace("<body", "{{ '{{ x }}' }}<body", 1))
    with pytest.raises(SystemExit):
        build_site(site_project)
    assert "còn '{{ x }}' chưa được thay bằng số liệu" in caplog.text


def test_a_reference_inside_details_is_a_figure(statistics: Statistics) -> None:
    html = render(
        "<details>\n<summary>Số tổ</summary>\n{{ so_lieu.so_to }}\n</details>\n", statistics
    )
    assert html == (f"<details>\n<summary>Số tổ</summary>\n<p>{FULL}</p>\n</details>")


def test_old_figures_are_reported_and_stop_nothing(
    site_project: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level("INFO"):
        build_site(site_project)
    assert "2 con số đã cũ, trang tự ghi chú: dien_thoai, so_to" in caplog.text
