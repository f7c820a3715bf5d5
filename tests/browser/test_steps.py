"""Ticks and step mode in a real Chromium, where a guide has more than one list of steps."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect
from support.browser.server import SiteServer, wait_until
from support.floor import EVENING, FIVE_STEPS, LISTEN, URGENT
from support.floor import GUIDE as TWO_LISTS

GUIDE = FIVE_STEPS
Point = tuple[int, int]


def open_step_mode(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_role("button", name="Từng bước").click()
    expect(page.locator(".step-count")).to_be_visible()


def drag(page: Page, *fingers: tuple[Point, Point]) -> None:
    """Put fingers on the screen, one after the other, draw them along and lift them."""
    touch = page.context.new_cdp_session(page)

    def send(kind: str, points: list[Point]) -> None:
        told = [{"x": x, "y": y, "id": place} for place, (x, y) in enumerate(points)]
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": told})

    for count in range(len(fingers)):
        send("touchStart", [start for start, _ in fingers[: count + 1]])
    for part in range(1, 6):
        send(
            "touchMove",
            [
                (x + (to_x - x) * part // 5, y + (to_y - y) * part // 5)
                for (x, y), (to_x, to_y) in fingers
            ],
        )
    send("touchEnd", [])
    touch.detach()


def shown(page: Page, *parts: str) -> list[str]:
    return [" ".join(page.locator(part).inner_text().split()) for part in parts]


def test_each_list_numbers_and_counts_its_own_ticks(page: Page, server: SiteServer) -> None:
    page.goto(server.url + TWO_LISTS)
    ticks = page.locator(".tick")
    expect(ticks).to_have_text(["1", "2", "3", "4", "1", "2"])
    page.get_by_role("button", name="Đã xong bước 1, Máy Android").click()
    page.reload()
    expect(ticks.first).to_have_attribute("aria-pressed", "true")
    pressed = [tick.get_attribute("aria-pressed") for tick in ticks.all()]
    assert pressed == ["true", *["false"] * 5]
    page.get_by_role("button", name="Đã xong bước 2, Máy iPhone").click()
    expect(page.get_by_text("Xong 1/2", exact=True)).to_be_visible()


def test_step_mode_says_which_list_it_is_in_and_where_it_ends(
    page: Page, server: SiteServer
) -> None:
    open_step_mode(page, server.url + TWO_LISTS)
    seen = []
    for _ in range(7):
        seen.append(
            shown(
                page, ".step-head h2", ".step-list", ".step-count", ".step-next", "[data-move='1']"
            )
        )
        page.keyboard.press("ArrowRight")
    end = "Hết phần 1. Tiếp theo là phần 2: Máy iPhone."
    one, two = "Phần 1 trên 2 · Bước {} trên 4", "Phần 2 trên 2 · Bước {} trên 2"
    assert seen == [
        ["Các bước", "Máy Android", one.format(1), "", "Tiếp →"],
        ["Các bước", "Máy Android", one.format(2), "", "Tiếp →"],
        ["Các bước", "Máy Android", one.format(3), "", "Tiếp →"],
        ["Các bước", "Máy Android", one.format(4), end, "Phần 2 →"],
        ["Các bước", "Máy iPhone", two.format(1), "", "Tiếp →"],
        ["Các bước", "Máy iPhone", two.format(2), "", "Tiếp →"],
        ["Xong các bước", "", "", "", "Tiếp →"],
    ]


def test_the_end_says_what_should_be_there_and_where_to_turn(
    page: Page, server: SiteServer
) -> None:
    open_step_mode(page, server.url + TWO_LISTS)
    for _ in range(6):
        page.keyboard.press("ArrowRight")
    headings = [text.strip() for text in page.locator(".step-text h2").all_inner_texts()]
    assert headings == ["Làm xong thấy gì", "Hay vướng", "Vẫn không được"]
    expect(page.locator(".step-text a[href='tel:19000368']")).to_be_visible()
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Từng bước").click()
    expect(page.locator(".step-count")).to_have_text("Phần 1 trên 2\u00a0· Bước 1 trên 4")


def test_steps_that_were_passed_are_ticked(page: Page, server: SiteServer) -> None:
    open_step_mode(page, server.url + GUIDE)
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Escape")
    pressed = [tick.get_attribute("aria-pressed") for tick in page.locator(".tick").all()]
    assert pressed == ["true", "true", "true", "false", "false"]


@pytest.mark.parametrize("way", ["reload", "link and Back", "app ended", "left and opened again"])
def test_step_mode_comes_back_at_the_step_where_it_was(
    page: Page, server: SiteServer, way: str
) -> None:
    open_step_mode(page, server.url + GUIDE)
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    expect(page.locator(".step-count")).to_have_text("Bước 3 trên 5")
    if way == "reload":
        page.reload()
    elif way == "link and Back":
        page.goto(server.url)
        page.go_back()
    elif way == "app ended":
        kept = page.context.storage_state()
        other = page.context.browser
        assert other
        again = other.new_context(storage_state=kept)
        tab = again.new_page()
        tab.goto(server.url + GUIDE)
        expect(tab.locator(".step-count")).to_have_text("Bước 3 trên 5")
        again.close()
        return
    else:
        page.keyboard.press("Escape")
        expect(page.locator("dialog")).to_have_count(0)
        page.reload()
        expect(page.locator("dialog")).to_have_count(0)
        page.get_by_role("button", name="Từng bước").click()
    expect(page.locator(".step-count")).to_have_text("Bước 3 trên 5")
    page.go_back()
    expect(page.locator("dialog")).to_have_count(0)
    assert page.url == server.url + GUIDE


def test_a_step_that_editors_changed_since_is_not_looked_for(
    page: Page, server: SiteServer
) -> None:
    page.goto(server.url)
    page.evaluate(
        "key => localStorage.setItem(key, JSON.stringify({mark: '2 Bước cũ.', isOpen: false}))",
        f"step:/{GUIDE}",
    )
    open_step_mode(page, server.url + GUIDE)
    expect(page.locator(".step-count")).to_have_text("Bước 1 trên 5")


def test_back_after_a_reload_over_a_picture_is_not_in_vain(page: Page, server: SiteServer) -> None:
    page.goto(server.url)
    page.goto(server.url + GUIDE)
    page.locator(".picture [aria-haspopup]").or_(page.locator(".picture a")).first.click()
    expect(page.locator(".zoom")).to_be_visible()
    page.reload()
    wait_until(page, "history.state === null")
    page.go_back()
    page.wait_for_url(server.url)


def test_a_drawing_stays_for_all_steps_that_it_numbers(page: Page, server: SiteServer) -> None:
    open_step_mode(page, server.url + TWO_LISTS)
    seen = []
    for _ in range(6):
        picture = page.locator(".step-drawing img")
        seen.append(picture.get_attribute("alt") if picture.count() else "")
        expect(page.locator(".step-text img")).to_have_count(0)
        page.keyboard.press("ArrowRight")
    drawing = "Cài đặt: bấm Xong"
    assert seen == [drawing, drawing, drawing, drawing, "Bà con học dùng máy", ""]
    open_step_mode(page, server.url + GUIDE)
    for _ in range(5):
        expect(page.locator(".step-drawing img")).to_have_attribute("alt", "Năm việc theo thứ tự")
        page.keyboard.press("ArrowRight")


def test_a_drawing_with_numbers_is_shown_at_its_steps_wherever_it_stands(
    page: Page, server: SiteServer
) -> None:
    page.goto(server.url + GUIDE)
    page.evaluate(
        """() => document.getElementById("buoc-2").insertAdjacentHTML("beforeend",
        '<figure class="picture drawing" data-steps="2-3"><img alt="Hai bước"></figure>')"""
    )
    page.get_by_role("button", name="Từng bước").click()
    expect(page.locator(".step-mode")).to_be_visible()
    seen = []
    for _ in range(5):
        seen.append(page.locator(".step-drawing img").get_attribute("alt"))
        page.keyboard.press("ArrowRight")
    others = "Năm việc theo thứ tự"
    assert seen == [others, "Hai bước", "Hai bước", others, others]


def test_on_a_television_the_drawing_stands_beside_large_letters(
    page: Page, server: SiteServer
) -> None:
    page.set_viewport_size({"width": 1280, "height": 720})
    open_step_mode(page, server.url + GUIDE)
    text, drawing = (page.locator(part).bounding_box() for part in (".step-text", ".step-drawing"))
    assert text
    assert drawing
    assert text["x"] + text["width"] < drawing["x"]
    assert abs(text["y"] - drawing["y"]) < 2
    size = "each => parseFloat(getComputedStyle(each).fontSize)"
    assert page.locator(".step-text").evaluate(size) >= 43


def test_step_mode_leaves_the_ticks_on_the_page(page: Page, server: SiteServer) -> None:
    page.goto(server.url + TWO_LISTS)
    page.get_by_role("button", name="Đã xong bước 1, Máy Android").click()
    page.get_by_role("button", name="Từng bước").click()
    expect(page.locator(".step-list")).to_have_text("Máy Android")
    tools = ".tick, .stuck, .progress"
    expect(page.locator(".step-mode").locator(tools)).to_have_count(0)


def test_step_mode_shows_what_steps_speak_of_below_each_of_its_list(
    page: Page, server: SiteServer
) -> None:
    open_step_mode(page, server.url + LISTEN)
    seen = []
    for _ in range(3):
        extras = page.locator(".step-extras")
        seen.append(" ".join(extras.inner_text().split()) if extras.is_visible() else "")
        page.keyboard.press("ArrowRight")
    table = "Gặp chuyện gì Soạn tin Cuộc gọi rác Gọi 156 Máy cũ thì sao"
    assert seen == ["", "", f"Kèm theo các bước này {table}"]
    open_step_mode(page, server.url + GUIDE)
    expect(page.locator(".step-extras")).to_contain_text("Máy đầy")
    expect(page.locator(".step-extras img")).to_have_count(0)


def test_step_mode_goes_from_what_is_urgent_to_the_steps_and_back(
    page: Page, server: SiteServer
) -> None:
    open_step_mode(page, server.url + URGENT)
    heading = page.locator(".step-head h2")
    expect(heading).to_have_text("Làm ngay")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    expect(page.locator(".step-next")).to_have_text("Hết phần 1. Tiếp theo là phần 2: Các bước.")
    page.keyboard.press("ArrowRight")
    expect(heading).to_have_text("Các bước")
    expect(page.locator(".step-count")).to_have_text("Phần 2 trên 2 · Bước 1 trên 2")
    page.keyboard.press("ArrowLeft")
    expect(heading).to_have_text("Làm ngay")
    expect(page.locator(".step-count")).to_have_text("Phần 1 trên 2 · Bước 3 trên 3")


def test_an_evening_is_shown_as_slides_through_lessons_tasks_and_questions(
    page: Page, server: SiteServer
) -> None:
    page.goto(server.url + EVENING)
    page.get_by_role("button", name="Chiếu cả buổi lên TV").click()
    expect(page.locator(".step-head h2")).to_have_text("Buổi 1: Làm quen")
    seen = []
    unknown = """[...document.querySelectorAll('dialog use')]
      .filter((each) => !document.getElementById(each.href.baseVal.slice(1)))"""
    for _ in range(60):
        page.keyboard.press("ArrowRight")
        assert page.evaluate(unknown) == []  # icons come along with another page's parts
        seen.append(shown(page, ".step-head h2", ".step-text")[:2])
        if page.locator("[data-move='1']").get_attribute("aria-disabled") == "true":
            break
    assert seen[0] == ["Đón bà con, xếp chỗ", "0–5 phút"]
    assert seen[1] == ["Bài 1 trên 2", "Cài máy Dành cho ai: Người đã làm định danh mức 2."]
    assert seen[2] == ["Cài máy", "Mở Cài đặt."]
    rest = seen.index(["Nghỉ, uống nước", "30–40 phút"])
    assert seen[rest - 1] == ["Bà con tự làm: việc 1 trên 1", "Tự mở Cài đặt."]
    assert seen[rest - 10 : rest - 7] == [
        ["Bà con tự làm", "Tập thử: Giữ mã Gõ mã, không đọc mã cho ai."],
        ["Có tin đến", "Đọc mã trong tin nhắn."],
        ["Có tin đến", "“Tin khác Hôm qua 2” Chưa phải: Mở tin mới nhất."],
    ]
    assert seen[rest - 2] == ["Bà con tập xong rồi", "Không đọc mã cho ai."]
    assert seen[rest + 1][0] == "Bài 2 trên 2"
    assert ["Lỡ bấm link lạ", "Tắt mạng trên máy."] in seen
    question = "Nên tải ứng dụng ở đâu5? A. CH Play B. App Store C. Kho của máy"
    assert seen[-2:] == [
        ["Câu hỏi 5 trên 5", question],
        [
            "Câu hỏi 5 trên 5",
            f"{question} C. Kho của máy. Chỉ tải từ kho của máy.",
        ],
    ]


@pytest.mark.parametrize(
    ("fingers", "step"),
    [
        ([((300, 400), (200, 420))], 3),
        ([((100, 400), (200, 420))], 1),
        ([((300, 600), (230, 300))], 2),
        ([((300, 400), (200, 340))], 2),
        ([((300, 400), (260, 400))], 2),
        ([((300, 400), (150, 400)), ((100, 500), (40, 500))], 2),
    ],
    ids=["to the left", "to the right", "scroll", "slant", "short", "two fingers"],
)
def test_only_one_finger_drawn_sideways_changes_the_step(
    page: Page, server: SiteServer, fingers: list[tuple[Point, Point]], step: int
) -> None:
    open_step_mode(page, server.url + GUIDE)
    page.keyboard.press("ArrowRight")
    drag(page, *fingers)
    expect(page.locator(".step-count")).to_have_text(f"Bước {step} trên 5")


def test_keys_go_on_after_clicks_up_to_either_end(page: Page, server: SiteServer) -> None:
    open_step_mode(page, server.url + GUIDE)
    count, heading = page.locator(".step-count"), page.locator(".step-head h2")
    following = page.get_by_role("button", name="Tiếp →")
    for _ in range(5):
        following.click()
    expect(heading).to_have_text("Xong các bước")
    expect(following).to_have_attribute("aria-disabled", "true")
    expect(following).to_be_focused()
    page.keyboard.press("ArrowLeft")
    expect(count).to_have_text("Bước 5 trên 5")
    expect(following).to_have_attribute("aria-disabled", "false")
    previous = page.get_by_role("button", name="← Trước")
    for _ in range(4):
        previous.click()
    expect(previous).to_have_attribute("aria-disabled", "true")
    page.keyboard.press("ArrowRight")
    expect(count).to_have_text("Bước 2 trên 5")


def test_keys_go_on_when_the_focus_has_left_the_dialog(page: Page, server: SiteServer) -> None:
    """Older browsers take it away at a click beside the buttons."""
    open_step_mode(page, server.url + GUIDE)
    page.evaluate("document.activeElement.blur()")
    assert page.evaluate("document.activeElement.tagName") == "BODY"
    page.keyboard.press("ArrowRight")
    expect(page.locator(".step-count")).to_have_text("Bước 2 trên 5")


def test_back_closes_step_mode_and_stays_in_the_guide(page: Page, server: SiteServer) -> None:
    page.goto(server.url)
    open_step_mode(page, server.url + GUIDE)
    page.go_back()
    expect(page.locator("dialog")).to_have_count(0)
    assert page.url == server.url + GUIDE
    page.go_back()
    assert page.url == server.url


def test_leaving_step_mode_by_its_button_leaves_the_history_as_it_was(
    page: Page, server: SiteServer
) -> None:
    page.goto(server.url)
    open_step_mode(page, server.url + GUIDE)
    page.get_by_role("button", name="Thoát").click()
    expect(page.locator("dialog")).to_have_count(0)
    wait_until(page, "history.state === null")
    page.go_back()
    assert page.url == server.url


@pytest.mark.parametrize("way", ["Back", "Escape"])
def test_picture_over_step_mode_closes_alone(page: Page, server: SiteServer, way: str) -> None:
    open_step_mode(page, server.url + TWO_LISTS)
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    page.locator(".step-drawing img").click()
    expect(page.locator(".zoom img")).to_be_visible()
    page.keyboard.press("ArrowRight")
    if way == "Back":
        page.go_back()
    else:
        page.keyboard.press("Escape")
    expect(page.locator(".zoom")).to_have_count(0)
    expect(page.locator(".step-count")).to_have_text("Phần 1 trên 2 · Bước 4 trên 4")
    expect(page.locator(".step-list")).to_have_text("Máy Android")
    wait_until(page, "history.state.dialogs === 1")
    page.go_back()
    expect(page.locator("dialog")).to_have_count(0)
    assert page.url == server.url + TWO_LISTS


def test_two_quick_taps_open_step_mode_once(page: Page, server: SiteServer) -> None:
    page.goto(server.url + GUIDE)
    page.evaluate(
        "() => { const button = document.querySelector('[data-tool=steps]');"
        " button.click(); button.click(); }"
    )
    expect(page.locator(".step-count")).to_have_text("Bước 1 trên 5")
    expect(page.locator("dialog")).to_have_count(1)
