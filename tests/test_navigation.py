from pathlib import Path

from mkdocs.commands.build import build
from mkdocs.config import load_config
from support.project import BODY, FRONT, HOME, STORY_FRONT, write

from portal.checks import check_library
from portal.library.library import load_library
from portal.site.navigation import neighbours_of, outline
from portal.source.problems import errors


def test_outline_orders_guides_by_topic_and_keeps_empty_topics(project: Path) -> None:
    write(project / "docs/stories/lac-hien.md", STORY_FRONT)
    write(project / "docs/about.md", HOME.replace("Trang chủ", "Giới thiệu"))
    sections = outline(load_library(project))
    guides = "guides/dinh-danh/kich-hoat.md"
    assert sections[:4] == [
        {"Trang chủ": "index.md"},
        {
            "Hướng dẫn": [
                "guides/index.md",
                {"Định danh": ["guides/dinh-danh/index.md", guides]},
                {"Tránh lừa đảo": ["guides/an-toan/index.md"]},
            ]
        },
        {"Câu chuyện ở xóm": ["stories/index.md", "stories/lac-hien.md"]},
        {"Giới thiệu": "about.md"},
    ]
    assert {"Số liệu": "so-lieu.md"} in sections


def test_a_guide_shows_address_and_title_of_those_beside_it(project: Path) -> None:
    for slug, title in (("a", "A"), ("z", "Z")):
        front = FRONT.replace("Kích hoạt VNeID", title).replace("kich-hoat", slug)
        write(project / f"docs/guides/dinh-danh/{slug}.md", front + BODY)
    library = load_library(project)
    first, last = ("guides/dinh-danh/a/", "A"), ("guides/dinh-danh/z/", "Z")
    assert neighbours_of("guides/dinh-danh/kich-hoat.md", library) == (first, last)
    assert neighbours_of("guides/dinh-danh/z.md", library)[1] is None
    assert neighbours_of("index.md", library) == (None, None)


def test_a_page_that_an_editor_wrote_is_not_generated(project: Path) -> None:
    write(project / "docs/guides/an-toan/index.md", HOME.replace("Trang chủ", "Tránh lừa đảo"))
    uris = load_library(project).generated_pages
    assert "guides/dinh-danh/index.md" in uris
    assert "guides/an-toan/index.md" not in uris


def test_a_section_of_more_than_fifty_pages_goes_on_to_the_next_page(site_project: Path) -> None:
    front = FRONT.replace("[F1.14]", "[F1.14, F1.03]")
    for number in range(51):
        word = "".join(chr(ord("a") + int(digit)) for digit in f"{number:02}")
        page = front.replace("Kích hoạt VNeID", f"Bài {word}").replace("kich-hoat", f"bai-{word}")
        write(site_project / f"docs/guides/dinh-danh/bai-{word}.md", page + BODY)
    (site_project / "docs/guides/dinh-danh/kich-hoat.md").unlink()
    pages = load_library(site_project).generated_pages
    assert pages["guides/dinh-danh/trang-2.md"].part == 2
    assert "guides/dinh-danh/trang-3.md" not in pages
    configuration = site_project / "mkdocs.yml"
    site = site_project / "site"
    build(load_config(str(configuration), strict=True, site_dir=str(site)))
    first, second = (
        (site / f"guides/dinh-danh/{part}index.html").read_text(encoding="utf-8")
        for part in ("", "trang-2/")
    )
    assert 'href="trang-2/"' in first
    assert 'href="../"' in second
    assert [page.count("<b>Bài ") for page in (first, second)] == [50, 1]
    listed = (site / "guides/index.html").read_text(encoding="utf-8")
    assert '<a href="dinh-danh/"><b>Xem cả 51 bài</b></a>' in listed


def test_a_link_may_lead_to_any_page_that_is_made(project: Path) -> None:
    for number in range(51):
        word = "".join(chr(ord("a") + int(digit)) for digit in f"{number:02}")
        story = STORY_FRONT.replace("Tổ thôn Lạc Hiền", f"Tổ {word}")
        write(project / f"docs/stories/to-{word}.md", f"{story}\nTổ đã đi từng nhà.\n")
    places = "old_kind,old_name,district,new_kind,new_name,fact\nxã,A,huyện B,xã,C,F1.14\n"
    write(project / "data/places.csv", places)
    uris = load_library(project).generated_uris
    links = "".join(f"[Trang {uri}]({uri})\n" for uri in sorted(uris))
    write(project / "docs/index.md", f"{HOME}\n{links}")
    assert {"stories/trang-2.md", "toi-o-dau/huyen-b.md", "so-lieu.md"} <= uris
    assert errors(check_library(load_library(project))) == []
