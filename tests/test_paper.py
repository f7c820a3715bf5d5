"""Sheets of paper: what stands on them, read back from the files as people read and hear them."""

from __future__ import annotations

import ast
import dataclasses
import datetime
import hashlib
import subprocess
import sys
import unicodedata
from pathlib import Path

import pypdfium2
import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config
from PIL import Image
from support.golden_images import assert_looks_like
from support.paper import codes_on, draw, page_texts, pages_of, pieces, spoken_text, text_of
from support.project import BODY as GUIDE_BODY
from support.project import FRONT, REPOSITORY, write

from portal.document.parser import parse
from portal.drawn.drawing_cache import DRAWING_CODE
from portal.drawn.paper.compiler import compile_pdf, sheet_key
from portal.drawn.paper.evening_sheets import EveningSheet
from portal.drawn.paper.guide_text import PaperLinks, printed_sections, to_printable
from portal.drawn.paper.handouts import Booklet, GuidePicture, Handout, Hotline, Imprint
from portal.drawn.paper.length import check_length
from portal.drawn.paper.stamp_cards import StampCards
from portal.drawn.paper.story_forms import StoryForm
from portal.library.learning_paths import LearningPath, Lesson, Question, Scene, Speech, TakeHome
from portal.library.library import load_library
from portal.library.team import Team, load_team
from portal.library.team_stories import QUESTIONS
from portal.source.problems import Severity

STANDING = (
    "Bản dựng thử, chưa có đơn vị vận hành. Không phải trang chính thức của cơ quan nhà nước."
)
LONG_STANDING = (
    "Do Trung tâm Chuyển đổi số tỉnh Ninh Bình thuộc Sở Khoa học và Công nghệ tỉnh Ninh Bình "
    "vận hành. Không phải trang chính thức của cơ quan nhà nước."
)
SITE = "Kỹ năng số Ninh Bình"
ADDRESS = "https://kynangso.example.vn/kich-hoat/"
BODY = """\
## Cần có trước

- Thẻ căn cước.
- Điện thoại có mạng.

## Mất bao lâu, mất tiền không

Vài phút. Tiền: chưa rõ, hãy hỏi trước.

## Các bước

1. Mở **VNeID**, bấm **Kích hoạt**.
2. Gõ số định danh, 12 số in trên thẻ.
3. Gõ `DK` gửi `156`.

## Làm xong thấy gì

Máy hiện trang chính.

## Hay vướng

- Không nhận được mã → xem máy có sóng không.

## Coi chừng

- Không đọc mã OTP cho ai.

## Vẫn không được

Gọi [1900 0368](tel:19000368), hoặc đến Công an xã.
"""
URGENT = "## Làm ngay\n\n1. Dừng chuyển tiền.\n2. **Gọi ngân hàng** theo số sau thẻ.\n\n" + BODY
MIDDLE = BODY.replace("sóng không.", "sóng không. " + "Chờ một lúc rồi thử lại nhé. " * 40)
LONG = (
    "## Các bước\n\n"
    + "".join(f"{n}. Bước số {n}: mở màn hình, đọc cho kỹ rồi bấm.\n" for n in range(1, 71))
    + "\n## Vẫn không được\n\nHỏi tổ.\n"
)
LONG_HOTLINE = Hotline(
    "1900 9068", "Bảo hiểm xã hội Việt Nam", "1.000 đồng/phút (theo BHXH Hải Phòng, tháng 2/2026)"
)
TEAM = Team("Tổ công nghệ số cộng đồng thôn Lạc Hiền", "0900 000 000")
PICTURE = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 328 384" font-family=\'system-ui,'
    '"Noto Sans"\'><rect width="328" height="384" fill="#e6eeea"/><text x="9" y="40">Ễ ●</text>'
    "</svg>"
)
PICTURED_STEP = '**Kích hoạt**.\n   ![Màn hình VNeID](a.svg "Hình minh họa")\n\n   '
PICTURED = BODY.replace("**Kích hoạt**.", PICTURED_STEP.rstrip())


