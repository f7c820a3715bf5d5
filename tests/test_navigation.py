from pathlib import Path

from conftest import HOME, STORY_FRONT, write

from portal.library import load_library
from portal.navigation import generated_pages, outline


def test_outline_orders_guides_by_topic_and_keeps_empty_topics(project: Path) -> None:
    write(project / "docs/stories/lac-hien.md", STORY_FRONT)
    write(project / "docs/about.md", HOME.replace("Trang chủ", "Giới thiệu"))
    sections = outline(load_library(project))
    guides = "guides/dinh-danh/kich-hoat.md"
    assert sections[:5] == [
        {"Trang chủ": "index.md"},
        {
            "Hướng dẫn": [
                "guides/index.md",
                {"Định danh": ["guides/dinh-danh/index.md", guides]},
                {"Tránh lừa đảo": ["guides/an-toan/index.md"]},
            ]
        },
        {"Câu chuyện": ["stories/index.md", "stories/lac-hien.md"]},
        {"Số liệu": "so-lieu.md"},
        {"Giới thiệu": "about.md"},
    ]


def test_a_page_that_an_editor_wrote_is_not_generated(project: Path) -> None:
    write(project / "docs/guides/an-toan/index.md", HOME.replace("Trang chủ", "Tránh lừa đảo"))
    uris = [page.uri for page in generated_pages(load_library(project))]
    assert "guides/dinh-danh/index.md" in uris
    assert "guides/an-toan/index.md" not in uris
