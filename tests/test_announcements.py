"""Texts for loudspeakers: an editor's own, and those drafted from a guide's tree."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from support.floor import LOUDSPEAKER
from support.node import urls_of
from support.paper import codes_on, draw, page_texts, pages_of, pieces
from support.project import BODY, FRONT, SPOKEN, write

from portal.drawn.paper.announcement_sheets import AnnouncementSheet, PrintedAnnouncement
from portal.drawn.paper.handouts import Imprint
from portal.language.speech import count_spoken
from portal.library.announcements import (
    MAX_SENTENCE,
    MAX_SYLLABLES,
    Announcement,
    announcement_of,
)
from portal.library.library import load_library

GUIDE = "docs/guides/dinh-danh/kich-hoat.md"
URGENT = """
## Làm ngay

1. **Tắt máy**. Không bấm `LD` gì.
2. Gọi [1900 0368](tel:19000368) hoặc [156](tel:156).
3. Không đọc số tài khoản, không đọc mật khẩu, không đọc mã OTP (6 số), không gửi ảnh thẻ cho ai.
4. Xem [bài khác](khac.md). Giữ máy → chờ.
5. Mở vneid.gov.vn.

## Cần có trước

- Thẻ căn cước, mức 2.

## Các bước

1. Mở máy.

## Coi chừng

- Một câu rất dài không có chỗ nào để nghỉ hơi cho người đọc kịp lấy hơi mà đọc tiếp.
- Tháng 7/2025 có người mất tiền.

## Vẫn không được

