from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config
from support.builds import build_site
from support.project import REPOSITORY, STATISTICS, STORY_FRONT, write

from portal.drawn.cards import Headline
from portal.drawn.paper.sources import booklets_of, handouts_of
from portal.library.library import Library, load_library
from portal.library.published_addresses import ShareLink, share_link
from portal.library.site_identity import Site
from portal.library.statistics import Statistics
from portal.library.statistics_package import load_statistics
from portal.site.sharing import SharedPage, card_content, card_path, describe, gaps_of, shared_page

SITE = Site(
    "Kỹ năng số", "Cho bà con", "https://x.vn/", headline="so_lieu.dinh_danh_da_cap", mark="<g/>"
)
GUIDE, STORY = "guides/dinh-danh/kich-hoat.md", "stories/lac-hien.md"


@pytest.fixture
def library(project: Path) -> Library:
    write(project / "docs/stories/lac-hien.md", STORY_FRONT)
    return load_library(project)


def page_of(library: Library, uri: str) -> SharedPage:
    source = library.by_uri[uri]
    meta = {**source.meta, "description": source.meta["summary"]}
    return shared_page(uri, source.url, meta, library)


DRAFT = "Bản dựng thử, chưa có đơn vị vận hành."
UNOFFICIAL = "Không phải trang chính thức của cơ quan nhà nước."


@pytest.mark.parametrize(
    ("operator", "is_official", "standing"),
    [
        ("", False, f"{DRAFT} {UNOFFICIAL}"),
        ("Hội X", False, f"Do Hội X vận hành. {UNOFFICIAL}"),
        ("Sở X", True, "Do Sở X vận hành."),
    ],
)
def test_site_says_who_runs_it_and_whether_it_is_official(
    operator: str, is_official: bool, standing: str
) -> None:
    site = dataclasses.replace(SITE, operator=operator, is_official=is_official)
    assert site.standing == standing


def test_card_of_a_guide_shows_its_topic(library: Library) -> None:
    card = card_content(page_of(library, GUIDE), SITE, Statistics())
    assert (card.title, card.label, card.colour, card.icon, card.place) == (
        "Kích hoạt VNeID", "Định danh", "#1f5fa8", "material/card", "",
    )  # fmt: skip


def test_card_of_a_story_shows_where_it_is_now(library: Library) -> None:
    card = card_content(page_of(library, STORY), SITE, Statistics())
    assert (card.label, card.place) == ("Câu chuyện ở xóm", "xã Yên Mô")


def test_card_of_the_home_page_shows_what_the_site_is(library: Library) -> None:
    card = card_content(page_of(library, "index.md"), SITE, Statistics())
    assert (card.title, card.summary) == ("Cho bà con", "Hướng dẫn cho bà con.")


def test_card_of_the_statistics_shows_a_dated_figure() -> None:
    page = SharedPage("so-lieu.md", "so-lieu/", "Số liệu", "Có nguồn.")
    statistics = load_statistics(STATISTICS)[0]
    assert card_content(page, SITE, statistics).figure == Headline(
        "808.810",
        "Tài khoản định danh điện tử đã cấp (đến ngày 15/8/2024; tỉnh Ninh Bình cũ)",
    )
    assert card_content(page, dataclasses.replace(SITE, headline="x"), statistics).figure is None


def test_path_of_a_card_carries_page_and_content(library: Library) -> None:
    path = card_path(page_of(library, GUIDE), "0123456789abcdef")
    assert path == "assets/cards/guides-dinh-danh-kich-hoat-0123456789ab.png"
    assert card_path(page_of(library, "index.md"), "0" * 16) == (
        "assets/cards/trang-chu-000000000000.png"
    )


def test_metadata_leads_from_home_to_the_page(library: Library) -> None:
    metadata = describe(page_of(library, GUIDE), SITE, "c.png")
    assert [(crumb.title, crumb.url) for crumb in metadata.trail] == [
        ("Trang chủ", "https://x.vn/"),
        ("Chủ đề", "https://x.vn/guides/"),
        ("Định danh", "https://x.vn/guides/dinh-danh/"),
        ("Kích hoạt VNeID", "https://x.vn/guides/dinh-danh/kich-hoat/"),
    ]
    assert metadata.image.url == "https://x.vn/c.png"
    assert [crumb.title for crumb in describe(page_of(library, STORY), SITE, "").trail] == [
        "Trang chủ", "Câu chuyện ở xóm", "Tổ thôn Lạc Hiền",
    ]  # fmt: skip
    assert describe(page_of(library, "index.md"), SITE, "").trail == ()


