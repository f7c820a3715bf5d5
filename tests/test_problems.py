import json

from portal.problems import Problem, Severity, as_github, as_json, as_text

PROBLEMS = [
    Problem("b.md", 2, "câu dài", severity=Severity.ADVICE),
    Problem("b.md", 1, "sai 100%,\nhai dòng", "viết: đúng"),
    Problem("a.md", 9, "thiếu trường"),
]


def test_text_puts_errors_first_in_order_of_file_and_line() -> None:
    assert as_text(PROBLEMS) == (
        "a.md:9: thiếu trường\n"
        "b.md:1: sai 100%,\nhai dòng\n    Cách sửa: viết: đúng\n\n"
        "Gợi ý (không chặn):\nb.md:2: câu dài"
    )


def test_github_annotations_escape_what_the_format_reserves() -> None:
    assert as_github(PROBLEMS).splitlines() == [
        "::error file=a.md,line=9::thiếu trường",
        "::error file=b.md,line=1::sai 100%25,%0Ahai dòng%0ACách sửa: viết: đúng",
        "::warning file=b.md,line=2::câu dài",
    ]


def test_json_holds_every_field() -> None:
    assert json.loads(as_json(PROBLEMS))[1] == {
        "path": "b.md",
        "line": 1,
        "severity": "error",
        "message": "sai 100%,\nhai dòng",
        "fix": "viết: đúng",
    }


def test_nothing_to_say_is_said_with_nothing() -> None:
    assert as_text([]) == ""
