"""The reader's tools in a real Chromium: text size, ticks, terms, step mode, reading aloud."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect
from support.browser.server import SiteServer, wait_until
from support.browser.voice import start_reading, stub_voices
from support.floor import FIVE_STEPS, LISTEN, URGENT
from support.floor import GUIDE as TWO_LISTS

GUIDE = FIVE_STEPS
TERMS_GUIDE = FIVE_STEPS


def test_text_size_is_remembered_and_applied_before_the_first_paint(
    page: Page, server: SiteServer
) -> None:
    page.goto(server.url + GUIDE)
    smaller, _, larger = page.locator("[data-text-size]").all()
    larger.click()
    larger.click()
    page.goto(server.url)
    assert page.evaluate("document.documentElement.dataset.size") == "2"
    assert page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)") > 24
    smaller.click()
    assert page.evaluate("document.documentElement.dataset.size") == "1"


@pytest.mark.parametrize("chosen", ["-1", "3"])
def test_text_size_goes_back_to_normal_at_once(page: Page, server: SiteServer, chosen: str) -> None:
    page.goto(server.url)
    page.evaluate(f"localStorage.setItem('text-size', '{chosen}')")
    page.reload()
    normal = page.get_by_role("button", name="A chữ bình thường", exact=True)
    expect(normal).to_have_attribute("aria-disabled", "false")
    normal.click()
    expect(normal).to_have_attribute("aria-disabled", "true")
    assert page.evaluate("document.documentElement.dataset.size") == "0"
    assert page.evaluate("localStorage.getItem('text-size')") == "0"


# A slow page keeps the phone's own letters (font-display: optional); this machine's are wider.
OUR_FONT = """new FontFace(
  "Be Vietnam Pro", `url(${document.querySelector("link[as=font]").href})`, { weight: 700 }
).load().then((face) => { document.fonts.add(face); })"""


@pytest.mark.parametrize("text_size", ["-1", "0", "3"])
def test_text_size_and_the_name_of_the_site_share_a_line_at_320(
    page: Page, server: SiteServer, text_size: str
) -> None:
    page.set_viewport_size({"width": 320, "height": 800})
    page.add_init_script(f"localStorage.setItem('text-size', '{text_size}')")
    page.goto(server.url)
    page.evaluate(OUR_FONT)
    boxes = [each.bounding_box() for each in page.locator("[data-text-size]").all()]
    assert [(box["width"], box["height"]) for box in boxes if box] == [(48, 48)] * 3
    lines = page.locator(".brand b").evaluate(
        "(name) => name.offsetHeight / parseFloat(getComputedStyle(name).lineHeight)"
    )
    assert round(lines, 1) == 1


def test_text_size_stops_at_the_largest(page: Page, server: SiteServer) -> None:
    page.goto(server.url)
    larger = page.locator("[data-text-size='1']")
    for _ in range(5):
        larger.click(force=True)
    assert page.evaluate("document.documentElement.dataset.size") == "3"
    expect(larger).to_have_attribute("aria-disabled", "true")


def test_ticks_are_remembered_and_can_be_taken_back(page: Page, server: SiteServer) -> None:
    page.goto(server.url + GUIDE)
    page.get_by_role("button", name="Đã xong bước 2").click()
    page.reload()
    second = page.get_by_role("button", name="Đã xong bước 2")
    expect(second).to_have_attribute("aria-pressed", "true")
    expect(page.locator(".progress")).to_have_text("Xong 1/5")
    second.click()
    expect(page.locator(".progress")).to_have_text("")


def test_term_is_explained_beside_the_word_and_escape_closes_it(
    page: Page, server: SiteServer
) -> None:
    page.goto(server.url + TERMS_GUIDE)
    word = page.locator(".term").first
    word.focus()
    page.keyboard.press("Enter")
    note = page.locator(".term-note")
    expect(note).to_contain_text("Mã dùng một lần gửi đến điện thoại")
    assert page.url == server.url + TERMS_GUIDE
    page.keyboard.press("Escape")
    expect(note).to_have_count(0)
    expect(word).to_be_focused()


def test_step_mode_goes_through_the_steps_by_keys_and_keeps_the_screen_awake(
    page: Page, server: SiteServer
) -> None:
    page.add_init_script(
        "window.locks = [];"
        "Object.defineProperty(navigator, 'wakeLock', {value: {request: async (kind) => {"
        "locks.push(kind); return {release: () => locks.push('released')}; }}});"
    )
    page.goto(server.url + GUIDE)
    page.get_by_role("button", name="Từng bước").click()
    count = page.locator(".step-count")
    expect(count).to_have_text("Bước 1 trên 5")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("PageDown")
    expect(count).to_have_text("Bước 3 trên 5")
    page.keyboard.press("ArrowLeft")
    expect(page.locator(".step-text")).to_have_text("Gõ VNeID vào ô tìm kiếm.")
    page.keyboard.press("Escape")
    expect(page.locator("dialog")).to_have_count(0)
    assert page.evaluate("locks") == ["screen", "released"]


def test_reading_aloud_marks_the_sentence_and_goes_on_after_a_pause(
    page: Page, server: SiteServer
) -> None:
    start_reading(page, server.url + GUIDE)
    marked = "[...CSS.highlights.get('being-read')][0].toString()"
    assert page.evaluate(marked) == "Năm bước"
    page.evaluate("speechSynthesis.finish()")
    assert page.evaluate(marked) == "Dành cho ai: Người đã làm định danh mức 2."
    assert page.evaluate("spoken[0]") == "Năm bước"
    tools = page.get_by_role("group", name="Công cụ của bài")
    tools.get_by_role("button", name="Tạm dừng").click()
    tools.get_by_role("button", name="Nghe tiếp").click()
    wait_until(page, "spoken.length === 3 && spoken[1] === spoken[2]")


def test_prices_and_addresses_are_read_in_one_piece(page: Page, server: SiteServer) -> None:
    sentences = [
        "Kẻ giả hay xin trước 10.000–20.000 đồng. ",
        "Trang thật tận cùng bằng .gov.vn, ví dụ dichvucong.gov.vn. ",
        "Nhắn “ai đó…” ",
        "và “…vừa đăng nhập?” ",
        "rồi gọi ngay! ",
        "(Tên mục có thể khác.) ",
        "Mở trang Tôi ở đâu bây giờ?, gõ tên cũ",
    ]
    stub_voices(page, "vi-VN")
    page.goto(server.url + GUIDE)
    page.evaluate(
        "text => { document.querySelector('#bai .lead').textContent = text; }", "".join(sentences)
    )
    page.get_by_role("button", name="Nghe đọc").click()
    wait_until(page, "spoken.length === 1")
    marked = page.evaluate(
        "Array.from({length: 7}, () => { speechSynthesis.finish();"
        " return [...CSS.highlights.get('being-read')][0].toString(); })"
    )
    assert marked == [sentence.rstrip() for sentence in sentences]
    assert page.evaluate("spoken.slice(1)") == [
        "Kẻ giả hay xin trước 10000 đến 20000 đồng.",
        *marked[1:],
    ]


def test_every_word_of_the_article_is_said(page: Page, server: SiteServer) -> None:
    start_reading(page, server.url + LISTEN)
    expect(page.locator("details[open] summary", has_text="Máy cũ")).to_have_count(0)
    page.evaluate("while (speechSynthesis.current) speechSynthesis.finish()")
    assert page.evaluate("spoken") == [
        "Bài để nghe",
        "Dành cho ai: Người đã làm định danh mức 2.",
        "Các bước",
        "Máy Android",
        "Bước 1. Bấm vào ảnh của bạn, rồi tìm:",
        "nút tròn ở góc;",
        "hoặc chữ Cá nhân.",
        "Bước 2. Soạn đúng như mẫu:",
        "LD (số gọi đến) (nội dung)",
        "Máy iPhone",
        "Bước 1. Mở áp xto.",
        "Gặp chuyện gì",
        "Soạn tin",
        "Cuộc gọi rác",
        "Gọi 1 5 6",
        "Máy cũ thì sao",
        "Máy cũ thì vào Cài đặt trước.",
        "Vẫn không được",
        "Hỏi Công an xã.",
    ]
    expect(page.locator("details[open] summary", has_text="Máy cũ")).to_have_count(1)


def test_each_list_of_steps_is_read_with_its_own_numbers(page: Page, server: SiteServer) -> None:
    start_reading(page, server.url + URGENT)
    page.evaluate(
        "window.marked = [''];"
        "while (speechSynthesis.current) { speechSynthesis.finish();"
        " const [range] = CSS.highlights.get('being-read') || []; marked.push(String(range)); }"
    )
    steps = page.evaluate("spoken.filter((text) => text.startsWith('Bước '))")
    assert steps == [
        "Bước 1. Tắt mạng trên máy.",
        "Bước 2. Gọi ngay ngân hàng theo số in sau thẻ.",
        "Bước 3. Gọi 1 5 6.",
        "Bước 1. Nói tên và số thẻ.",
        "Bước 2. Xin khóa tài khoản.",
    ]
    third = page.evaluate("spoken.indexOf('Bước 3. Gọi 1 5 6.')")
    assert page.evaluate(f"marked[{third}]") == "Gọi 156."


@pytest.mark.parametrize("size", ["0", "3"])
@pytest.mark.parametrize(
    ("width", "height"), [(360, 800), (320, 640), (800, 360), (1280, 800)], ids=str
)
def test_pause_and_stop_stay_in_reach_while_the_page_follows_the_reading(
    page: Page, server: SiteServer, width: int, height: int, size: str
) -> None:
    page.emulate_media(reduced_motion="reduce")
    page.set_viewport_size({"width": width, "height": height})
    page.add_init_script(f"localStorage.setItem('text-size', '{size}')")
    start_reading(page, server.url + TWO_LISTS)
    out_of_view = page.evaluate(
        "Array.from({length: 18}, () => {"
        "speechSynthesis.finish();"
        "const range = [...CSS.highlights.get('being-read')][0];"
        "const {top, bottom} = range.getBoundingClientRect();"
        "const bar = document.querySelector('.reading-bar').getBoundingClientRect().top;"
        "const seen = top >= -1 && (bottom <= bar || top <= 1);"
        "return seen ? null : range.toString(); }).filter(Boolean)"
    )
    assert out_of_view == []
    bar = page.get_by_role("group", name="Đang nghe đọc")
    expect(page.locator("[data-tool=read]")).not_to_be_in_viewport()
    assert page.evaluate(
        "[...document.querySelectorAll('.reading-bar button')].map((button) => {"
        "const box = button.getBoundingClientRect();"
        "const corner = (x, y) => document.elementFromPoint(x, y) === button;"
        "const inset = 12;"
        "return box.height >= 48 && box.width >= 48"
        " && corner(box.left + inset, box.top + inset)"
        " && corner(box.right - inset, box.bottom - inset); })"
    ) == [True, True]
    bar.get_by_role("button", name="Tạm dừng").click()
    bar.get_by_role("button", name="Nghe tiếp").click()
    wait_until(page, "spoken.length === 20 && spoken[18] === spoken[19]")


def test_next_key_after_starting_reaches_pause_and_stop(page: Page, server: SiteServer) -> None:
    start_reading(page, server.url + GUIDE)
    page.keyboard.press("Tab")
    expect(page.locator(".reading-bar button").first).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Thôi nghe")).to_be_focused()


def test_stopping_takes_the_mark_and_the_buttons_away_and_starts_anew(
    page: Page, server: SiteServer
) -> None:
    start_reading(page, server.url + GUIDE)
    page.evaluate("speechSynthesis.finish()")
    page.get_by_role("button", name="Thôi nghe").press("Enter")
    expect(page.locator(".reading-bar")).to_have_count(0)
    assert page.evaluate("speechSynthesis.current") is None
    assert page.evaluate("CSS.highlights.has('being-read')") is False
    assert page.evaluate("document.documentElement.style.scrollPaddingBottom") == ""
    button = page.get_by_role("button", name="Nghe đọc")
    expect(button).to_be_focused()
    button.click()
    wait_until(page, "spoken.length === 3 && spoken[0] === spoken[2]")


def test_buttons_of_the_reading_go_when_the_guide_has_been_read(
    page: Page, server: SiteServer
) -> None:
    start_reading(page, server.url + GUIDE)
    expect(page.locator(".reading-bar")).to_have_count(1)
    page.evaluate("while (speechSynthesis.current) speechSynthesis.finish()")
    expect(page.locator(".reading-bar")).to_have_count(0)
    expect(page.get_by_role("button", name="Nghe đọc")).to_have_attribute("aria-pressed", "false")


def test_what_is_asked_of_the_reader_is_not_read_aloud(
    page: Page, site_with_feedback: SiteServer
) -> None:
    start_reading(page, site_with_feedback.url + "guides/dinh-danh/kich-hoat/")
    expect(page.locator(".feedback h2")).to_have_text("Trang này có ích không?")
    page.evaluate("while (speechSynthesis.current) speechSynthesis.finish()")
    assert page.evaluate("spoken") == [
        "Kích hoạt vê nờ e ai đi",
        "Dành cho ai: Người đã làm định danh mức 2.",
        "Cần có trước",
        "Thẻ căn cước.",
        "Các bước",
        "Bước 1. Mở vê nờ e ai đi.",
        "Vẫn không được",
        "Hỏi Công an xã.",
    ]


@pytest.mark.parametrize("language", ["vi-VN", "vi_VN", "vi", "vie-VNM", "vie"])
def test_vietnamese_voice_is_known_however_the_browser_spells_it(
    page: Page, server: SiteServer, language: str
) -> None:
    stub_voices(page, "en-US", "vib", language)
    page.goto(server.url + GUIDE)
    page.get_by_role("button", name="Nghe đọc").click()
    wait_until(page, "spoken.length === 1")
    said = page.evaluate("[speechSynthesis.current.lang, speechSynthesis.current.voice.lang]")
    assert said == [language, language]


@pytest.mark.parametrize("language", ["en-US", "vib", "vic-US", "en-VI"])
def test_reading_aloud_is_not_offered_without_a_vietnamese_voice(
    page: Page, server: SiteServer, language: str
) -> None:
    stub_voices(page, language)
    page.goto(server.url + GUIDE)
    expect(page.locator("[data-tool=read]")).not_to_be_visible()


def test_reading_aloud_is_offered_when_the_voices_come_late(page: Page, server: SiteServer) -> None:
    stub_voices(page)
    page.goto(server.url + GUIDE)
    expect(page.locator("[data-tool=read]")).not_to_be_visible()
    page.evaluate("speechSynthesis.voices = [{lang: 'vi_VN'}]; speechSynthesis.onvoiceschanged()")
    expect(page.locator("[data-tool=read]")).to_be_visible()


def test_numbers_dates_and_short_forms_are_said_as_people_say_them(
    page: Page, server: SiteServer
) -> None:
    said = {
        "Từ ngày 1/7/2025.": "Từ ngày 1 tháng 7 năm 2025.",
        "Theo báo tháng 11/2022.": "Theo báo tháng 11 năm 2022.",
        "Tháng 7/2025 có người mất tiền.": "Tháng 7 năm 2025 có người mất tiền.",
        "NGÀY 01/07/2025.": "NGÀY 1 tháng 7 năm 2025.",
        "Ngày\u00a01/7/2025, tháng\u00a08/2025.": "Ngày 1 tháng 7 năm 2025, tháng 8 năm 2025.",
        "Báo Người Lao Động (8/2022).": "Báo Người Lao Động (tháng 8 năm 2022).",
        "Từ tháng 5–7/2025.": "Từ tháng 5 đến tháng 7 năm 2025.",
        "Có 13/2025 và 0/2025, 32/7/2025, 7/2025/3.": "Có 13/2025 và 0/2025, 32/7/2025, 7/2025/3.",
        "Nghị định 42/2022/NĐ-CP.": "Nghị định 42 năm 2022 NĐ CP.",
        "Thông tư 77/2025/TT-NHNN.": "Thông tư 77 năm 2025 TT NHNN.",
        "Thông tư 08/2026/TT-BKHCN.": "Thông tư 08 năm 2026 TT BKHCN.",
        "Luật số 7/2023/QH15.": "Luật số 7 năm 2023 QH15.",
        "Quyết định 31/QĐ-BYT ngày 6/1/2026.": "Quyết định 31 QĐ BYT ngày 6 tháng 1 năm 2026.",
        "Quyết định 749/QĐ-TTg.": "Quyết định 749 QĐ TTg.",
        "Nghị định 7/2025, Thông tư số 42/2022.": "Nghị định 7 năm 2025, Thông tư số 42 năm 2022.",
        "Nghị định 115/2024/NĐ-CP.": "Nghị định 115 năm 2024 NĐ CP.",
        "Gọi 113/114/115.": "Gọi 1 1 3/1 1 4/1 1 5.",
        "Trực 24/7.": "Trực 24/7.",
        "Gọi 1900 0368.": "Gọi 1 9 0 0 0 3 6 8.",
        "Có 808.810 tài khoản, đạt 83,95%.": "Có 808810 tài khoản, đạt 83 phẩy 95 phần trăm.",
        "Mỗi tổ 5–7 người.": "Mỗi tổ 5 đến 7 người.",
        "Mã OTP trên VNeID.": "Mã ô tê pê trên vê nờ e ai đi.",
        "Máy hết chỗ → xóa bớt ảnh.": "Máy hết chỗ, xóa bớt ảnh.",
    }
    page.goto(server.url)
    script = page.locator("script[type=module]").first.get_attribute("src")
    module = f"/{script}".replace("site.js", "spoken-text.js")
    spoken = page.evaluate(
        "([path, texts]) => import(path).then((module) => texts.map((t) => module.spokenText(t)))",
        [module, list(said)],
    )
    assert dict(zip(said, spoken, strict=True)) == said