def test_message_is_title_one_line_and_short_link(library: Library) -> None:
    assert share_link(library.by_uri[GUIDE], SITE) == ShareLink(
        "https://x.vn/kich-hoat/",
        "Kích hoạt VNeID\nLàm trên điện thoại của bà con.\nhttps://x.vn/kich-hoat/",
        "assets/qr/guides-dinh-danh-kich-hoat.svg",
    )
    assert share_link(library.by_uri[GUIDE], SITE).spoken_url == "x.vn/kich-hoat"


def test_page_without_a_short_link_is_sent_by_its_address(library: Library) -> None:
    assert share_link(library.by_uri[STORY], SITE).url == "https://x.vn/stories/lac-hien/"


def test_gaps_of_a_preview_are_named(library: Library) -> None:
    assert list(gaps_of(page_of(library, GUIDE))) == []
    assert list(gaps_of(page_of(library, STORY))) == ["chưa có đường dẫn ngắn (shortlink)"]
    bare = SharedPage("x.md", "x/", "Chào 👋", "")
    assert list(gaps_of(bare)) == ["chưa có tóm tắt (summary)", "ảnh không vẽ được ký tự 👋"]


def test_handout_names_its_numbers_and_leads_back_to_the_site(project: Path) -> None:
    guide = project / "docs/guides/dinh-danh/kich-hoat.md"
    links = (
        "Gọi [1900 0368](tel:19000368) hay [số lạ](tel:1), gấp thì [113](tel:113)."
        " Xem [bài](kich-hoat.md#a), [x](x.png)."
    )
    guide.write_text(f"{guide.read_text()}{links}\n")
    write(
        project / "data/contacts.yml",
        "phones:\n  - {id: vneid, name: Tổng đài, number: 1900 0368, tel: '19000368', for: x}\n"
        "  - {id: cong-an, name: Công an, number: '113', tel: '113', for: x}\n",
    )
    library = load_library(project)
    handouts = handouts_of(library, SITE, {})
    (sheet,) = handouts.values()
    assert list(handouts) == ["to-roi/dinh-danh/kich-hoat.pdf"]
    assert [(each.number, each.name, each.cost) for each in sheet.hotlines] == [
        ("1900 0368", "Tổng đài", "cước gọi chưa rõ"),
        ("số lạ", "", ""),
        ("113", "Công an", ""),
    ]
    assert sheet.links == (("kich-hoat.md#a", "https://x.vn/guides/dinh-danh/kich-hoat/"),)
    assert sheet.address == "https://x.vn/kich-hoat/"
    booklets = booklets_of(library, SITE, handouts)
    assert {path: each.handouts for path, each in booklets.items()} == {
        "to-roi/dinh-danh.pdf": (sheet,)
    }
    assert booklets["to-roi/dinh-danh.pdf"].address == "https://x.vn/guides/dinh-danh/"


def test_every_guide_is_linked_to_its_handout_and_every_topic_to_its_booklet(
    site_project: Path,
) -> None:
    site = build_site(site_project)
    guide = (site / "guides/dinh-danh/kich-hoat/index.html").read_text()
    assert 'href="../../../to-roi/dinh-danh/kich-hoat.pdf"' in guide
    assert 'href="../../to-roi/dinh-danh.pdf"' in (site / "guides/dinh-danh/index.html").read_text()
    assert ".pdf" not in (site / "guides/an-toan/index.html").read_text()
    for name in ("dinh-danh/kich-hoat.pdf", "dinh-danh.pdf"):
        assert (site / "to-roi" / name).read_bytes().startswith(b"%PDF-")


def test_another_address_draws_no_card_and_no_picture_anew(
    site_project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A preview has an address of its own; only paper and QR codes name it."""

    def kept() -> dict[str, set[str]]:
        folders = ("cards", "icons", "images", "paper", "qr")
        cache = site_project / ".cache"
        return {name: {each.name for each in (cache / name).glob("*")} for name in folders}

    build_site(site_project)
    before = kept()
    monkeypatch.setenv("SITE_URL", "https://xem-thu.example.vn/")
    build_site(site_project)
    after = kept()
    assert {name for name in after if after[name] != before[name]} == {"paper", "qr"}


def test_preview_of_all_cards_exists_only_under_serve(site_project: Path) -> None:
    assert not (build_site(site_project) / "_share-check").exists()
    served = site_project / "served"
    config = load_config(str(site_project / "mkdocs.yml"), site_dir=str(served))
    build(config, serve_url="http://127.0.0.1:8000/")
    page = (served / "_share-check/index.html").read_text()
    assert page.count('width="1200" height="630"') == len(list(served.rglob("assets/cards/*.png")))
    assert "Kích hoạt VNeID" in page


def test_share_script_is_light() -> None:
    import brotli

    from portal.site.scripts import minify_script

    source = (REPOSITORY / "theme/assets/js/share.js").read_text()
    assert len(brotli.compress(minify_script(source).encode())) <= 2_000
