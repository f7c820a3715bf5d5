"""The button at a step for whoever is stuck: a message for the team, a link back to the step."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect
from support.browser.server import SiteServer
from support.floor import GUIDE, URGENT
from support.node import run_node
from support.project import REPOSITORY

from desk.audit.first_screen import first_screens

COPY = """
Object.defineProperty(navigator, "clipboard", {value: {
  writeText: (text) => { window.copied = text; return Promise.resolve(); },
}});
"""


def test_one_tap_writes_the_message_and_its_link_leads_back(page: Page, server: SiteServer) -> None:
    page.add_init_script(COPY)
    page.goto(server.url + GUIDE)
    page.get_by_role("button", name="Kẹt? Nhắn tổ từ bước 2, Máy Android").click()
    message = page.get_by_label("Lời nhắn cho tổ")
    expect(message).to_be_focused()
    lines = message.input_value().split("\n")
    assert lines[0] == "Tôi kẹt ở bước 2, bài “Cài máy”."
    assert lines[1].startswith("Bước ấy ghi: Bấm vào ảnh của bà con, rồi tìm: nút tròn ở góc;")
    assert lines[2:4] == ["Máy tôi đang hiện: ", "Loại máy: máy tính"]
    assert lines[4] == f"{server.url}{GUIDE}#buoc-2"
    page.locator(".stuck-bar").get_by_role("button", name="Chép lời nhắn").click()
    expect(page.locator(".stuck-bar [role=status]")).to_have_text(re.compile("^Đã chép."))
    assert page.evaluate("window.copied") == message.input_value()
    page.goto(lines[4])
    expect(page.locator(":target")).to_contain_text("Bấm vào ảnh của bà con")
    expect(page.locator(":target")).to_be_in_viewport()


def test_a_second_tap_puts_the_message_away(page: Page, server: SiteServer) -> None:
    page.goto(server.url + GUIDE)
    button = page.get_by_role("button", name="Kẹt? Nhắn tổ từ bước 1, Máy iPhone")
    button.click()
    assert page.get_by_label("Lời nhắn cho tổ").input_value().endswith("#buoc-2-1")
    button.click()
    expect(page.get_by_label("Lời nhắn cho tổ")).to_have_count(0)


def test_a_step_alone_on_the_screen_has_the_button_too(page: Page, server: SiteServer) -> None:
    page.goto(server.url + GUIDE)
    page.get_by_role("button", name="Từng bước").click()
    page.locator("[data-move='1']").click()
    page.locator(".step-mode").get_by_role("button", name="Kẹt? Nhắn tổ").click()
    message = page.locator(".step-mode").get_by_label("Lời nhắn cho tổ")
    expect(message).to_be_focused()
    assert message.input_value().startswith("Tôi kẹt ở bước 2, bài “Cài máy”.")
    assert message.input_value().endswith("#buoc-2")
    written = message.input_value()
    page.keyboard.press("ArrowRight")
    page.keyboard.type(" a ")  # none of these keys leads on
    assert message.input_value().replace(" a ", "", 1) == written
    page.locator("[data-move='1']").click()
    expect(message).to_have_count(0)
    page.locator("[data-move='-1']").click()
    assert message.input_value() != written  # what was typed is still there


PHONES = {
    "Mozilla/5.0 (Linux; Android 10; SM-A105) AppleWebKit/537.36 Mobile Zalo/23.1": (
        "Android 10, SM-A105, đang xem trong Zalo"
    ),
    "Mozilla/5.0 (Linux; Android 9; CPH1937 Build/PKQ1; wv) AppleWebKit/537.36": (
        "Android 9, CPH1937"
    ),
    "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 Chrome/130.0 Mobile": "Android 10",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 15_0 like Mac OS X) AppleWebKit/605.1": "iPhone, iOS 15",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36": "máy tính",
}


@pytest.mark.parametrize(("agent", "kind"), PHONES.items())
def test_kind_of_phone(agent: str, kind: str) -> None:
    script = """
globalThis.document = { querySelectorAll: () => [] };
const { phoneOf } = await import(taken.module);
give(phoneOf(taken.agent));
"""
    module = (REPOSITORY / "theme/assets/js/stuck.js").as_uri()
    assert run_node(script, {"module": module, "agent": agent}) == kind


def test_guides_say_what_to_do_in_the_first_screen(browser: Browser, server: SiteServer) -> None:
    plain, urgent = first_screens(browser, [server.url + GUIDE, server.url + URGENT])
    assert (plain.is_urgent, list(plain.findings())) == (False, [])
    assert (urgent.is_urgent, urgent.is_under_title, list(urgent.findings())) == (True, True, [])
