from __future__ import annotations

import dataclasses
import datetime
import hashlib
import os
import re
import subprocess
import sys
import unicodedata
from pathlib import Path

import conftest
import pypdfium2
import pytest
import zxingcpp
from conftest import FRONT, REPOSITORY, write
from golden_images import assert_looks_like
from mkdocs.commands.build import build
from mkdocs.config import load_config
from PIL import Image

from portal.handout_layout import (
    BOTTOM,
    HOTLINE_PITCH,
    MARGIN,
    PAGE,
    TEAM_ROOM,
    TOP,
    WIDTH,
    Ground,
    Role,
    break_lines,
    lay_out,
)
from portal.handout_pdf import draw_booklet, draw_guide, draw_handout, handout_key
from portal.handouts import (
    BlockKind,
    HandoutContent,
    HandoutSource,
    Hotline,
    Run,
    read_sections,
)
from portal.library import load_library
from portal.sharing import Site, booklet_sources, handout_sources
from portal.team import Team, load_team

MAX_BYTES = 150_000
SITE = Site("Kỹ năng số Ninh Bình", "Cho bà con", "https://kynangso.example.vn/")
STANDING = (
    "Bản dựng thử, chưa có đơn vị vận hành. Không phải trang chính thức của cơ quan nhà nước."
)
LONG_STANDING = (
    "Do Trung tâm Chuyển đổi số tỉnh Ninh Bình thuộc Sở Khoa học và Công nghệ tỉnh Ninh Bình "
    "vận hành. Không phải trang chính thức của cơ quan nhà nước."
)
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
LONG = (
    "## Các bước\n\n"
    + "".join(f"{n}. Bước số {n}: mở màn hình, đọc cho kỹ rồi bấm.\n" for n in range(1, 41))
    + "\n## Vẫn không được\n\nHỏi tổ.\n"
)


def handout(body: str, **changes: object) -> HandoutContent:
    sections = read_sections(body)
    content = HandoutContent(
        title="Kích hoạt tài khoản VNeID",
        site="Kỹ năng số Ninh Bình",
        address="https://kynangso.example.vn/kich-hoat/",
        topic="Định danh VNeID",
        colour="#1f5fa8",
        audience="Người đã làm định danh mức 2 tại Công an.",
        sections=sections,
        hotlines=(Hotline("1900 0368", "Tổng đài VNeID", "cước gọi chưa rõ"),),
        reviewed=datetime.date(2026, 11, 24),
        standing=STANDING,
    )
    return dataclasses.replace(content, **changes)


def pages_of(pdf: bytes, dpi: int = 60) -> list[Image.Image]:
    return [page.render(scale=dpi / 72).to_pil() for page in pypdfium2.PdfDocument(pdf)]


def text_of(pdf: bytes) -> str:
    """Return the text as a reader copies it, with single blanks."""
    pages = (page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf))
    return " ".join(" ".join(pages).split())


def real_handouts() -> dict[str, HandoutSource]:
    return handout_sources(load_library(REPOSITORY), SITE)


def unread(body: str, **changes: object) -> HandoutSource:
    return HandoutSource(dataclasses.replace(handout(body, **changes), sections=()), body)


def test_body_is_read_into_sections_and_blocks() -> None:
    sections = read_sections(BODY)
    assert [section.title for section in sections] == re.findall("## (.*)", BODY)
    steps = sections[2].blocks
    assert [(step.kind, step.number) for step in steps] == [(BlockKind.STEP, n) for n in (1, 2, 3)]
    assert steps[0].runs == (
        Run("Mở "), Run("VNeID", True), Run(", bấm "), Run("Kích hoạt", True), Run("."),
    )  # fmt: skip
    assert steps[2].text == "Gõ DK gửi 156."


@pytest.mark.parametrize(
    ("body", "blocks"),
    [
        ("Chào\nbà con.", [("text", "Chào bà con.")]),
        ("1. Một\n\n    Thêm.\n\n2. Hai\n", [("step", "Một"), ("text", "Thêm."), ("step", "Hai")]),
        ("- a\n    - b\n- c", [("bullet", "a"), ("bullet", "b"), ("bullet", "c")]),
        ("### Nhỏ\n\nChữ", [("heading", "Nhỏ"), ("text", "Chữ")]),
        ("| A | B |\n|---|---|\n| x | y |", [("text", "A – B"), ("bullet", "x – y")]),
        ("> Lời báo", [("text", "Lời báo")]),
        ("![hình](a.png)\n\nSau hình", [("text", "Sau hình")]),
        ("a < b &amp; c", [("text", "a < b & c")]),
    ],
)
def test_block_is_read_as_the_page_shows_it(body: str, blocks: list[tuple[str, str]]) -> None:
    (section,) = read_sections(body)
    assert [(str(block.kind), block.text) for block in section.blocks] == blocks


