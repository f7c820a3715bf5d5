"""Evenings, place finder, glossary and teams as readers meet them, also without JavaScript."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from support.browser.server import SiteServer, wait_until
from support.floor import EVENING

pytestmark = pytest.mark.browser
PART = "[data-part='guides/dinh-danh/cai-may.md']"


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 360, "height": 800})
    yield context.new_page()
    context.close()


@pytest.fixture
def bare_page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(java_script_enabled=False)
    yield context.new_page()
    context.close()


def rows(page: Page) -> list[str]:
    """Return "former place → place of today" of the rows that are shown."""
    return page.eval_on_selector_all(
        ".places tbody tr",
        """rows => rows.filter(row => row.offsetParent).map(row =>
            row.cells[0].firstChild.textContent.trim() + ' → '
            + row.querySelector('b').textContent)""",
    )


BINH_MY = [
    "thị trấn Bình Mỹ → xã Bình Mỹ",
    "xã Đồn Xá → xã Bình Mỹ",
    "xã La Sơn → xã Bình Mỹ",
]
KHANH_HOA = ["xã Khánh Hòa → phường Đông Hoa Lư", "xóm Chùa → phường Đông Hoa Lư"]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("khanh hoa", KHANH_HOA),
        ("Thượng Kiệm", ["xã Thượng Kiệm → xã Phát Diệm", "phố Thượng Kiệm → xã Phát Diệm"]),
        ("xom chua khanh hoa yen khanh", ["xóm Chùa → phường Đông Hoa Lư"]),
        ("thon lac hien", ["thôn Lạc Hiền → xã Yên Mô"]),
        ("Xã Yên Hòa, huyện Yên Mô", ["xã Yên Hòa → xã Yên Mô", "thôn Lạc Hiền → xã Yên Mô"]),
        (
            "định hoá",
            ["xã Định Hóa → xã Định Hóa", "xã Kim Tân → xã Định Hóa", "xã Văn Hải → xã Định Hóa"],
        ),
        ("khanh cu", ["xã Khánh Cư → xã Yên Khánh", "xã Khánh Cường → xã Khánh Thiện"]),
        ("Xã Khánh Cư (cũ), huyện Yên Khánh cũ", ["xã Khánh Cư → xã Yên Khánh"]),
        ("khanh hoa cu huyen yen khanh cu, xom chua", ["xóm Chùa → phường Đông Hoa Lư"]),
        ("xa khanh phu cu", ["xã Khánh Phú → phường Đông Hoa Lư"]),
        ("ninh phuc", ["phường Ninh Phúc → phường Đông Hoa Lư"]),
        ("Khánh Hòa, Yên Khánh, Ninh Bình", KHANH_HOA),
        ("tt binh my, binh luc, ha nam", BINH_MY),
    ],
)
def test_places_are_found_without_accents(
    page: Page, server: SiteServer, typed: str, found: list[str]
) -> None:
    look_for_place(page, server, typed)
    assert rows(page) == found


def look_for_place(page: Page, server: SiteServer, typed: str) -> None:
    page.goto(f"{server.url}toi-o-dau/")
    page.fill("#ten-cu", typed)
    wait_until(page, "document.querySelector('.finder-status').textContent")


def test_the_other_communes_of_a_name_stand_beside_the_one_asked_for(
    page: Page, server: SiteServer
) -> None:
    look_for_place(page, server, "thanh son kim bang")
    assert rows(page) == [
        "xã Thanh Sơn → phường Lý Thường Kiệt",
        "xã Thanh Sơn → xã Thanh Sơn",
    ]
    assert page.inner_text(".finder-status") == "Có một nơi:"
    assert page.inner_text(".places tbody tr:nth-child(2) td small") == "Trùng tên, ở huyện khác."


def test_a_divided_unit_is_answered_as_parts(page: Page, server: SiteServer) -> None:
    look_for_place(page, server, "gia tan gia vien")
    assert page.inner_text(".places tbody td").split("\n") == [
        "Một phần: phường Tây Hoa Lư",
        "Một phần: xã Gia Vân",
        "Hỏi Ủy ban nhân dân xem thôn, tổ của mình về nơi nào.",
    ]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("xóm 6 khánh hòa", ["xã Khánh Hòa → phường Đông Hoa Lư"]),
        ("xom 6 xa khanh hoa huyen yen khanh", ["xã Khánh Hòa → phường Đông Hoa Lư"]),
        ("pho nam dan phat diem", ["thị trấn Phát Diệm → xã Phát Diệm"]),
    ],
)
def test_an_unknown_hamlet_is_found_by_its_commune(
    page: Page, server: SiteServer, typed: str, found: list[str]
) -> None:
    look_for_place(page, server, typed)
    assert rows(page) == found
    assert page.inner_text(".finder-status") == (
        "Chưa có dữ liệu về thôn, xóm, phố này. "
        "Theo tên xã, thị trấn thì có (bà con xem đúng huyện chưa):"
    )
    assert page.locator(".places .exact").count() == 0


def test_a_former_district_shows_all_its_units(page: Page, server: SiteServer) -> None:
    look_for_place(page, server, "huyện kim sơn")
    assert len(rows(page)) == 6


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("xyzt", "Không có tên này trong bảng. Bà con xem lại chữ, hoặc chọn huyện cũ ở dưới."),
        ("Ninh Bình", "Đó là tên tỉnh. Bà con gõ tên xã, hoặc chọn huyện cũ ở dưới."),
    ],
)
def test_what_is_not_in_the_table_is_said_to_be(
    page: Page, server: SiteServer, typed: str, answer: str
) -> None:
    look_for_place(page, server, typed)
    assert page.inner_text(".finder-status") == answer
    assert rows(page) == []
    page.fill("#ten-cu", "")
    wait_until(page, "!document.querySelector('.finder-status').textContent")


def test_the_table_comes_when_asked_for_and_its_lack_is_said(
    page: Page, server: SiteServer
) -> None:
    asked = list[str]()
    page.route("**/places.json", lambda route: (asked.append(route.request.url), route.abort()))
    page.goto(f"{server.url}toi-o-dau/")
    expect(page.locator("#ten-cu")).to_be_visible()  # its script has come
    assert asked == []
    page.fill("#ten-cu", "khanh hoa")
    expect(page.locator(".finder-status")).to_have_text(
        "Chưa tải được bảng. Bà con chọn huyện cũ ở dưới, hoặc thử lại khi có mạng."
    )


def test_places_read_without_javascript(bare_page: Page, server: SiteServer) -> None:
    bare_page.goto(f"{server.url}toi-o-dau/")
    assert not bare_page.is_visible("#ten-cu")
    bare_page.click("text=Huyện Yên Mô")
    text = bare_page.inner_text("main")
    assert "Tên thôn có thể đã đổi trong năm 2026." in text
    assert "Bảng theo: " in text


def test_progress_stays_on_the_phone(page: Page, server: SiteServer) -> None:
    page.goto(server.url + EVENING)
    page.check(PART)
    page.check("[data-part='Tự mở Cài đặt.']")
    expect(page.locator(".path-progress")).to_have_text("Xong 2/4 phần, ghi nhớ trên máy này")
    page.reload()
    page.wait_for_selector(f"{PART}:checked")
    page.goto(f"{server.url}buoi-hoc/")
    expect(page.locator(".done:not([hidden])")).to_have_text("Xong 2/4 phần")


@pytest.mark.parametrize("kept", ["{", "null", "3", '{"a": 1}'])
def test_damaged_progress_counts_as_none(page: Page, server: SiteServer, kept: str) -> None:
    page.goto(f"{server.url}buoi-hoc/")
    page.evaluate("kept => localStorage.setItem('evening:lam-quen', kept)", kept)
    errors = list[str]()
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(server.url + EVENING)
    page.check(PART)
    expect(page.locator(".path-progress")).to_have_text("Xong 1/4 phần, ghi nhớ trên máy này")
    assert errors == []


def test_questions_open_without_javascript(bare_page: Page, server: SiteServer) -> None:
    bare_page.goto(server.url + EVENING)
    assert bare_page.locator(".questions details").count() == 5
    answer = bare_page.locator(".questions details").first
    assert not answer.locator("p").is_visible()
    answer.locator("summary").click()
    assert answer.locator("p").inner_text().startswith("B. App Store.")
    assert not bare_page.locator("input[type=checkbox]").first.is_visible()


def test_sheet_is_a_pdf_on_the_site(page: Page, server: SiteServer) -> None:
    page.goto(server.url + EVENING)
    link = page.get_attribute("a.button[href$='.pdf']", "href")
    response = page.request.get(server.url + EVENING + str(link))
    assert response.body().startswith(b"%PDF-")


def test_topics_choose_by_what_readers_want(page: Page, server: SiteServer) -> None:
    page.goto(f"{server.url}guides/an-toan/")
    first = page.locator(".cards a").first
    assert first.inner_text() == "…biết phải làm gì khi lỡ bấm\nLỡ bấm link lạ"