def handout(text: str, **changes: object) -> Handout:
    sheet = Handout(
        title="Kích hoạt tài khoản VNeID",
        address=ADDRESS,
        imprint=Imprint(SITE, STANDING),
        topic="Định danh VNeID",
        colour="#1f5fa8",
        audience="Người đã làm định danh mức 2 tại Công an.",
        hotlines=(Hotline("1900 0368", "Tổng đài VNeID", "cước gọi chưa rõ"),),
        reviewed=datetime.date(2026, 11, 24),
        document=parse(text),
    )
    return dataclasses.replace(sheet, **changes)


def evening() -> EveningSheet:
    path = LearningPath(
        number=1,
        id="dien-thoai",
        title="Điện thoại của tôi",
        summary="Làm quen.",
        aim="Bà con tự làm được.",
        minutes=80,
        arrival_minutes=10,
        lessons=(
            Lesson("guides/a.md", 10, 15, ("Làm chữ to thêm.",), 1),
            Lesson("guides/b.md", 10, 20, ("Vào Wi-Fi.",), 1),
        ),
        break_minutes=5,
        check_minutes=10,
        prepare=("Máy đã sạc.", "Wi-Fi."),
        take_home=(TakeHome("guides/c.md", 1),),
        scenes=(Scene("Màn 1: xin mã", (Speech("Người gọi giả", "Đọc mã đi."),), "Tắt máy."),),
        questions=(Question("Ai?", ("Tôi", "Con cháu"), 0, "Vì thế.", (), 1),),
        line=1,
        minutes_line=1,
    )
    titles = ("Phóng to chữ", "Kết nối Wi-Fi"), ("Gõ tiếng Việt",)
    return EveningSheet(path, *titles, "https://x.vn/buoi-hoc/", Imprint(SITE, STANDING))