def test_lists_number_their_steps_anew() -> None:
    numbers = [b.number for s in read_sections(URGENT) for b in s.blocks if b.number]
    assert numbers == [1, 2, 1, 2, 3]


def test_decomposed_text_is_composed() -> None:
    assert read_sections(unicodedata.normalize("NFD", BODY)) == read_sections(BODY)


def test_links_that_paper_cannot_follow_are_text() -> None:
    links = {"a.md": "https://x.vn/a/"}
    (section,) = read_sections("[A](a.md) [B](b.md) [115](tel:115)", links)
    assert [(run.text, run.href) for run in section.blocks[0].runs] == [
        ("A", "https://x.vn/a/"),
        (" B ", ""),
        ("115", "tel:115"),
    ]


def test_short_guide_takes_one_page_with_every_section() -> None:
    layout = lay_out(handout(BODY))
    assert (len(layout.pages), layout.size) == (1, 14.0)
    headings = [p.piece.lines[0][0].text for p in layout.pages[0] if p.piece.role is Role.HEADING]
    assert headings == re.findall("## (.*)", BODY)


def test_guide_that_wins_a_page_leaves_its_snags_to_the_telephone() -> None:
    body = BODY.replace("sóng không.", "sóng không. " + "Chờ một lúc rồi thử lại nhé. " * 60)
    layout = lay_out(handout(body))
    assert len(layout.pages) == 1
    text = text_of(draw_handout(handout(body)))
    assert "Hay vướng: soi mã QR ở đầu trang để xem trên điện thoại." in text
    assert "Chờ một lúc" not in text


def test_guide_of_forty_steps_keeps_all_of_them_in_readable_type() -> None:
    content = handout(LONG)
    layout = lay_out(content)
    assert len(layout.pages) == 2
    assert layout.size >= 11
    text = text_of(draw_handout(content))
    assert all(f"Bước số {n}: mở màn hình, đọc cho kỹ rồi bấm." in text for n in range(1, 41))


@pytest.mark.parametrize(
    "content",
    [
        handout(BODY),
        handout(URGENT),
        handout(LONG),
        handout("## Các bước\n\n" + "Một đoạn rất dài không xuống dòng. " * 400),
        handout("## Các bước\n\n1. " + "A" * 3000),
        handout(BODY, title="Tên bài " * 40, audience="Bà con " * 60),
        handout("", hotlines=()),
    ],
    ids=["short", "urgent", "40 steps", "one paragraph", "one word", "long title", "empty"],
)
def test_nothing_overflows_its_page_or_touches_what_follows(content: HandoutContent) -> None:
    layout = lay_out(content)
    for placed in layout.pages:
        bottoms = [item.top + item.piece.height for item in placed]
        assert all(item.top >= TOP for item in placed)
        assert max(bottoms, default=0) <= PAGE[1] - BOTTOM
        tops = [item.top for item in placed]
        assert all(end <= start + 0.001 for end, start in zip(bottoms, tops[1:], strict=False))
    closing = TEAM_ROOM + HOTLINE_PITCH * len(content.hotlines)
    assert max(bottoms, default=0) <= PAGE[1] - BOTTOM - closing


def test_heading_never_ends_a_page() -> None:
    for steps in range(25, 65):
        body = "## Các bước\n\n" + "1. Bấm.\n" * steps + "\n## Coi chừng\n\nĐừng vội.\n" * 3
        for placed in lay_out(handout(body)).pages:
            assert not placed or placed[-1].piece.role is not Role.HEADING


def test_pdf_gives_back_the_vietnamese_of_the_guide() -> None:
    text = text_of(draw_handout(handout(URGENT)))
    assert text == unicodedata.normalize("NFC", text)
    assert (
        "\u00a0"
        not in pypdfium2.PdfDocument(draw_handout(handout(BODY)))[0].get_textpage().get_text_range()
    )
    for expected in (
        "Kích hoạt tài khoản VNeID",
        "Dành cho ai: Người đã làm định danh mức 2 tại Công an.",
        "Xem trên điện thoại: kynangso.example.vn/kich-hoat",
        "Mất bao lâu, mất tiền không",
        "1 Mở VNeID, bấm Kích hoạt.",
        "Gọi 1900 0368, hoặc đến Công an xã.",
        "Số cần gọi: 1900 0368 Tổng đài VNeID, cước gọi chưa rõ",
        "Kiểm tra ngày 24/11/2026",
    ):
        assert expected in text


