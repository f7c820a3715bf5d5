import datetime
from pathlib import Path

import pytest
from conftest import BODY, FRONT, write
from markdown import Markdown
from test_build import build_site

from portal.figures import FigureExtension, Reference, parse_reference, resolve_text
from portal.statistics import Statistics
from portal.statistics_package import load_statistics


@pytest.fixture
def statistics(project: Path) -> Statistics:
    return load_statistics(project / "data/statistics")[0]


FULL = (
    '<span class="figure"><data value="1679">1.679</data> <a class="figure-note" '
    'href="/so-lieu.md#so_to--tinh-cu--2024-09-08">(theo bài báo ngày 8/9/2024, không ghi ngày số '
    'liệu; tỉnh Ninh Bình (cũ))</a><span data-stale-after="2025-09-08"><span class="stale-note" '
    'hidden="hidden"> Số liệu đã cũ.</span></span></span>'
)


def render(text: str, statistics: Statistics) -> str:
    return Markdown(extensions=[FigureExtension(statistics), "tables", "toc"]).convert(text)


def test_reference_becomes_number_date_scope_and_link(statistics: Statistics) -> None:
    assert render("Số tổ: {{ so_lieu.so_to }}.", statistics) == f"<p>Số tổ: {FULL}.</p>"


def test_number_alone_keeps_its_note_for_those_who_ask(statistics: Statistics) -> None:
    html = render("{{ so_lieu.so_to dang=so }}", statistics)
    note = "theo bài báo ngày 8/9/2024, không ghi ngày số liệu; tỉnh Ninh Bình (cũ)"
    assert f'aria-label="Số liệu {note}"' in html
    assert f'title="{note}">ⓘ</a>' in html


def test_references_work_in_tables_and_emphasis(statistics: Statistics) -> None:
    html = render("| a |\n|---|\n| **{{ so_lieu.so_to }}** |\n", statistics)
    assert f"<td><strong>{FULL}</strong></td>" in html


@pytest.mark.parametrize("code", ["`{{ x }}`", "    {{ x }}", "```\n{{ x }}\n```"])
def test_code_is_left_alone(code: str, statistics: Statistics) -> None:
    md = Markdown(extensions=[FigureExtension(statistics), "fenced_code"])
    assert "{{ x }}" in md.convert(f"Chữ\n\n{code}\n")


def test_a_reference_is_parsed_with_its_arguments_in_any_order() -> None:
    expected = Reference("a_b", datetime.date(2024, 8, 15), "tinh-cu", number_only=True)
    assert parse_reference(" so_lieu.a_b dang=so pham_vi=tinh-cu ngay=15/8/2024 ") == expected


def test_plain_text_gets_the_figure_with_its_note(statistics: Statistics) -> None:
    text = "Có {{ so_lieu.so_to dang=so }} tổ, {{ so_lieu.dien_thoai pham_vi=tinh-moi }}"
    assert resolve_text(text, statistics) == (
        "Có 1.679 tổ, 83,95% (đến ngày 30/6/2026; tỉnh Ninh Bình)"
    )


def test_page_links_to_the_row_of_its_figure(site_project: Path) -> None:
    guide = site_project / "docs/guides/dinh-danh/kich-hoat.md"
    write(guide, FRONT + BODY + "\nSố tổ: {{ so_lieu.so_to }}.\n")
    site = build_site(site_project)
    page = (site / "guides/dinh-danh/kich-hoat/index.html").read_text()
    anchor = "so_to--tinh-ninh-binh-cu--2024-09-08"
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
    assert "còn dấu {{ chưa được thay bằng số liệu" in caplog.text
