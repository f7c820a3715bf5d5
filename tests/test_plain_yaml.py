"""The quick reader of front matter reads what PyYAML reads, or nothing."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from portal import yaml_source
from portal.frontmatter import MAX_CHARACTERS, read_document
from portal.plain_yaml import lines_of, read_plain_mapping
from portal.yaml_source import YamlError, read_mapping

ROOT = Path(__file__).resolve().parent.parent
PAGES = sorted((ROOT / "docs").rglob("*.md"))
LOADERS = [yaml.SafeLoader, yaml_source.SafeLoader]

# What is a value, looks like one, or ends one.
PIECES = (
    *("yes", "No", "ON", "off", "true", "False", "null", "NULL", "~", "y", "N", "=", "<<", "abc"),
    *("2026-11-24", "2026-1-4", "2026-02-30", "2026-11-24 10:00:00", "0000-01-01", "190:20:30"),
    *("0", "7", "007", "0x1F", "0b1", "1_000", "+1", "-1", "1.5", "1e3", ".inf", ".nan", "1,5"),
    *(": ", ":", " #", "#", " ", "  ", "\t", ", ", ",", "-", "- ", "?", "? ", "!", "!!str ", "&a "),
    *("*a", "%", "@", "`", "|", ">", "[", "]", "{", "}", '"', "'", "\\", "\\n", '"a"', "'b'"),
    *("\n", "\n  ", "\n- ", "\n---\n", "\r", "\x00", "\x07", "\x7f", "\x85", "\xa0", "\u2028"),
    *("\u2029", "\ufeff", "\ufffe", "\ud800", "\u0300", "\u00e0", "Định danh", "”", "…", "😀", "²"),
    *("F1.14", "[F1.14, F1.15]", "[a, yes]", "[]", "[ ]", "[1, 2]", "[a,b]", "a/b-c.d", "x" * 1200),
)
NAMES = ("title", "tags", "a", "y", "yes", "null", "review_in", "Title", "<<", "1", "a b", "")
TEXT = st.lists(st.sampled_from(PIECES) | st.text(max_size=3), max_size=5).map("".join)
LINE = st.tuples(
    st.sampled_from(NAMES), st.sampled_from((": ", ":", " : ", ":  ")), TEXT, st.just("\n")
)
SOURCE = st.lists(LINE.map("".join), max_size=4).map("".join) | TEXT


def head_of(file: Path) -> str:
    return file.read_text(encoding="utf-8").split("---\n")[1]


def strictly_read(source: str) -> tuple[dict[str, object], dict[str, int]]:
    """Read as before there was a quick reader."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(yaml_source, "read_plain_mapping", lambda _: None)
        return read_mapping(source, MAX_CHARACTERS)


def assert_alike(source: str) -> None:
    plain = read_plain_mapping(source)
    if plain is None:
        return
    for loader in LOADERS:
        loaded = yaml.load(source, loader)
        assert repr(plain) == repr(loaded)
    assert (plain, lines_of(plain)) == strictly_read(source)


@given(SOURCE)
@example("a: 0000-01-01\n")
@example("a: yes\n")
@example("a: [b, No]\n")
@example("yes: a\n")
@example('a: "b\u2028c"\n')
@example("a: b\na: c\n")
@example("a: b \n")
def test_what_is_read_is_what_pyyaml_reads(source: str) -> None:
    assert_alike(source)


@given(st.characters(), st.sampled_from(("{}", "a{}", "{}a", "a{}b", "a {}", '"{}"', "[a{}b]")))
def test_each_character_is_read_as_pyyaml_reads_it(character: str, form: str) -> None:
    assert_alike(f"a: {form.format(character)}\n")


@pytest.mark.parametrize("file", PAGES, ids=lambda file: file.stem)
def test_real_pages_are_read_alike(file: Path) -> None:
    assert_alike(head_of(file))


def test_nearly_all_real_pages_are_read_quickly() -> None:
    left = [file for file in PAGES if read_plain_mapping(head_of(file)) is None]
    assert len(left) < len(PAGES) / 4


def test_values_have_their_types_and_lines() -> None:
    source = 'title: "A: b # c"\nowner: ban bien tap\nreviewed: 2026-11-24\nreview_in: 3\n'
    source += "tags: [VNeID, đổi máy]\nsources: []\n"
    assert read_mapping(source, MAX_CHARACTERS) == (
        {
            "title": "A: b # c",
            "owner": "ban bien tap",
            "reviewed": datetime.date(2026, 11, 24),
            "review_in": 3,
            "tags": ["VNeID", "đổi máy"],
            "sources": [],
        },
        {"": 1, "title": 1, "owner": 2, "reviewed": 3, "review_in": 4, "tags": 5, "tags.0": 5}
        | {"tags.1": 5, "sources": 6},
    )


@pytest.mark.parametrize(
    "source",
    [
        "",
        "\n",
        "a: b",
        "a: yes\n",
        "a: Null\n",
        "a: [on]\n",
        "no: b\n",
        "a: b\na: c\n",
        "a: 2026-02-30\n",
        "a: 07\n",
        "a: 1e3\n",
        "a:\n",
        "a: b #c\n",
        "a: b: c\n",
        "a:  b\n",
        "a: b \n",
        "a: b\n  c\n",
        "# a\na: b\n",
        'a: "b\\n"\n',
        'a: "b" c\n',
        "a: 'b'\n",
        "a: [b,c]\n",
        "a: [1]\n",
        "a: [b, 2]\n",
        "<<: a\n",
        "A: b\n",
    ],
)
def test_the_rest_is_left_to_pyyaml(source: str) -> None:
    assert read_plain_mapping(source) is None


def test_a_repeated_field_is_still_an_error() -> None:
    with pytest.raises(YamlError, match="trường 'a' ghi hai lần"):
        read_mapping("a: b\na: c\n", MAX_CHARACTERS)


def test_a_long_head_is_still_an_error() -> None:
    source = f'a: "{"x" * MAX_CHARACTERS}"\n'
    _, problems = read_document(f"---\n{source}---\n", "docs/x.md")
    assert [each.message for each in problems] == [
        f"dài quá {MAX_CHARACTERS} ký tự, nhiều nhất ở trường 'a'"
    ]