Hỏi Công an xã.
"""
SHEET = AnnouncementSheet(
    "Tuần 1: Làm quen",
    "Hai bài đầu.",
    (
        PrintedAnnouncement(
            "Gọi 113", ("Gọi một một ba.", "Nói rõ."), 9, "Máy soạn.", "https://x.vn/a/", "#TK3QA"
        ),
        PrintedAnnouncement("Bài hai", ("Tắt máy.",), 2, "Ban biên tập viết.", "https://x.vn/b/"),
    ),
    Imprint("Kỹ năng số", "Bản dựng thử."),
    ("Thứ hai", "Thứ ba"),
)


@pytest.fixture
def spoken(project: Path) -> Path:
    """Return the tiny project with words for its short forms."""
    words = (project / "data/wording.yml").read_text(encoding="utf-8")
    write(project / "data/wording.yml", words + SPOKEN)
    return project


def said(project: Path, body: str = BODY, field: str = "") -> Announcement:
    write(project / GUIDE, FRONT.replace("owner:", f"{field}owner:") + body)
    library = load_library(project)
    return announcement_of(library.by_uri["guides/dinh-danh/kich-hoat.md"], library)


def test_a_text_is_drafted_from_the_sections_that_matter_at_once(spoken: Path) -> None:
    announcement = said(spoken, URGENT)
    assert announcement.paragraphs == (
        ("Mời bà con nghe.", "Kích hoạt vê nờ e ai đi.", "Người đã làm định danh mức hai."),
        (
            "Bà con làm ngay mấy việc sau.",
            "Tắt máy.",
            "Không đọc số tài khoản, không đọc mật khẩu, không đọc mã ô tê pê.",
            "Không gửi ảnh thẻ cho ai.",
        ),
        ("Bà con chuẩn bị sẵn.", "Thẻ căn cước, mức hai."),
        ("Chưa xong thì tìm người giúp.", "Hỏi Công an xã."),
        (
            "Xin bà con coi chừng.",
            "Tháng bảy năm hai nghìn không trăm hai mươi lăm có người mất tiền.",
        ),
        (
            "Số gọi là một chín không không, không ba sáu tám.",
            "Xin nhắc lại: một chín không không, không ba sáu tám.",
        ),
    )
    assert (announcement.is_written, announcement.numbers) == (False, ("1900 0368", "156"))


def test_a_draft_is_never_longer_than_ninety_seconds(project: Path) -> None:
    steps = "".join(f"{n}. Ngồi xuống, nghỉ một lúc rồi làm tiếp.\n" for n in range(1, 60))
    announcement = said(project, f"## Làm ngay\n\n{steps}\n## Vẫn không được\n\n{'Hỏi xã. ' * 200}")
    assert announcement.syllables <= MAX_SYLLABLES
    assert announcement.seconds <= 90
    assert max(map(count_spoken, announcement.sentences)) <= MAX_SENTENCE


def test_an_editors_text_is_said_with_its_short_forms_in_words(spoken: Path) -> None:
    field = "loudspeaker: |\n  VNeID là của mình. Mã OTP cũng thế.\n\n  Xong rồi!\n"
    announcement = said(spoken, field=field)
    assert announcement.paragraphs == (
        ("Vê nờ e ai đi là của mình.", "Mã ô tê pê cũng thế."),
        ("Xong rồi!",),
    )
    assert (announcement.is_written, announcement.syllables, announcement.seconds) == (True, 16, 5)


@pytest.fixture(scope="module")
def week() -> bytes:
    return draw({"tuan.pdf": SHEET})["tuan.pdf"]


def test_the_sheet_of_a_week_has_its_plan_and_a_side_for_each_text(week: bytes) -> None:
    plan, first, second = page_texts(week)
    assert "Tuần 1: Làm quen Hai bài đầu." in plan
    assert "Thứ hai Gọi 113 9 giây Thứ ba Bài hai 2 giây" in plan
    assert "Thứ hai, chừng 9 giây Gọi 113 Gọi một một ba. Nói rõ." in first
    assert "Ban biên tập viết. Bài đầy đủ: x.vn/b. Lời còn đúng không: soi mã." in second
    codes = [codes_on(page) for page in pages_of(week)]
    assert codes == [[], ["https://x.vn/a/#TK3QA"], ["https://x.vn/b/"]]


def test_what_is_read_out_is_printed_in_eighteen_points(week: bytes) -> None:
    sizes = {text.strip(): round(size) for text, size in pieces(week)}
    assert (sizes["Gọi một một ba."], sizes["Tắt máy."]) == (18, 18)
    assert min(sizes.values()) == 12


def test_a_guide_leads_to_its_text_which_search_and_sitemap_leave_out(small_site: Path) -> None:
    guide = (small_site / "guides/an-toan/lo-bam-link/index.html").read_text(encoding="utf-8")
    assert f'<a class="button" href="../../../{LOUDSPEAKER}">Đọc trên loa</a>' in guide
    page = (small_site / LOUDSPEAKER / "index.html").read_text(encoding="utf-8")
    assert "<p>Gọi một năm sáu, miễn phí. Xin nhắc lại, một năm sáu." in page
    address = next(line for line in guide.splitlines() if 'rel="canonical"' in line)
    assert address in page
    assert "og:image" in page
    assert "share-bar" not in page
    assert (small_site / "loa/an-toan/lo-bam-link.pdf").read_bytes()[:5] == b"%PDF-"
    assert len(page_texts((small_site / "loa/tuan-lam-quen.pdf").read_bytes())) == 8
    sitemap = (small_site / "sitemap.xml").read_text(encoding="utf-8")
    assert "/loa/</loc>" in sitemap
    assert LOUDSPEAKER not in sitemap
    leads = json.loads((small_site / "search/index.json").read_text(encoding="utf-8"))
    assert [url for url in urls_of(leads) if url.startswith("loa/")] == []


def test_the_plan_names_a_guide_for_each_evening(small_site: Path) -> None:
    page = (small_site / "loa/index.html").read_text(encoding="utf-8")
    assert (
        '<div><dt>Thứ năm</dt><dd><a href="an-toan/lo-bam-link/">Lỡ bấm link lạ</a></dd></div>'
        in page
    )
    assert 'href="tuan-lam-quen.pdf"' in page


def test_without_weeks_there_are_no_pages_for_loudspeakers(project: Path) -> None:
    assert [uri for uri in load_library(project).generated_uris if uri.startswith("loa/")] == []
