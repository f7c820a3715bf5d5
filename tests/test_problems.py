import json

from portal.source.problems import Problem, Severity, as_github, as_gitlab, as_json, as_text

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


def test_gitlab_report_keeps_its_fingerprints_when_lines_move() -> None:
    twice = [Problem("docs/a.md", 3, "lỗi", "sửa"), Problem("docs/a.md", 5, "lỗi")]
    moved = [Problem("docs/a.md", 9, "lỗi", "sửa"), Problem("docs/a.md", 12, "lỗi")]
    rows = json.loads(as_gitlab([*twice, Problem("docs/b.md", 1, "dài", "", Severity.ADVICE)]))
    fingerprints = [row.pop("fingerprint") for row in rows]
    assert rows == [
        {
            "description": "lỗi Cách sửa: sửa",
            "check_name": "error",
            "severity": "major",
            "location": {"path": "docs/a.md", "lines": {"begin": 3}},
        },
        {
            "description": "lỗi",
            "check_name": "error",
            "severity": "major",
            "location": {"path": "docs/a.md", "lines": {"begin": 5}},
        },
        {
            "description": "dài",
            "check_name": "advice",
            "severity": "info",
            "location": {"path": "docs/b.md", "lines": {"begin": 1}},
        },
    ]
    assert len(set(fingerprints)) == 3
    assert [row["fingerprint"] for row in json.loads(as_gitlab(moved))] == fingerprints[:2]
