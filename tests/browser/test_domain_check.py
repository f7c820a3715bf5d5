"""The check of an address, run as the browser runs it: golden cases, bad input, nothing sent."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from playwright.sync_api import Browser, Page, expect
from support.browser.server import SiteServer
from support.project import REPOSITORY

pytestmark = pytest.mark.browser
CASES = yaml.safe_load((Path(__file__).parent / "cases/domains.yml").read_text("utf-8"))
OFFICIAL = ["dichvucong.gov.vn", "vneid.gov.vn", "baohiemxahoi.gov.vn", "help.zalo.me"]
AUTHORITIES = [
    {
        "name": "Công an",
        "words": ["công an", "csgt", "phạt nguội"],
        "unless": ["công an toàn"],
        "state": True,
        "addresses": [["csgt.vn", "Pháp Luật TP.HCM, 2/2026"]],
    },
    {
        "name": "cơ quan thuế",
        "words": ["thuế", "hoàn thuế"],
        "unless": [],
        "state": True,
        "addresses": [],
    },
    {
        "name": "Bảo hiểm xã hội",
        "words": ["bảo hiểm xã hội", "bhxh"],
        "unless": [],
        "state": True,
        "addresses": [],
    },
    {
        "name": "ngân hàng",
        "words": ["ngân hàng"],
        "unless": [],
        "state": False,
        "addresses": [],
    },
    {
        "name": "Vietcombank",
        "words": ["vietcombank", "vcb"],
        "unless": [],
        "state": False,
        "addresses": [["vietcombank.com.vn", "Kenh14, 1/11/2025"]],
    },
]
CHECK = """async ([typed, official, authorities]) => {
  const { checkAddress } = await import("/domain-check.js");
  return typed.map((each) => checkAddress(each, official, authorities));
}"""


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    """Open a page that may import the modules of the theme."""
    server = SiteServer(REPOSITORY / "theme/assets/js")
    page = browser.new_page()
    page.goto(server.url)
    yield page
    page.close()
    server.stop()


def check(page: Page, *typed: str) -> list[dict[str, Any]]:
    return page.evaluate(CHECK, [list(typed), OFFICIAL, AUTHORITIES])


def test_cases(page: Page) -> None:
    answers = check(page, *(case["typed"] for case in CASES))
    wrong = []
    for case, answer in zip(CASES, answers, strict=True):
        reasons = " ".join(answer["reasons"])
        missing = [text for text in case.get("says", ()) if text not in reasons]
        host = case.get("host", answer["host"])
        if (answer["verdict"], answer["host"]) != (case["verdict"], host) or missing:
            wrong.append((case["typed"], answer, missing))
    assert wrong == []


SUSPECT = "Coi chừng: có dấu hiệu đánh lừa"
AFTER = "Chữ gov.vn đứng sau dấu {} không phải tên trang. Tên thật đứng trước dấu ấy."
HIDES = "{} là trang rút gọn link: nó che địa chỉ thật, không rõ dẫn đến đâu."
WHOLE = {
    "evil.com/dichvucong.gov.vn": ["Tên thật của trang: evil.com.", AFTER.format("/")],
    "evil.com?x=gov.vn": ["Tên thật của trang: evil.com.", AFTER.format("?")],
    "evil.com#.gov.vn": ["Tên thật của trang: evil.com.", AFTER.format("#")],
    "dichvucongquocgia.com": [
        "Tên thật của trang: dichvucongquocgia.com.",
        "Mượn tên của dichvucong.gov.vn, nhưng là một trang khác.",
    ],
    "bit.ly/abc": ["Tên thật của trang: bit.ly.", HIDES.format("bit.ly")],
    "https://www.by.com.vn/x": ["Tên thật của trang: by.com.vn.", HIDES.format("by.com.vn")],
}


def test_bait_borrowed_names_and_shorteners_are_said(page: Page) -> None:
    answers = check(page, *WHOLE)
    assert {answer["title"] for answer in answers} == {SUSPECT}
    reasons = [answer["reasons"] for answer in answers]
    assert dict(zip(WHOLE, reasons, strict=True)) == WHOLE


def test_a_blank_within_a_name_leaves_no_state_address(page: Page) -> None:
    assert check(page, "dich vu cong.gov.vn") == [
        {
            "verdict": "unreadable",
            "host": "",
            "title": "Chưa đọc được địa chỉ này",
            "reasons": [
                "Có dấu cách ở giữa tên. "
                "Bà con muốn xem dichvucong.gov.vn thì gõ liền, không có dấu cách."
            ],
        }
    ]


def test_no_answer_calls_an_address_safe(page: Page) -> None:
    for answer in check(page, *(case["typed"] for case in CASES)):
        words = " ".join([answer["title"], *answer["reasons"]])
        assert not re.search("an toàn|tin cậy|yên tâm|chính chủ", words), words


def test_ten_thousand_characters_get_an_answer_at_once(page: Page) -> None:
    long = "a" * 10_000
    answers = check(
        page, long, f"https://{'a.' * 900}vn", f"{'a' * 64}.gov.vn", "xn--" + "9" * 1500
    )
    assert [answer["reasons"][0] for answer in answers] == [
        "Chữ dán vào dài 10.000 ký tự, không giống một địa chỉ trang.",
        "Tên trang dài 1.802 ký tự. Tên có thật không quá 253.",
        "Có một đoạn dài quá 63 ký tự giữa hai dấu chấm.",
        "Tên trang dài 1.504 ký tự. Tên có thật không quá 253.",
    ]


def test_any_text_gets_one_of_four_verdicts(page: Page) -> None:
    odd = [
        "@",
        ":",
        "://",
        "a@",
        "@a.vn",
        "[",
        "[]",
        "\ud83d\ude00.vn",
        "xn--.vn",
        "xn--\u00e9.vn",
        "%00.vn",
    ]
    verdicts = {answer["verdict"] for answer in check(page, *odd)}
    assert verdicts <= {"state", "suspect", "other", "unreadable"}
    assert "state" not in verdicts


def test_page_answers_and_sends_nothing(browser: Browser, server: SiteServer) -> None:
    page = browser.new_page()
    page.goto(f"{server.url}kiem-tra-ten-mien/")
    expect(page.locator("#dia-chi")).to_be_visible()  # all scripts have come
    asked = list[str]()
    page.on("request", lambda request: asked.append(request.url))
    page.fill("#dia-chi", "https://dichvucong.gov.vn@gov-vn.com/")
    page.press("#dia-chi", "Enter")
    expect(page.locator("output h2")).to_have_text("Coi chừng: có dấu hiệu đánh lừa")
    expect(page.locator("output")).to_contain_text("Tên thật của trang: gov-vn.com.")
    page.fill("#dia-chi", "dichvucong.gov.vn")
    page.press("#dia-chi", "Enter")
    page.click("[data-domain-check] button")  # Enter has left no line end in the box
    expect(page.locator("output h2")).to_have_text("Đuôi đúng là .gov.vn")
    expect(page.locator("#dia-chi")).to_have_value("dichvucong.gov.vn")
    assert asked == []
    page.close()


def test_page_teaches_without_javascript(browser: Browser, server: SiteServer) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{server.url}kiem-tra-ten-mien/")
    assert not page.is_visible("#dia-chi")
    assert "gov.vn nằm giữa" in page.inner_text("main")
    context.close()
