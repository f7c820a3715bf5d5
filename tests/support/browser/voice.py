"""A voice for reading aloud that tests can hear."""

from __future__ import annotations

from playwright.sync_api import Page

from support.browser.server import wait_until

STUB_VOICE = """
const spoken = window.spoken = [];
const speech = {
  voices: VOICES.map((lang) => ({lang})),
  getVoices() { return this.voices; },
  cancel() { this.current = null; },
  speak(utterance) { this.current = utterance; spoken.push(utterance.text); },
  finish() { const done = this.current; this.current = null; done.onend(); },
};
window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
Object.defineProperty(window, "speechSynthesis", {value: speech});
"""


def stub_voices(page: Page, *languages: str) -> None:
    """Give the page voices of these languages, which say nothing and note what they are told."""
    page.add_init_script(STUB_VOICE.replace("VOICES", str(list(languages))))


def start_reading(page: Page, address: str) -> None:
    """Have a page's first sentence spoken by a voice that waits for `speechSynthesis.finish()`."""
    stub_voices(page, "vi-VN")
    page.goto(address)
    page.get_by_role("button", name="Nghe đọc").click()
    wait_until(page, "spoken.length === 1")
