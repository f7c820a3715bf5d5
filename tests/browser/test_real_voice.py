"""A voice that really speaks, where tests of reading aloud otherwise have one that says nothing."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser, expect
from support.browser.chromium import CHROMIUM, OPTIONS
from support.browser.real_voice import real_voice
from support.browser.server import SiteServer
from support.floor import FIVE_STEPS
from support.waiting import wait_until

GUIDE = [
    "Năm bước",
    "Dành cho ai: Người đã làm định danh mức 2.",
    "Các bước",
    "Bước 1. Mở xê hát pờ lây.",
    "Bước 2. Gõ vê nờ e ai đi vào ô tìm kiếm.",
    "Bước 3. Đọc tên nhà phát hành.",
    "Bước 4. Bấm Cài đặt.",
    "Bước 5. Bấm Mở.",
    "Hình minh họa",
    "Gặp chuyện gì",
    "Làm gì",
    "Máy đầy",
    "Xóa bớt ảnh",
    "Vẫn không được",
    "Hỏi Công an xã.",
    "Đừng đọc mã ô tê pê cho ai.",
]
START = 30_000  # ms


def test_the_voice_of_the_system_speaks_a_whole_guide(
    browser: Browser, server: SiteServer, tmp_path: Path
) -> None:
    with (
        real_voice(tmp_path) as voice,
        browser.browser_type.launch(
            executable_path=CHROMIUM,  # the headless shell has no voices
            args=[*OPTIONS, "--headless=new", "--enable-speech-dispatcher"],
            env=voice.environment,
            timeout=START,
        ) as speaking,
    ):
        page = speaking.new_page()
        page.goto(server.url + FIVE_STEPS)
        button = page.locator("[data-tool=read]")
        expect(button).to_be_enabled(timeout=START)
        button.click()
        wait_until(lambda: len(voice.messages()) >= len(GUIDE), voice.said)
        expect(button).to_have_text("Nghe đọc", timeout=START)
    assert voice.messages() == GUIDE
    assert "SET SELF LANGUAGE vi" in voice.said()
    assert voice.sound.stat().st_size > 10_000