@pytest.fixture(scope="module")
def svg(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("pictures") / "a.svg"
    file.write_text(PICTURE, encoding="utf-8")
    return file


@pytest.fixture(scope="module")
def photo(svg: Path) -> Path:
    file = svg.with_name("b.jpg")
    Image.new("RGB", (800, 600), "#a03000").save(file)
    return file


@pytest.fixture(scope="module")
def drawn(svg: Path, photo: Path) -> dict[str, bytes]:
    """All sheets of these tests, drawn at once: starting the processes takes the longest."""
    short, urgent, long = handout(BODY), handout(URGENT, title="Lỡ chuyển tiền"), handout(LONG)
    pictures = (GuidePicture("a.svg", "a", svg), GuidePicture("b.jpg", "b", photo))
    photo_body = PICTURED.replace("a.svg", "b.jpg")
    sheets = {
        "short": short,
        "again": short,
        "middle": handout(MIDDLE),
        "urgent": urgent,
        "long": long,
        "pictured": handout(PICTURED, drawings=pictures),
        "many pictures": handout(
            MIDDLE.replace("**Kích hoạt**.", PICTURED_STEP * 12), drawings=pictures
        ),
        "photo": handout(photo_body, drawings=pictures),
        "booklet": Booklet(
            "Định danh",
            "Mở ra dùng.",
            "material/cellphone-cog",
            ADDRESS + "x/",
            (short, urgent, long),
        ),
        "evening": evening(),
        "cards": StampCards(
            ("Giữ mình trước kẻ lừa",) * 8, "https://x.vn/buoi-hoc/", Imprint(SITE, STANDING)
        ),
        "form": StoryForm(
            tuple(QUESTIONS.items()), "https://x.vn/stories/", Imprint(SITE, STANDING), "#TK3QA"
        ),
        "team": handout(
            BODY,
            imprint=Imprint(SITE, LONG_STANDING, TEAM.name, TEAM.phone),
            hotlines=(LONG_HOTLINE, Hotline("156")),
        ),
        "paragraph": handout("## Các bước\n\n" + "Một đoạn rất dài không xuống dòng. " * 900),
        "word": handout("## Các bước\n\n1. " + "A" * 3000),
        "title": handout(BODY, title="Tên bài " * 40, audience="Bà con " * 60),
        "empty": handout("", hotlines=()),
        "untitled": handout("Chào", title="👋"),
        "kinds": handout(KINDS),
        "frame": handout(FRAME),
        "linked": handout(
            "Xem [bài này nhé](a.md) rồi **làm** theo. " * 60, links=(("a.md", ADDRESS),)
        ),
        "figures": handout(
            "{{ so_lieu.a }} và `{{ so_lieu.a }}`, {{ so_lieu.b }}",
            figures=((" so_lieu.a ", "83,95%"),),
        ),
    }
    return draw(sheets)


KINDS = """\
Mở đầu *nghiêng*.

### Nhỏ

> Lời báo

| Gói | Giá |
|---|---|
| A | 10 đồng |

Tổ
:   Nhóm ở thôn

![hình](khong-co.png)

Gửi 🎉 NGUYỄN Ễ Ợ Ử ẪỘẶ → [bài](a.md), [ngoài](https://x.vn/).
"""
FRAME = """\
## Các bước

1. Gõ mã BHTN, soạn đúng như mẫu:

    ```
    LD (số gọi đến) (nội dung)
    # giả danh công an
    - đòi chuyển tiền
    ```

2. Bấm **Gửi**.

Hỏi ở:<BR>
Nhà văn hóa xóm Đình
""".replace("<BR>", "  ")


def section_texts(body: str) -> list[tuple[str, str]]:
    return [
        (str(each["title"]), str(each["kind"]))
        for each in printed_sections(parse(body), PaperLinks())
    ]


def test_sections_are_known_by_their_anchors() -> None:
    assert section_texts(URGENT) == [
        ("Làm ngay", "urgent"),
        ("Cần có trước", "needs"),
        ("Mất bao lâu, mất tiền không", "time"),
        ("Các bước", "steps"),
        ("Làm xong thấy gì", "done"),
        ("Hay vướng", "snags"),
        ("Coi chừng", "beware"),
        ("Vẫn không được", "help"),
    ]
    assert section_texts("Mở đầu\n\n## Khác\n\nx\n\n## Trống\n") == [("", ""), ("Khác", "")]


@pytest.mark.parametrize(
    ("body", "block"),
    [
        ("Chào\nbà con.", {"k": "p", "c": [["text", "Chào "], ["text", "bà con."]]}),
        ("Một  \nhai", {"k": "p", "c": [["text", "Một"], ["br", ""], ["text", "hai"]]}),
        ("3. **A**", {"k": "list", "first": 3, "items": [[{"k": "p", "c": [["strong", "A"]]}]]}),
        (
            "[115](tel:115) [x](y.md)",
            {"k": "p", "c": [["a", "115 ", "tel:115"], ["text", "x"]]},
        ),
        ("[x](a.md)", {"k": "p", "c": [["a", "x", "https://x.vn/a/"]]}),
        ("`a < b`", {"k": "p", "c": [["code", "a < b"]]}),
        ("```\n- a\n  b\n```", {"k": "pre", "lines": ["- a", "  b"]}),
        (
            "| A |\n|---|\n| x |",
            {"k": "table", "rows": [[[["text", "A"]]], [{"c": [["text", "x"]]}]]},
        ),
        ("> a", {"k": "quote", "c": [{"k": "p", "c": [["text", "a"]]}]}),
        ("{{ x }}", {"k": "p", "c": [["text", "12"]]}),
        ("{{ y }}", {"k": "p", "c": [["text", "{{ y }}"]]}),
    ],
)
def test_block_is_read_as_the_page_shows_it(body: str, block: dict[str, object]) -> None:
    links = PaperLinks({"a.md": "https://x.vn/a/"}, {}, {" x ": "12"})
    (section,) = printed_sections(parse(body), links)
    assert section["blocks"] == [block]


def test_sign_stands_out_from_its_remedy_where_people_are_stuck() -> None:
    (section,) = printed_sections(parse("## Hay vướng\n\n- Mất mã → **gọi**.\n"), PaperLinks())
    (item,) = section["blocks"][0]["items"]
    assert item == [
        {"k": "p", "c": [["strong", "Mất mã "], ["text", "→ "], ["strong", "gọi"], ["text", "."]]}
    ]


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("gọi 1900 0368", "gọi 1900\u00a00368"),
        ("tháng 2/2026, mức 2, Điều 13", "tháng\u00a02/2026, mức\u00a02, Điều\u00a013"),
        ("a 🎉 → ✓ b", "a  → ✓ b"),
        (unicodedata.normalize("NFD", "Ễ ộ"), "Ễ ộ"),
        ("1\u20112", "1-2"),
    ],
)
def test_what_is_printed_of_a_text(text: str, printed: str) -> None:
    assert to_printable(text) == printed


