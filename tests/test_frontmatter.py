"""Slips in the front matter: the line on which they were made, and a remedy that can be pasted."""

from __future__ import annotations

import pytest
from support.project import BODY, FRONT

from portal.source.frontmatter import read_source

OPEN = "dòng này mở dấu {} mà không đóng"
NO_COLON = "dòng này thiếu dấu hai chấm, hay dấu cách sau dấu hai chấm"
MARKED = "trước tên trường có dấu hay dấu cách thừa"
NO_INDENT = "dòng này không lùi vào nên không nối được dòng trên"
INDENT = "lùi vào hai dấu cách, hoặc viết nối vào cuối dòng trên:  "
REST = "điện thoại của bà con."
UNREAD = "giá trị của 'title' không đọc được"
QUOTE = "đặt giá trị trong ngoặc kép:  title: "
OTHER_TEXT = "x.md:1: trước phần đầu trang có chữ khác; dòng --- phải là dòng đầu tiên của tệp"
MOVE = "chuyển chữ ấy xuống dưới dòng --- thứ hai, hoặc xóa"
LATE = (
    "x.md:1: trước dòng --- đầu tiên có dòng trống, dấu cách hoặc ký tự ẩn",
    "xóa hết những gì đứng trước dấu --- ở đầu tệp",
)


@pytest.mark.parametrize(
    ("old", "new", "line", "message", "fix"),
    [
        (
            "title: Kích hoạt VNeID\nsummary: Làm trên điện thoại của bà con.",
            'title: "Kích hoạt VNeID\nsummary: "Làm trên điện thoại của bà con."',
            2,
            OPEN.format('"'),
            'title: "Kích hoạt VNeID"',
        ),
        ("title: Kích", "title: 'Kích", 2, OPEN.format("'"), 'title: "Kích hoạt VNeID"'),
        ("[F1.14]", "[F1.14, F1.15  # hai", 8, OPEN.format("["), "sources: [F1.14, F1.15]"),
        (
            "[F1.14]",
            '[{name: "Báo [số]", url: x',
            8,
            OPEN.format("["),
            'sources: [{name: "Báo [số]", url: x}]',
        ),
        (
            "title:",
            "tags: [VNeID, Báo số #1]\ntitle:",
            2,
            "chữ từ dấu # trở đi bị bỏ mất, kể cả dấu ngoặc đóng",
            'đặt chữ có dấu # trong ngoặc kép, ví dụ:  "Báo số #1"',
        ),
        ("title: Kích", "title Kích", 2, NO_COLON, "title: Kích hoạt VNeID"),
        ("title: Kích", "title:Kích", 2, NO_COLON, "title: Kích hoạt VNeID"),
        ("title: Kích", "title：Kích", 2, NO_COLON, "title: Kích hoạt VNeID"),
        ("title: Kích", "title:\u00a0Kích", 2, NO_COLON, "title: Kích hoạt VNeID"),
        ("title: Kích", "title = Kích", 2, NO_COLON, "title: Kích hoạt VNeID"),
        ("title: Kích", "**title:** Kích", 2, MARKED, "title: Kích hoạt VNeID"),
        ("title: Kích", "- title: Kích", 2, MARKED, "title: Kích hoạt VNeID"),
        ("summary: Làm", "  summary: Làm", 3, MARKED, "summary: Làm trên điện thoại của bà con."),
        ("Làm trên", "Làm\ncho bà con trên", 4, NO_INDENT, f"{INDENT}cho bà con trên {REST}"),
        ("title: Kích hoạt", 'title: "Kích" hoạt', 2, UNREAD, f'{QUOTE}"“Kích” hoạt VNeID"'),
        ("Kích hoạt VNeID", '"Kích "hoạt" máy"', 2, UNREAD, f'{QUOTE}"Kích “hoạt” máy"'),
        (
            "title:",
            "? [a, b]\n: x\ntitle:",
            2,
            "tên trường phải là một từ, không phải danh sách hay nhóm trường",
            "viết theo dạng  trường: giá trị",
        ),
        (
            "Làm trên",
            "Làm " * 20_000 + "trên",
            3,
            "dài quá 20000 ký tự, nhiều nhất ở trường 'summary'",
            "chuyển bớt nội dung sang chỗ khác",
        ),
    ],
)
def test_slip_is_named_where_it_was_made(
    old: str, new: str, line: int, message: str, fix: str
) -> None:
    text = FRONT.replace(old, new, 1)
    assert text != FRONT
    _, problems = read_source(text + BODY, "x.md")
    assert [(p.line, p.message, p.fix) for p in problems] == [(line, message, fix)]


@pytest.mark.parametrize(
    "front",
    [
        FRONT.replace("[F1.14]", "[\n  F1.14,\n]"),
        FRONT.replace("[F1.14]", "\n  - {name: Báo,\n     url: x}"),
        FRONT.replace("Kích hoạt VNeID", '"Kích hoạt\n  VNeID"'),
        FRONT.replace("title:", "tên bài:"),
        FRONT.replace("Kích hoạt VNeID", ">\n  Kích hoạt [VNeID\n"),
    ],
)
def test_value_over_several_lines_is_not_what_breaks_another(front: str) -> None:
    _, problems = read_source(front.replace("owner: ban", "owner: a: ban") + BODY, "x.md")
    assert [p.message for p in problems] == [
        "giá trị của 'owner' chứa dấu hai chấm nên không đọc được"
    ]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\n" + FRONT, LATE),
        (" " + FRONT, LATE),
        ("# Kích hoạt\n\n" + FRONT, (OTHER_TEXT, MOVE)),
        ("```yaml\n" + FRONT + "```\n", (OTHER_TEXT, MOVE)),
        *(
            (
                FRONT.removesuffix("---\n") + f"{rule}\n",
                (
                    f"x.md:10: dòng '{rule.strip()}' phải là đúng ba dấu gạch nối, không có gì ở "
                    "trước và ở sau",
                    "---",
                ),
            )
            for rule in ("===", "***", "- - -", "  ---", "--- hết", "———")
        ),
        ("\ufeff" + FRONT, LATE),
        (
            "-" + FRONT,
            (
                "x.md:1: dòng '----' phải là đúng ba dấu gạch nối, không có gì ở trước và ở sau",
                "---",
            ),
        ),
        (
            FRONT.replace("---\n", "—\n", 1),
            ("x.md:1: dòng '—' phải là đúng ba dấu gạch nối, không có gì ở trước và ở sau", "---"),
        ),
        (
            FRONT.replace("---\n", "—-\n", 1),
            ("x.md:1: dòng '—-' phải là đúng ba dấu gạch nối, không có gì ở trước và ở sau", "---"),
        ),
        (
            FRONT.removesuffix("---\n") + "----\n",
            (
                "x.md:10: dòng '----' phải là đúng ba dấu gạch nối, không có gì ở trước và ở sau",
                "---",
            ),
        ),
        (
            "\n---\nChữ.\n",
            (
                "x.md:1: thiếu phần đầu trang (các trường giữa hai dòng ---)",
                'thêm vào đầu tệp:  --- ⏎ title: "[Viết: Tên bài]" ⏎ ---',
            ),
        ),
    ],
)
def test_front_matter_that_does_not_begin_or_end_as_it_should(
    text: str, shown: tuple[str, str]
) -> None:
    _, problems = read_source(text + BODY, "x.md")
    assert [str(problem) for problem in problems] == [f"{shown[0]}\n    Cách sửa: {shown[1]}"]
