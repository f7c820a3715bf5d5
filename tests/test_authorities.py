from pathlib import Path

from conftest import REPOSITORY, write

from portal.library.authorities import Authority, load_authorities

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
        ("data/authorities.yml", 3, "cơ quan thiếu words", "thêm words: …"),
        (
            "data/authorities.yml",
            4,
            "words của cơ quan 'c' phải là danh sách trong ngoặc vuông",
            "words: [điện lực]",
        ),
    ]


def test_a_portal_may_do_without(tmp_path: Path) -> None:
    assert load_authorities(tmp_path / "authorities.yml") == ((), [])


def test_the_file_of_this_repository_is_whole() -> None:
    authorities, problems = load_authorities(REPOSITORY / "data/authorities.yml")
    assert problems == []
    assert authorities