def test_picture_stands_beside_its_section_and_an_adornment_nowhere() -> None:
    links = PaperLinks(drawings={"a.svg": "<svg/>"})
    (section,) = printed_sections(parse('1. Mở ![Hình](a.svg "Ghi chú")'), links)
    assert section["pictures"] == [{"svg": "<svg/>", "alt": "Hình", "note": "Ghi chú"}]
    assert printed_sections(parse("![](a.svg){.trang-tri}"), links) == []


def test_drawing_of_several_screens_is_parted() -> None:
    root = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="{}"/>'
    drawing = root.format('0 0 316 200" data-parts="0 90.5 96.5 200')
    (section,) = printed_sections(
        parse("![Hai màn hình](a.svg)"), PaperLinks(drawings={"a.svg": drawing})
    )
    assert section["pictures"] == [
        {"svg": root.format("0 0 316 90.5"), "alt": "Hai màn hình (màn hình 1)", "note": ""},
        {"svg": root.format("0 96.5 316 103.5"), "alt": "Hai màn hình (màn hình 2)", "note": ""},
    ]


def test_short_guide_takes_one_side(drawn: dict[str, bytes]) -> None:
    (text,) = page_texts(drawn["short"])
    for expected in (
        "Kích hoạt tài khoản VNeID",
        "Dành cho ai: Người đã làm định danh mức 2 tại Công an.",
        "Xem tại: kynangso.example.vn/kich-hoat",
        "Mất bao lâu, mất tiền không",
        "1 Mở VNeID, bấm Kích hoạt.",
        "Không nhận được mã → xem máy có sóng không.",
        "Gọi 1900 0368, hoặc đến Công an xã.",
        "Số cần gọi: 1900 0368 Tổng đài VNeID, cước gọi chưa rõ",
        "Tổ công nghệ số: Điện thoại:",
        f"Ban biên tập đọc ngày 24/11/2026 · Còn đúng không, nguồn nào: soi mã QR. {STANDING}",
    ):
        assert expected in text
    assert "Trang" not in text


def test_front_of_a_sheet_suffices(drawn: dict[str, bytes]) -> None:
    front, back = page_texts(drawn["middle"])
    for expected in ("3 Gõ DK gửi 156.", "Số cần gọi: 1900 0368", "Điện thoại:", "Trang 1/2"):
        assert expected in front
    for expected in ("Hay vướng", "Coi chừng", "Vẫn không được", "Nếu màn hình", "Trang 2/2"):
        assert expected in back
        assert expected not in front
    assert back.count("Chờ một lúc rồi thử lại nhé.") == 40


def test_no_picture_is_left_out_for_want_of_room(drawn: dict[str, bytes]) -> None:
    pages = page_texts(drawn["many pictures"])
    text = " ".join(pages)
    assert len(pages) == 3
    assert text.count("Chờ một lúc rồi thử lại nhé.") == 40
    assert text.count("Ễ •") == 12
    assert text.count("Hình minh họa") < 12  # once below the last of a side


def test_nothing_of_a_long_guide_is_cut(drawn: dict[str, bytes]) -> None:
    pages = page_texts(drawn["long"])
    assert len(pages) == 3
    text = " ".join(pages)
    assert all(f"Bước số {n}: mở màn hình, đọc cho kỹ rồi bấm." in text for n in range(1, 71))
    assert "Số cần gọi: 1900 0368" in pages[0]
    assert "Hỏi tổ." in pages[2]
    assert text_of(drawn["paragraph"]).count("Một đoạn rất dài không xuống dòng.") == 900


@pytest.mark.parametrize(
    "name", ["short", "middle", "urgent", "long", "booklet", "team", "kinds", "title"]
)
def test_type_is_large_enough_for_readers_over_sixty(drawn: dict[str, bytes], name: str) -> None:
    sizes = [size for text, size in pieces(drawn[name]) if text.strip()]
    assert min(sizes) >= 11.99
    guide = [size for text, size in pieces(drawn[name]) if "Gõ số" in text or "Bước số" in text]
    assert min(guide, default=14) >= 13.99


