"""Ticks and step mode in a real Chromium, where a guide has more than one list of steps."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from .conftest import SiteServer, wait_until

GUIDE = "guides/dinh-danh/cai-vneid/"
TWO_PHONES = "guides/ky-nang-nen/phong-to-chu/"
BRANCHES = "guides/dinh-danh/chuyen-vneid-sang-may-moi/"
URGENT = "guides/an-toan/lo-chuyen-tien/"
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


def test_each_list_numbers_and_counts_its_own_ticks(page: Page, server: SiteServer) -> None:
    page.goto(server.url + TWO_PHONES)
    ticks = page.locator(".tick")
    assert ticks.all_inner_texts() == ["1", "2", "3", "4", "1", "2", "3", "4"]
    page.get_by_role("button", name="Đã xong bước 1, Máy Android").click()
    page.reload()
    pressed = [tick.get_attribute("aria-pressed") for tick in ticks.all()]
    assert pressed == ["true", *["false"] * 7]
    assert page.locator(".progress").all_inner_texts() == ["", "Xong 1/4", ""]
    page.get_by_role("button", name="Đã xong bước 2, Máy iPhone").click()
    expect(page.get_by_text("Máy iPhone: Xong 1/4", exact=True)).to_be_visible()


def test_ticks_kept_by_words_alone_are_not_shown(page: Page, server: SiteServer) -> None:
    page.add_init_script(
        f"localStorage.setItem('ticks:/{TWO_PHONES}', JSON.stringify(['Mở Cài đặt.']))"
    )
    page.goto(server.url + TWO_PHONES)
    assert page.locator(".tick").all_inner_texts() == ["1", "2", "3", "4", "1", "2", "3", "4"]


def test_step_mode_says_which_list_it_is_in(page: Page, server: SiteServer) -> None:
    open_step_mode(page, server.url + TWO_PHONES)
    shown = []
    for _ in range(8):
        parts = (".step-head h2", ".step-list", ".step-count", ".step-text")
        shown.append([page.locator(part).inner_text() for part in parts])
        page.keyboard.press("ArrowRight")
    first = "Phần 1 trên 2\u00a0· Bước 1 trên 4"
    assert shown[0] == ["Các bước", "Máy Android:", first, "Mở Cài đặt."]
    assert [step[1:3] for step in shown[:4]] == [
        ["Máy Android:", f"Phần 1 trên 2\u00a0· Bước {number} trên 4"] for number in range(1, 5)
    ]
    assert [step[1:3] for step in shown[4:]] == [
        ["Máy iPhone:", f"Phần 2 trên 2\u00a0· Bước {number} trên 4"] for number in range(1, 5)
    ]
    assert shown[4][0::3] == ["Các bước", "Mở Cài đặt."]


def test_step_mode_says_at_the_end_of_a_part_for_whom_the_next_is(
    page: Page, server: SiteServer
) -> None:
    page.goto(server.url + BRANCHES)
    page.get_by_role("button", name="Đã xong bước 1, Còn máy cũ thì làm tiếp").click()
    page.get_by_role("button", name="Từng bước").click()
    expect(page.locator(".step-count")).to_be_visible()
    shown = []
    for _ in range(6):
        shown.append(
            [page.locator(part).inner_text() for part in (".step-next", "[data-move='1']")]
        )
        page.keyboard.press("ArrowRight")
    assert shown == [
        ["", "Tiếp →"],
        ["Hết phần 1. Tiếp theo là phần 2: Còn máy cũ thì làm tiếp.", "Phần 2 →"],
        ["", "Tiếp →"],
        ["Hết phần 2. Tiếp theo là phần 3: Không còn máy cũ thì làm tiếp.", "Phần 3 →"],
        ["", "Tiếp →"],
        ["", "Tiếp →"],
    ]


def test_a_heading_names_a_part_as_a_paragraph_does(page: Page, server: SiteServer) -> None:
    page.goto(server.url + TWO_PHONES)
    page.evaluate(
        "for (const name of document.querySelectorAll('.box-steps > p + p, .box-steps > ol + p'))"
        " name.outerHTML = `<h3>${name.textContent}</h3>`;"
    )
    page.get_by_role("button", name="Từng bước").click()
    expect(page.locator(".step-list")).to_have_text("Máy Android:")
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    expect(page.locator(".step-next")).to_have_text("Hết phần 1. Tiếp theo là phần 2: Máy iPhone.")


def test_step_mode_leaves_the_ticks_on_the_page(page: Page, server: SiteServer) -> None:
    page.goto(server.url + TWO_PHONES)
    page.get_by_role("button", name="Đã xong bước 1, Máy Android").click()
    page.get_by_role("button", name="Từng bước").click()
    expect(page.locator(".step-list")).to_have_text("Máy Android:")
    expect(page.locator(".step-mode .tick, .step-mode .progress")).to_have_count(0)


def extras_of_each_step(page: Page, steps: int) -> list[str]:
    """Return what is shown below each step, on one line."""
    shown = []
    for _ in range(steps):
        extras = page.locator(".step-extras")
        shown.append(" ".join(extras.inner_text().split()) if extras.is_visible() else "")
        page.keyboard.press("ArrowRight")
    return shown


def test_step_mode_shows_the_table_that_steps_speak_of(page: Page, server: SiteServer) -> None:
    open_step_mode(page, server.url + "guides/an-toan/bao-so-156/")
    shown = extras_of_each_step(page, 8)
    assert shown[:3] == ["", "", ""]
    assert set(shown[3:]) == {shown[3]}
    assert shown[3].startswith(
        "Kèm theo các bước này Gặp chuyện gì Soạn tin Cuộc gọi lừa đảo LD (số gọi đến) (nội dung)"
    )
    assert shown[3].endswith("Gửi không được thì gọi thẳng 156.")


def test_step_mode_shows_the_message_to_send_without_the_drawing(
    page: Page, server: SiteServer
) -> None:
    address = server.url + "guides/bao-hiem/lay-lai-mat-khau-vssid/"
    page.goto(address)
    expect(page.locator(".box-steps > ol + .drawing")).to_have_count(1)
    open_step_mode(page, address)
    (shown,) = set(extras_of_each_step(page, 4))
    assert shown.startswith("Kèm theo các bước này BH MK (mã số BHXH) gửi 8079 Ví dụ")
    expect(page.locator(".step-extras img")).to_have_count(0)


def test_step_mode_does_not_take_the_next_list_for_an_extra(page: Page, server: SiteServer) -> None:
    open_step_mode(page, server.url + TWO_PHONES)
    assert extras_of_each_step(page, 8) == [""] * 8


def test_step_mode_goes_from_what_is_urgent_to_the_steps_and_back(
    page: Page, server: SiteServer
) -> None:
    open_step_mode(page, server.url + URGENT)
    heading = page.locator(".step-head h2")
    expect(heading).to_have_text("Làm ngay")
    expect(page.locator(".step-list")).to_have_text("")
    for _ in range(4):
        page.keyboard.press("ArrowRight")
    expect(page.locator(".step-next")).to_have_text("Hết phần 1. Tiếp theo là phần 2: Các bước.")
    page.keyboard.press("ArrowRight")
    expect(heading).to_have_text("Các bước")
    expect(page.locator(".step-list")).to_have_text("Nói với ngân hàng và Công an theo thứ tự này.")
    expect(page.locator(".step-count")).to_have_text("Phần 2 trên 2 · Bước 1 trên 5")
    page.keyboard.press("ArrowLeft")
    expect(heading).to_have_text("Làm ngay")
    expect(page.locator(".step-count")).to_have_text("Phần 1 trên 2 · Bước 5 trên 5")
    expect(page.locator(".step-list")).to_have_text("")


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
    count = page.locator(".step-count")
    following = page.get_by_role("button", name="Tiếp →")
    for _ in range(4):
        following.click()
    expect(count).to_have_text("Bước 5 trên 5")
    expect(following).to_have_attribute("aria-disabled", "true")
    expect(following).to_be_focused()
    page.keyboard.press("ArrowLeft")
    expect(count).to_have_text("Bước 4 trên 5")
    expect(following).to_have_attribute("aria-disabled", "false")
    previous = page.get_by_role("button", name="← Trước")
    for _ in range(3):
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
    open_step_mode(page, server.url + TWO_PHONES)
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    page.locator(".step-text img").click()
    expect(page.locator(".zoom img")).to_be_visible()
    page.keyboard.press("ArrowRight")
    if way == "Back":
        page.go_back()
    else:
        page.keyboard.press("Escape")
    expect(page.locator(".zoom")).to_have_count(0)
    expect(page.locator(".step-count")).to_have_text("Phần 1 trên 2 · Bước 4 trên 4")
    expect(page.locator(".step-list")).to_have_text("Máy Android:")
    wait_until(page, "history.state.dialogs === 1")
    page.go_back()
    expect(page.locator("dialog")).to_have_count(0)
    assert page.url == server.url + TWO_PHONES


def test_two_quick_taps_open_step_mode_once(page: Page, server: SiteServer) -> None:
    page.goto(server.url + GUIDE)
    page.evaluate(
        "() => { const button = document.querySelector('[data-tool=steps]');"
        " button.click(); button.click(); }"
    )
    expect(page.locator(".step-count")).to_have_text("Bước 1 trên 5")
    expect(page.locator("dialog")).to_have_count(1)
