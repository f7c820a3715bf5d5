"""No page is wider than its screen: in the largest letters, whatever long word an editor writes."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page
from support.browser.server import SiteServer
from support.floor import GUIDE, LISTS, PAGES

TEAM = "cac-to/thon-lac-hien/"
TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
LENGTHEN = """() => {
  const parts = "h1, h2, h3, .box-help a, main :is(p, li, dt, dd, summary, figcaption)";
  for (const part of document.querySelectorAll(parts)) {
    const text = [...part.childNodes].find((node) => node.nodeType === 3 && node.data.trim());
    if (text) text.data += " " + "nghiêng".repeat(9);
  }
}"""
# As Android's text zoom does: each element's letters, whatever unit its size is written in.
DOUBLE = """() => {
  const all = [...document.querySelectorAll("body *")];
  const sizes = all.map((each) => parseFloat(getComputedStyle(each).fontSize));
  all.forEach((each, n) => (each.style.fontSize = `${2 * sizes[n]}px`));
}"""
LINES = """() => {
  const range = document.createRange();
  const lines = new Set();
  for (const part of document.querySelectorAll(".brand span, .brand b")) {
    for (const text of [...part.childNodes].filter((node) => node.nodeType === 3)) {
      range.selectNodeContents(text);
      for (const each of range.getClientRects()) lines.add(Math.round(each.bottom));
    }
  }
  return lines.size;
}"""
CUT = """() => [...document.querySelectorAll(".main-nav a, .site-header button")]
  .filter((each) => {
    const { left, right } = each.getBoundingClientRect();
    return left < 0 || right > innerWidth || each.scrollWidth > each.offsetWidth;
  })
  .map((each) => each.textContent.trim())"""
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


TELEPHONES = """() => {
  const number = '<a href="tel:1900545413">1900 54 54 13</a>';
  const add = (box, html) => document.querySelector(box).insertAdjacentHTML("beforeend", html);
  add(".box-help", `<ul><li>Gọi ${number}</li></ul>`);
  add(".box-snags", `<table><tr><td>Ngân hàng Vietcombank</td>` +
    `<td>${number}, bấm 1</td><td>theo Người quan sát, năm 2025</td></tr></table>`);
}"""


@pytest.mark.parametrize("width", [320, 360, 390, 768, 1280])
def test_largest_letters_and_long_words_never_widen_a_page(
    page: Page, server: SiteServer, width: int
) -> None:
    page.add_init_script("localStorage.setItem('text-size', '3')")
    page.set_viewport_size({"width": width, "height": 640})
    wide = list[str]()
    for address in (*PAGES, *LISTS, TEAM):
        page.goto(server.url + address)
        before = page.evaluate(TOO_WIDE)
        page.evaluate(LENGTHEN)
        if before > 0 or page.evaluate(TOO_WIDE) > 0:
            wide.append(address)
    assert wide == []


@pytest.mark.parametrize("width", [320, 360, 390])
def test_telephone_numbers_in_lists_and_tables_never_widen_a_page(
    page: Page, server: SiteServer, width: int
) -> None:
    page.add_init_script("localStorage.setItem('text-size', '3')")
    page.set_viewport_size({"width": width, "height": 640})
    page.goto(server.url + GUIDE)
    page.evaluate(TELEPHONES)
    assert page.evaluate(TOO_WIDE) <= 0


def test_letters_twice_as_large_leave_the_header_two_lines(page: Page, server: SiteServer) -> None:
    page.set_viewport_size({"width": 360, "height": 640})
    page.goto(server.url + GUIDE)
    page.evaluate(DOUBLE)
    assert page.evaluate(LINES) == 2
    assert page.evaluate(CUT) == []
    assert page.evaluate(TOO_WIDE) <= 0


@pytest.mark.parametrize("spacing", ["0", ".12em"])  # stands for a wider font
@pytest.mark.parametrize("text_size", [0, 3])
@pytest.mark.parametrize("width", [320, 360, 390])
def test_letters_twice_as_large_cut_no_label_of_the_bar(
    page: Page, server: SiteServer, width: int, text_size: int, spacing: str
) -> None:
    page.add_init_script(f"localStorage.setItem('text-size', '{text_size}')")
    page.set_viewport_size({"width": width, "height": 640})
    page.goto(server.url + GUIDE)
    page.evaluate("(each) => (document.body.style.letterSpacing = each)", spacing)
    page.evaluate(DOUBLE)
    assert page.evaluate(CUT) == []


def test_tables_never_break_inside_a_syllable(page: Page, server: SiteServer) -> None:
    page.add_init_script("localStorage.setItem('text-size', '3')")
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(server.url + "goi-giup/")
    assert page.evaluate(SYLLABLES) == []
    assert page.evaluate(TOO_WIDE) <= 0