def test_short_guides_are_set_larger(drawn: dict[str, bytes]) -> None:
    (size,) = {round(size, 1) for text, size in pieces(drawn["middle"]) if "Gõ số" in text}
    assert size == 17


@pytest.mark.parametrize(
    "name",
    [
        "short",
        "middle",
        "urgent",
        "long",
        "pictured",
        "booklet",
        "evening",
        "team",
        "frame",
        "linked",
        "kinds",
    ],
)
def test_words_are_whole_for_who_listens(drawn: dict[str, bytes], name: str) -> None:
    """Within an element, the text of a line and that of the next are two words."""
    spoken = spoken_text(drawn[name])
    for sentence in SENTENCES[name]:
        assert sentence in spoken


SENTENCES = {
    "short": ["Người đã làm định danh mức 2 tại Công an.", "Gõ số định danh, 12 số in trên thẻ."],
    "middle": [("Chờ một lúc rồi thử lại nhé. " * 40).strip()],
    "urgent": ["Gọi ngân hàng theo số sau thẻ."],
    "long": ["Bước số 69: mở màn hình, đọc cho kỹ rồi bấm."],
    "pictured": ["Mở VNeID, bấm Kích hoạt."],
    "booklet": ["Gọi ngân hàng theo số sau thẻ.", "Mở ra dùng."],
    "evening": ["Chỉ ghi tên gọi và xóm. Không ghi số điện thoại, số căn cước."],
    "team": [LONG_STANDING, f"{LONG_HOTLINE.name}, {LONG_HOTLINE.cost}"],
    "frame": [
        "LD (số gọi đến) (nội dung) # giả danh công an - đòi chuyển tiền",
        "Hỏi ở: Nhà văn hóa xóm Đình",
    ],
    "linked": [("Xem bài này nhé rồi làm theo. " * 60).strip()],
    "kinds": ["Mở đầu nghiêng.", "Gửi NGUYỄN Ễ Ợ Ử ẪỘẶ → bài, ngoài."],
}


def test_framed_message_stands_on_paper_as_on_the_page(drawn: dict[str, bytes]) -> None:
    lines = pypdfium2.PdfDocument(drawn["frame"])[0].get_textpage().get_text_range().split("\r\n")
    lines = [line.strip() for line in lines]
    start = lines.index("LD (số gọi đến) (nội dung)")
    assert lines[start + 1 : start + 3] == ["# giả danh công an", "- đòi chuyển tiền"]
    assert "2 Bấm Gửi." in lines
    assert lines.index("Nhà văn hóa xóm Đình") == lines.index("Hỏi ở:") + 1
    assert "`" not in text_of(drawn["frame"])


def test_every_kind_of_block_is_printed(drawn: dict[str, bytes]) -> None:
    text = text_of(drawn["kinds"])
    for expected in ("Nhỏ", "Lời báo", "Gói Giá", "A 10 đồng", "Tổ Nhóm ở thôn"):
        assert expected in text


def test_figure_is_printed_and_code_stays_as_it_is(drawn: dict[str, bytes]) -> None:
    assert "83,95% và {{ so_lieu.a }}, {{ so_lieu.b }}" in text_of(drawn["figures"])


def test_file_names_its_title_language_structure_and_standard(drawn: dict[str, bytes]) -> None:
    data = drawn["short"]
    document = pypdfium2.PdfDocument(data)
    assert document.get_metadata_value("Title") == "Kích hoạt tài khoản VNeID"
    assert document.get_metadata_value("Author") == SITE
    assert document.get_metadata_value("CreationDate") == ""
    assert document.is_tagged()
    assert b"/Lang(vi)" in data
    for name, sheet in drawn.items():
        assert b"<pdfuaid:part>1</pdfuaid:part>" in sheet, name
    assert [(item.get_title(), item.level) for item in document.get_toc()][:2] == [
        ("Kích hoạt tài khoản VNeID", 0),
        ("Cần có trước", 1),
    ]
    assert pypdfium2.PdfDocument(drawn["untitled"]).get_metadata_value("Title") == SITE


