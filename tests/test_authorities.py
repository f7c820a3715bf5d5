from pathlib import Path

from support.project import write

from portal.library.authorities import Authority, OwnAddress, load_authorities

ROWS = """\
authorities:
  - {id: a, name: Công an, words: [công an, CSGT], unless: [công an toàn]}
  - {id: b, name: Thuế}
  - {id: c, name: Điện, words: điện lực}
"""


def test_authorities_are_read_and_incomplete_rows_named(tmp_path: Path) -> None:
    authorities, problems = load_authorities(write(tmp_path / "authorities.yml", ROWS))
    assert authorities == (Authority("a", "Công an", ("công an", "csgt"), ("công an toàn",)),)
    assert [(p.path, p.line, p.message, p.fix) for p in problems] == [
        (
            "data/authorities.yml",
            3,
            "mục 2 của 'authorities' thiếu 'words' (Chữ xưng danh)",
            'thêm rồi điền:  words: ["[Viết: Viết có dấu.]"]',
        ),
        (
            "data/authorities.yml",
            4,
            "'words' phải là danh sách chữ",
            'words: ["điện lực"]',
        ),
    ]


def test_a_portal_may_do_without(tmp_path: Path) -> None:
    assert load_authorities(tmp_path / "authorities.yml") == ((), [])


BANK = """\
authorities:
  - id: a
    name: Một ngân hàng
    state: false
    words: [ngân hàng]
    addresses:
      - {host: bank.vn, source: Báo, date: "2025-11-01", url: "https://bao.vn/x"}
      - {host: "https://x.vn/", url: bao.vn, date: "2025-13"}
"""


def test_an_address_needs_somebody_who_says_so(tmp_path: Path) -> None:
    assert [
        (p.line, p.message, p.fix)
        for p in load_authorities(write(tmp_path / "authorities.yml", BANK))[1]
    ] == [
        (8, "host ghi 'https://x.vn/', không phải tên trang", "host: x.vn"),
        (8, "'url' phải là địa chỉ https://, đang là bao.vn", "url: https://bao.vn"),
        (
            8,
            "'date' phải là ngày, tháng hay năm có thật, đang là 2025-13",
            "ghi ngày, tháng hay năm thật, dạng năm-tháng-ngày, năm-tháng, hoặc năm",
        ),
        (
            8,
            "mục 2 của 'addresses' thiếu 'source' (Nguồn)",
            'thêm rồi điền:  source: "[Viết: Tên báo, tên cơ quan.]"',
        ),
    ]
    good = "".join(BANK.splitlines(keepends=True)[:-1])
    (authority,) = load_authorities(write(tmp_path / "authorities.yml", good))[0]
    assert authority.addresses == (OwnAddress("bank.vn", "Báo", "2025-11-01", "https://bao.vn/x"),)
    assert authority.as_rule()["addresses"] == [["bank.vn", "Báo, 1/11/2025"]]
    assert authority.as_rule()["state"] is False