def letters_outside(pdf: bytes) -> list[str]:
    """Return the texts that reach beyond the left and right edges of the printed area."""
    left, right = (x * 72 / 25.4 for x in (MARGIN - 1, PAGE[0] - MARGIN + 1))
    found = list[str]()
    for page in pypdfium2.PdfDocument(pdf):
        text = page.get_textpage()
        boxes = (text.get_rect(index) for index in range(text.count_rects()))
        found += [text.get_text_bounded(*b) for b in boxes if b[0] < left or b[2] > right]
    return found


LONG_HOTLINE = Hotline(
    "1900 9068",
    "Bảo hiểm xã hội Việt Nam",
    "1.000 đồng/phút (theo BHXH Hải Phòng, tháng 2/2026)",
)


def test_long_note_beside_a_number_goes_on_in_the_next_line() -> None:
    data = draw_handout(handout(BODY, hotlines=(LONG_HOTLINE, Hotline("156"))))
    assert letters_outside(data) == []
    assert (
        "Số cần gọi: 1900 9068 Bảo hiểm xã hội Việt Nam, 1.000 đồng/phút (theo BHXH Hải Phòng, "
        "tháng 2/2026) Số cần gọi: 156" in text_of(data)
    )


@pytest.mark.parametrize("name", ["Tổ công nghệ số " + "W" * 29, "W" * 45])
def test_longest_team_does_not_run_into_its_telephone(name: str) -> None:
    (page,) = pypdfium2.PdfDocument(draw_handout(handout(BODY, team=Team(name, "0" * 20))))
    text = page.get_textpage()
    boxes = [text.get_rect(index) for index in range(text.count_rects())]
    field = next(box for box in boxes if "WWW" in text.get_text_bounded(*box))
    label = next(box for box in boxes if "Điện thoại:" in text.get_text_bounded(*box))
    assert field[2] < label[0]


@pytest.mark.parametrize(
    "bound",
    ["1900 0368", "06/QĐ-TTg", "tháng 2/2026", "ngày 24/11/2026", "mức 2", "Điều 13", "số 156"],
)
def test_number_is_never_parted(bound: str) -> None:
    for filler in range(50, 85):
        text = "a" * filler + f" {bound} " + "Từ này sang từ kia " * 8
        lines = break_lines((Run(text.strip()),), WIDTH, 14)
        assert any(bound in "".join(r.text for r in line).replace("\u00a0", " ") for line in lines)


def test_title_leaves_no_word_alone_on_its_last_line() -> None:
    layout = lay_out(handout(BODY, title="Gặp người giả bảo hiểm xã hội"))
    lines = ["".join(run.text for run in line) for line in layout.pages[0][0].piece.lines]
    assert lines == ["Gặp người giả", "bảo hiểm xã hội"]


def test_short_section_is_not_parted() -> None:
    for steps in range(25, 60):
        body = "## Các bước\n\n" + "1. Bấm.\n" * steps + "\n## Coi chừng\n\n" + "- Đừng vội.\n" * 4
        for placed in lay_out(handout(body)).pages:
            warnings = [item for item in placed if item.piece.ground is Ground.WARNING]
            assert len(warnings) in (0, 5)


def test_sign_stands_apart_from_its_remedy() -> None:
    assert "Không nhận được mã: Xem máy có sóng không." in text_of(draw_handout(handout(BODY)))


def test_pdf_names_its_title_language_and_structure() -> None:
    data = draw_handout(handout(BODY))
    document = pypdfium2.PdfDocument(data)
    assert document.get_metadata_value("Title") == "Kích hoạt tài khoản VNeID"
    assert document.get_metadata_value("CreationDate") == "D:20261124120000Z"
    assert document.is_tagged()
    assert b"/Lang (vi-VN)" in data
    assert b"/S /H1" in data
    assert b"/S /H2" in data
    assert [item.get_title() for item in document.get_toc()] == ["Kích hoạt tài khoản VNeID"]


def test_telephone_and_links_can_be_tapped() -> None:
    data = draw_handout(handout(BODY))
    assert b"(tel:19000368)" in data


def test_qr_code_of_the_page_is_read_by_a_scanner() -> None:
    (page,) = pages_of(draw_handout(handout(BODY)), dpi=150)
    assert [found.text for found in zxingcpp.read_barcodes(page)] == [
        "https://kynangso.example.vn/kich-hoat/"
    ]