def test_telephone_and_links_can_be_tapped(drawn: dict[str, bytes]) -> None:
    assert b"(tel:19000368)" in drawn["short"]
    assert b"(https://kynangso.example.vn/kich-hoat/)" in drawn["short"]


def test_codes_are_read_by_a_scanner(drawn: dict[str, bytes]) -> None:
    assert codes_on(pages_of(drawn["short"])[0]) == [ADDRESS]
    assert [codes_on(page) for page in pages_of(drawn["booklet"])] == [
        [ADDRESS + "x/"],
        [],
        [ADDRESS],
        [ADDRESS],
        [ADDRESS],
        [],
        [],
    ]
    assert codes_on(pages_of(drawn["evening"])[0]) == ["https://x.vn/buoi-hoc/"]


def test_pictures_are_drawn_with_the_face_of_the_site(drawn: dict[str, bytes]) -> None:
    assert "Ễ •" in text_of(drawn["pictured"])
    assert "Hình minh họa" in text_of(drawn["pictured"])
    page = pages_of(drawn["photo"], dpi=50)[0]
    places = ((x, y) for x in range(page.width) for y in range(page.height))
    assert (160, 48, 0) in {page.getpixel(place) for place in places}


def test_team_and_long_notes_have_room(drawn: dict[str, bytes]) -> None:
    text = text_of(drawn["team"])
    assert f"{TEAM.name} Điện thoại: {TEAM.phone}" in text
    assert "Tổ công nghệ số: Tổ" not in text
    assert text.count(LONG_STANDING) == len(page_texts(drawn["team"]))


EDGES = [
    "short",
    "middle",
    "urgent",
    "long",
    "team",
    "paragraph",
    "word",
    "title",
    "empty",
    "kinds",
    "booklet",
    "evening",
    "form",
]


@pytest.mark.parametrize("name", EDGES)
def test_nothing_reaches_beyond_the_margins(drawn: dict[str, bytes], name: str) -> None:
    for page in pypdfium2.PdfDocument(drawn[name]):
        text = page.get_textpage()
        boxes = [text.get_rect(index) for index in range(text.count_rects())]
        mm = 72 / 25.4
        assert min(box[0] for box in boxes) >= 15 * mm
        assert max(box[2] for box in boxes) <= 195 * mm
        assert min(box[1] for box in boxes) >= 4 * mm


def test_booklet_has_a_cover_contents_and_every_handout(drawn: dict[str, bytes]) -> None:
    document = pypdfium2.PdfDocument(drawn["booklet"])
    pages = page_texts(drawn["booklet"])
    assert pages[0].startswith(f"{SITE} Sổ tay hướng dẫn Định danh Mở ra dùng.")
    assert "Tổ công nghệ số:" in pages[0]
    titles = [item.get_title() for item in document.get_toc() if item.level == 0]
    assert titles[-3:] == [
        "Kích hoạt tài khoản VNeID",
        "Lỡ chuyển tiền",
        "Kích hoạt tài khoản VNeID",
    ]
    contents = pages[1].replace(".", "").replace("  ", " ")
    assert [number for number in contents.split() if number.isdigit()][:3] == ["3", "4", "5"]
    assert pages[3].startswith(f"{SITE} · Định danh VNeID Lỡ chuyển tiền")
    assert f"Trang 4/{len(pages)}" in pages[3]


def test_evening_has_its_plan_and_a_list_to_fill_in(drawn: dict[str, bytes]) -> None:
    plan, _, attendance, *_ = page_texts(drawn["evening"])
    for expected in (
        "Buổi 1: Điện thoại của tôi",
        "Kế hoạch buổi học, khoảng 80 phút",
        "1 0–10 phút: Đón bà con, xếp chỗ",
        "2 10–20 phút: Người dạy làm mẫu – Phóng to chữ",
        "3 20–35 phút: Bà con tự làm • Làm chữ to thêm.",
        "4 35–40 phút: Nghỉ, uống nước",
        "7 70–80 phút: Câu hỏi cuối buổi",
        "Ai cần bài nào thì cầm bài ấy. • Gõ tiếng Việt",
        STANDING,
    ):
        assert expected in plan
    assert attendance.startswith(f"{SITE} Điểm danh – Điện thoại của tôi Ngày: Nơi học: Người dạy:")
    assert "TT Tên gọi Xóm, phố 1 2 1 2 3" in attendance
    assert "1: Làm chữ to thêm. 2: Vào Wi-Fi." in attendance
    assert STANDING in attendance


