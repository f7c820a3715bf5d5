"""No page is wider than its screen: in the largest letters, whatever long word an editor writes."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from .conftest import SiteServer
from .floor import PAGES

TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
LENGTHEN = """() => {
  const parts = "h1, h2, h3, main p, main li, main dt, main dd, main summary, main figcaption";
  for (const part of document.querySelectorAll(parts)) {
    const text = [...part.childNodes].find((node) => node.nodeType === 3 && node.data.trim());
    if (text) text.data += " " + "nghiêng".repeat(9);
  }
}"""
SYLLABLES = """() => {
  const table = document.createElement("table");
  table.innerHTML = "<tr><td>Mật khẩu</td><td>đường nghiêng</td><td>trong chuyện</td></tr>";
  document.querySelector("main .page").append(table);
  const range = document.createRange();
  const broken = [];
  for (const cell of table.querySelectorAll("td")) {
    const text = cell.firstChild;
    for (const { index, 0: word } of text.data.matchAll(/\\S+/g)) {
      range.setStart(text, index);
      range.setEnd(text, index + word.length);
      if (range.getClientRects().length > 1) broken.push(word);
    }
  }
  return broken;
}"""


@pytest.mark.parametrize("width", [320, 360, 390])
def test_largest_letters_and_long_words_never_widen_a_page(
    page: Page, floor: SiteServer, width: int
) -> None:
    page.add_init_script("localStorage.setItem('text-size', '3')")
    page.set_viewport_size({"width": width, "height": 640})
    wide = list[str]()
    for address in PAGES:
        page.goto(floor.url + address)
        before = page.evaluate(TOO_WIDE)
        page.evaluate(LENGTHEN)
        if before > 0 or page.evaluate(TOO_WIDE) > 0:
            wide.append(address)
    assert wide == []


def test_tables_never_break_inside_a_syllable(page: Page, floor: SiteServer) -> None:
    page.add_init_script("localStorage.setItem('text-size', '3')")
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(floor.url + "goi-giup/")
    assert page.evaluate(SYLLABLES) == []
    assert page.evaluate(TOO_WIDE) <= 0