def test_team_is_printed_when_it_is_known() -> None:
    team = Team("Tổ công nghệ số thôn Lạc Hiền", "0900 000 000")
    text = text_of(draw_handout(handout(BODY, team=team)))
    assert " Tổ công nghệ số thôn Lạc Hiền Điện thoại: 0900 000 000" in text
    text = text_of(draw_handout(handout(BODY, team=Team("thôn Lạc Hiền"))))
    assert "Tổ công nghệ số: thôn Lạc Hiền" in text


def page_texts(pdf: bytes) -> list[str]:
    pages = (page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf))
    return [" ".join(text.split()) for text in pages]


@pytest.mark.parametrize("standing", [STANDING, LONG_STANDING])
def test_every_page_says_who_runs_the_site(standing: str) -> None:
    contents = [unread(body, standing=standing) for body in (BODY, LONG)]
    pages = page_texts(draw_booklet(tuple(contents)))
    assert [page.count(standing) for page in pages] == [1, 1, 1, 1]
    assert letters_outside(draw_booklet(tuple(contents))) == []


def test_foot_leads_to_the_sources() -> None:
    foot = "Kiểm tra ngày 24/11/2026 · Căn cứ và nguồn: soi mã QR ở đầu bài"
    assert [page.count(foot) for page in page_texts(draw_handout(handout(LONG)))] == [1, 1]
    assert "Căn cứ" not in text_of(draw_handout(handout(BODY, reviewed=None)))


def test_the_foot_stands_clear_of_the_closing_sentence_and_the_edge() -> None:
    (page,) = pypdfium2.PdfDocument(draw_handout(handout(BODY, standing=LONG_STANDING)))
    text = page.get_textpage()
    boxes = [text.get_rect(index) for index in range(text.count_rects())]
    texts = [text.get_text_bounded(*box) for box in boxes]
    closing, checked = (
        next(box for box, words in zip(boxes, texts, strict=True) if start in words)
        for start in ("Nếu màn hình", "Kiểm tra ngày")
    )
    assert checked[3] < closing[1]
    assert min(box[1] for box in boxes) > 3.5 * 72 / 25.4


def test_team_that_does_not_fit_its_box_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "team.yml"
    file.write_text(f'name: "{"Tổ " * 20}"\nphone: "0900 000 000"\n')
    team, problems = load_team(file)
    assert team.phone == "0900 000 000"
    assert [str(problem) for problem in problems] == [
        "data/team.yml:1: 'name' dài 60 ký tự, ô trên tờ rơi chứa 45\n    Cách sửa: viết ngắn lại"
    ]
    assert load_team(tmp_path / "khong-co.yml") == (Team(), [])


def test_same_guide_gives_the_same_bytes_in_another_process() -> None:
    script = (
        "import hashlib, sys; sys.path.insert(0, 'tests'); from test_handouts import *; "
        "print(hashlib.sha256(draw_handout(handout(BODY))).hexdigest())"
    )
    environment = {**os.environ, "PYTHONHASHSEED": "7", "TZ": "Asia/Ho_Chi_Minh"}
    run = subprocess.run(
        [sys.executable, "-c", script],
        cwd=REPOSITORY,
        env=environment,
        capture_output=True,
        text=True,
    )
    assert run.stdout.strip() == hashlib.sha256(draw_handout(handout(BODY))).hexdigest()


@pytest.mark.parametrize(
    "changes",
    [
        {"title": "Khác"},
        {"reviewed": datetime.date(2026, 1, 1)},
        {"team": Team("Tổ")},
        {"hotlines": ()},
        {"standing": "Do Sở X vận hành."},
    ],
)
def test_key_depends_on_what_is_printed(changes: dict[str, object]) -> None:
    assert handout_key(unread(BODY, **changes)) != handout_key(unread(BODY))


def test_key_depends_on_text_and_links() -> None:
    source = unread(BODY)
    keys = {
        handout_key(source),
        handout_key(dataclasses.replace(source, body=LONG)),
        handout_key(dataclasses.replace(source, links=(("a.md", "https://x.vn/"),))),
        handout_key((source,)),
    }
    assert len(keys) == 4


GOLDEN = {
    "short": handout(BODY),
    "urgent": handout(URGENT, topic="Tránh lừa đảo", colour="#9c2a00", title="Lỡ chuyển tiền"),
    "longest-title": handout(
        BODY,
        title="Lỡ chuyển tiền cho kẻ lừa đảo: gọi ngân hàng, giữ bằng chứng, báo Công an xã và "
        "những việc phải làm ngay trong giờ đầu",
        hotlines=(LONG_HOTLINE, Hotline("156", "Báo cuộc gọi lừa đảo", "miễn phí")),
        team=Team("Tổ công nghệ số cộng đồng thôn Lạc Hiền", "0900 000 000"),
    ),
    "stacked-marks": handout(
        BODY.replace("Thẻ căn cước.", "Ễ Ợ Ử ẪỘẶ ẳ ẵ ặ ễ ệ ộ ợ; số 06/QĐ-TTg, 808.810, 83,95%."),
        title="ĐĂNG KÝ: Ễ Ợ Ử ẪỘẶ ỰẸỴ",
        audience="NGUYỄN ĐỢI CHỮ, gọi 1900 0368.",
    ),
    "one-word": handout(BODY, title="VNeID", hotlines=()),
    "forty-steps": handout(LONG, title="Nộp hồ sơ qua bốn mươi bước, từng bước một"),
}