def test_evening_has_what_is_played_and_questions_apart_from_answers(
    drawn: dict[str, bytes],
) -> None:
    _, play, _, questions, answers = page_texts(drawn["evening"])
    assert "Màn 1: xin mã Người gọi giả: Đọc mã đi. Diễn xong, nói: Tắt máy." in play
    assert "1. Ai? A. Tôi B. Con cháu" in questions
    assert "Vì thế." not in questions
    assert "1. Ai? A. Tôi Vì thế." in answers


def test_form_for_a_story_asks_eight_questions_on_one_sheet(drawn: dict[str, bytes]) -> None:
    front, back = page_texts(drawn["form"])
    assert front.startswith(f"{SITE} Phiếu tổ tự kể chuyện")
    both = f"{front} {back}"
    for number, (name, asked) in enumerate(QUESTIONS.items(), 1):
        assert f"{number}. {name} {asked}" in both
    assert len(QUESTIONS) == 8
    assert "Cả tổ đã nghe đọc lại và đồng ý đăng lên trang này." in back
    assert codes_on(pages_of(drawn["form"])[0]) == ["https://x.vn/stories/#TK3QA"]


def test_cards_for_evenings_are_cut_from_one_sheet(drawn: dict[str, bytes]) -> None:
    (text,) = page_texts(drawn["cards"])
    assert text.count("Thẻ học 8 buổi") == 3
    assert text.count("Học xong buổi nào, người dạy ghi ngày và ký vào ô buổi ấy.") == 3
    for number in range(1, 9):
        assert text.count(f"{number} Giữ mình trước kẻ lừa Ngày:") == 3
    assert min(size for _, size in pieces(drawn["cards"])) >= 14
    assert codes_on(pages_of(drawn["cards"])[0]) == ["https://x.vn/buoi-hoc/"] * 3


def test_same_sheet_is_the_same_file_with_one_process_or_two(drawn: dict[str, bytes]) -> None:
    assert drawn["short"] == drawn["again"]
    alone = draw({"evening": evening()})
    assert hashlib.sha256(alone["evening"]).digest() == hashlib.sha256(drawn["evening"]).digest()


@pytest.mark.parametrize(
    "name", ["short", "middle", "urgent", "pictured", "booklet", "evening", "team"]
)
def test_pages_look_as_they_were_approved(drawn: dict[str, bytes], name: str) -> None:
    for number, page in enumerate(pages_of(drawn[name], dpi=60)[:3], 1):
        assert_looks_like(page, f"paper/{name}-{number}")


def test_nothing_is_compiled_where_a_build_forks() -> None:
    with pytest.raises(RuntimeError, match=r"^Typst is run in spawned processes only"):
        compile_pdf("handout", handout(BODY).data())


def test_a_build_draws_paper_without_loading_typst_itself(site_project: Path) -> None:
    """A process forked after its parent has compiled hangs for ever; a build forks many."""
    script = (
        "import sys\nfrom mkdocs.commands.build import build\n"
        "from mkdocs.config import load_config\n"
        "build(load_config(sys.argv[1]))\n"
        "print('typst' in sys.modules)"
    )
    file = str(site_project / "mkdocs.yml")
    command = [sys.executable, "-c", script, file]
    run = subprocess.run(command, capture_output=True, text=True, check=True, timeout=120)
    assert run.stdout.splitlines()[-1] == "False"
    assert (site_project / "site/to-roi/dinh-danh/kich-hoat.pdf").is_file()


def test_unknown_figure_in_code_is_printed_as_it_stands(site_project: Path) -> None:
    code = "{{ so_lieu.khong_co }}"
    more = f"\n## Hay vướng\n\n- Gõ `{code}`, ``a ` {code}``.\n\n```\n{code}\n```\n\n## Vẫn"
    body = GUIDE_BODY.replace("\n## Vẫn", more)
    write(site_project / "docs/guides/dinh-danh/kich-hoat.md", FRONT + body)
    build(load_config(str(site_project / "mkdocs.yml"), strict=True))
    data = (site_project / "site/to-roi/dinh-danh/kich-hoat.pdf").read_bytes()
    assert text_of(data).count(code) == 3


