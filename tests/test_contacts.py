from pathlib import Path

import pytest
from support.builds import build_site
from support.project import write

from portal.library.contacts import Contacts, OfficialSite, Phone, load_contacts

ROWS = """\
phones:
  - {id: a, name: Tổng đài, number: 1900 0368, tel: "19000368", for: Hỏi., ways: [gọi], cost: null}
  - {id: b, name: Nhắn tin, number: "5656", tel: "5656", for: Báo., ways: [nhắn], as_of: "2025"}
sites:
  - {id: c, name: Cổng, address: x.gov.vn, url: "https://x.gov.vn/", for: Nộp.}
"""


def test_contacts_are_read_in_order_with_unknown_costs_left_empty(tmp_path: Path) -> None:
    contacts, problems = load_contacts(write(tmp_path / "contacts.yml", ROWS))
    assert problems == []
    assert contacts == Contacts(
        (
            Phone("a", "Tổng đài", "1900 0368", "19000368", "Hỏi.", "", "", True, ""),
            Phone("b", "Nhắn tin", "5656", "5656", "Báo.", "", "2025", False, ""),
        ),
        (OfficialSite("c", "Cổng", "x.gov.vn", "https://x.gov.vn/", "Nộp."),),
    )


def test_row_without_a_number_is_reported_with_its_line(tmp_path: Path) -> None:
    text = ROWS.replace("number: 1900 0368, ", "")
    contacts, problems = load_contacts(write(tmp_path / "contacts.yml", text))
    assert [phone.id for phone in contacts.phones] == ["b"]
    assert [(p.path, p.line, p.message, p.fix) for p in problems] == [
        (
            "data/contacts.yml",
            2,
            "mục 1 của 'phones' thiếu 'number' (Số in ra)",
            'thêm rồi điền:  number: "[Viết: Có dấu cách cho dễ đọc.]"',
        )
    ]


@pytest.mark.parametrize(
    ("before", "after", "message", "fix"),
    [
        ('"19000368"', '"19000386"', "in số 1900 0368 nhưng bấm vào gọi 19000386", "19000368"),
        ('tel: "5656"', 'tel: "abc"', "in số 5656 nhưng bấm vào gọi abc", "5656"),
        ('tel: "5656"', 'tel: "56 56"', "in số 5656 nhưng bấm vào gọi 56 56", "5656"),
    ],
)
def test_row_that_dials_another_number_than_it_prints_is_reported(
    tmp_path: Path, before: str, after: str, message: str, fix: str
) -> None:
    problems = load_contacts(write(tmp_path / "contacts.yml", ROWS.replace(before, after)))[1]
    assert [(p.message, p.fix) for p in problems] == [(f"liên hệ {message}", f'tel: "{fix}"')]


def test_no_cost_is_told_where_somebody_may_be_in_danger(site_project: Path) -> None:
    emergency = ("111", "112", "113", "114", "115")
    row = '  - {{id: k{0}, name: Khẩn cấp, number: "{0}", tel: "{0}", for: Gấp., cost: {1}}}\n'
    rows = "".join(map(row.format, emergency, ("null", "miễn cước", "null", "null", "chưa rõ")))
    write(site_project / "data/contacts.yml", ROWS.replace("phones:\n", f"phones:\n{rows}"))
    site = build_site(site_project)
    page = (site / "goi-giup/index.html").read_text(encoding="utf-8")
    phones = page.partition('<ul class="contacts columns">')[2].partition("</ul>")[0].split("</li>")
    assert all(f'href="tel:{tel}"' in phone for tel, phone in zip(emergency, phones, strict=False))
    assert ["Cước: chưa rõ." in phone for phone in phones] == [False] * 5 + [True, True, False]
    assert not any("Cước" in phone for phone in phones[:5])
    home = (site / "index.html").read_text(encoding="utf-8")
    assert '<a href="goi-giup/">Gọi ai khi cần: 111, 112, 113, 114, 115<' in home