@pytest.mark.parametrize("name", GOLDEN)
def test_pages_look_as_they_were_approved(name: str) -> None:
    for number, page in enumerate(pages_of(draw_handout(GOLDEN[name])), 1):
        assert_looks_like(page, f"handouts/{name}-{number}")


def test_booklet_has_contents_page_numbers_and_every_handout() -> None:
    contents = tuple(GOLDEN[name] for name in ("short", "urgent", "forty-steps"))
    bodies = (BODY, URGENT, LONG)
    data = draw_booklet(
        tuple(
            HandoutSource(dataclasses.replace(content, sections=()), body)
            for content, body in zip(contents, bodies, strict=True)
        )
    )
    document = pypdfium2.PdfDocument(data)
    assert document.get_metadata_value("Title") == "Định danh VNeID"
    pages = [" ".join(page.get_textpage().get_text_range().split()) for page in document]
    assert pages[0].startswith("Kỹ năng số Ninh Bình Định danh VNeID Kích hoạt tài khoản VNeID 2")
    starts = [item.get_dest().get_index() + 1 for item in document.get_toc()]
    assert starts == [2, 3, 4]
    for start, content in zip(starts, contents, strict=True):
        assert content.title in pages[start - 1]
        assert pages[start - 1].endswith(f"Trang {start}")
    assert_looks_like(pages_of(data)[0], "handouts/booklet-contents")


def test_long_booklet_counts_the_pages_of_its_contents() -> None:
    sources = tuple(unread(BODY, title=f"Bài thứ {n}") for n in range(1, 46))
    document = pypdfium2.PdfDocument(draw_booklet(sources))
    assert [item.get_dest().get_index() + 1 for item in document.get_toc()] == list(range(3, 48))
    assert "Bài thứ 45" in document[46].get_textpage().get_text_range()


def test_unknown_figure_in_code_is_printed_as_it_stands(site_project: Path) -> None:
    code = "{{ so_lieu.khong_co }}"
    more = f"\n## Hay vướng\n\n- Gõ `{code}`, ``a ` {code}``.\n\n```\n{code}\n```\n\n## Vẫn"
    body = conftest.BODY.replace("\n## Vẫn", more)
    write(site_project / "docs/guides/dinh-danh/kich-hoat.md", FRONT + body)
    build(load_config(str(site_project / "mkdocs.yml"), strict=True))
    data = (site_project / "site/to-roi/dinh-danh/kich-hoat.pdf").read_bytes()
    assert text_of(data).count(code) == 3


@pytest.fixture(scope="module")
def drawn() -> dict[str, bytes]:
    return {path: draw_guide(source) for path, source in real_handouts().items()}


def test_handouts_of_all_guides_fit_two_pages_and_150_kb(drawn: dict[str, bytes]) -> None:
    sheets = {path: len(pypdfium2.PdfDocument(data)) for path, data in drawn.items()}
    assert {path: count for path, count in sheets.items() if count > 2} == {}
    assert {path: out for path, data in drawn.items() if (out := letters_outside(data))} == {}
    assert {path: len(data) for path, data in drawn.items() if len(data) > MAX_BYTES} == {}


def test_every_guide_can_be_opened_from_its_paper(drawn: dict[str, bytes]) -> None:
    sources = real_handouts()
    for path, data in drawn.items():
        page = pypdfium2.PdfDocument(data)[0].render(scale=150 / 72).to_pil()
        assert [found.text for found in zxingcpp.read_barcodes(page)] == [
            sources[path].head.address
        ]


def test_no_step_speaks_of_the_columns_that_paper_has_not() -> None:
    """A row of a table is a line of paper, its cells one after the other."""
    sheets = real_handouts().items()
    assert [path for path, source in sheets if "cột bên" in source.body] == []


def test_every_topic_with_guides_has_its_booklet() -> None:
    library = load_library(REPOSITORY)
    booklets = booklet_sources(library, real_handouts())
    assert sum(map(len, booklets.values())) == len(library.guides)