@pytest.mark.parametrize(
    "changes",
    [
        {"title": "Khác"},
        {"address": "https://x.vn/"},
        {"mark": "#TK3QA"},
        {"reviewed": datetime.date(2026, 1, 1)},
        {"imprint": Imprint(SITE, STANDING, "Tổ")},
        {"imprint": Imprint(SITE, "Do Sở X vận hành.")},
        {"hotlines": ()},
        {"document": parse(LONG)},
        {"links": (("a.md", "https://x.vn/"),)},
        {"figures": (("a", "12"),)},
        {"drawings": (GuidePicture("a.svg", "0123", Path("x")),)},
    ],
    ids=lambda changes: next(iter(changes)),
)
def test_key_depends_on_what_is_printed(changes: dict[str, object]) -> None:
    assert sheet_key(handout(BODY, **changes)) != sheet_key(handout(BODY))


def test_key_does_not_depend_on_where_the_project_lies() -> None:
    here = handout(BODY, drawings=(GuidePicture("a.svg", "a", Path("here")),))
    there = handout(BODY, drawings=(GuidePicture("a.svg", "a", Path("there")),))
    assert sheet_key(here) == sheet_key(there)


DRAWING_MODULES = [
    "app_icons",
    "cards",
    "qr",
    "paper/handouts",
    "paper/evening_sheets",
    "paper/announcement_sheets",
    "paper/stamp_cards",
    "paper/story_forms",
]
# They find and keep what is drawn, and decide nothing of it.
KEEPERS = {"cache.py", "drawing_cache.py"}


def test_the_key_of_drawn_files_covers_all_code_that_draws() -> None:
    """What is drawn anew when it changes: each module of this project that drawing imports."""
    root = REPOSITORY / "portal"
    covered = {file for pattern in DRAWING_CODE for file in root.glob(pattern)}
    waiting, seen = [root / f"drawn/{name}.py" for name in DRAWING_MODULES], set[Path]()
    while waiting:
        file = waiting.pop()
        if file not in seen and file.name not in KEEPERS:
            seen.add(file)
            waiting += imported_files(file, root)
    assert {str(file.relative_to(root)) for file in seen - covered} == set()
    assert root / "drawn/paper/guide.typ" in covered


def imported_files(file: Path, root: Path) -> list[Path]:
    found = list[Path]()
    for node in ast.parse(file.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("portal."):
            place = root / str(node.module).removeprefix("portal.").replace(".", "/")
            modules = (place / each.name for each in node.names) if place.is_dir() else [place]
            found += [each.with_suffix(".py") for each in modules]
    return found


def test_guide_too_long_for_one_sheet_is_named_with_its_longest_section(project: Path) -> None:
    guide = project / "docs/guides/dinh-danh/kich-hoat.md"
    write(project / "docs/guides/dinh-danh/ngan.md", guide.read_text())
    write(guide, FRONT + LONG)
    library, cache = load_library(project), project / ".cache/paper"
    problems = check_length(library, cache, None)
    assert [str(problem) for problem in problems] == [
        "docs/guides/dinh-danh/kich-hoat.md:11: tờ in dài 3 mặt, một tờ giấy có 2; "
        "dài nhất là phần 'Các bước'\n"
        "    Cách sửa: rút gọn phần 'Các bước', hoặc tách thành hai bài"
    ]
    assert problems[0].severity is Severity.ADVICE
    assert check_length(library, cache, {"docs/guides/dinh-danh/ngan.md"}) == []
    assert len([entry for entry in cache.iterdir() if entry.is_dir()]) == 1


def test_team_that_does_not_fit_its_box_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "team.yml"
    file.write_text(f'name: "{"Tổ " * 20}"\nphone: "0900 000 000"\n')
    team, problems = load_team(file)
    assert team.phone == "0900 000 000"
    assert [str(problem) for problem in problems] == [
        "data/team.yml:1: 'name' dài 59 ký tự, nhiều nhất 45\n    Cách sửa: bớt ít nhất 14 ký tự"
    ]
    assert load_team(tmp_path / "khong-co.yml") == (Team(), [])
