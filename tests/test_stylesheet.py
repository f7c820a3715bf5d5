import re
from pathlib import Path

import pytest
from support.project import REPOSITORY, write

from portal.library.topics import Topic
from portal.site.stylesheet import StyleSheet, topic_colours


def test_components_are_minified_in_the_order_asked_for_and_each_once(tmp_path: Path) -> None:
    write(tmp_path / "a.css", "/* why */\na { color: red; }\n")
    write(tmp_path / "b.css", "b { margin: 0 1px; }\n")
    assert StyleSheet(tmp_path).bundle(["b", "a", "b"]) == "b{margin:0 1px}a{color:red}"


def test_unknown_component_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"missing\.css"):
        StyleSheet(tmp_path).bundle(["missing"])


def test_topics_get_their_colour_without_a_style_attribute() -> None:
    topic = Topic("an-toan", "Tránh lừa đảo", "…", "material/shield", "#9c2a00")
    assert topic_colours([topic]) == "[data-topic=an-toan]{--topic:#9c2a00}"


# Chrome 80, the oldest that phones hold, has no `gap` but in grids and columns, and none of these.
TOO_YOUNG = re.compile(
    r"(?:^|[;{\s])(?:inset|aspect-ratio|margin-(?:block|inline)|padding-inline|translate|rotate)\s*:"
    r"|:(?:is|where|has)\(|\d(?:dvh|svh|lvh)\b|@layer|@container|color-mix\("
)


def rules() -> list[tuple[str, str, str]]:
    """Return file, selector and declarations of every rule of the theme."""
    files = sorted((REPOSITORY / "theme/assets").rglob("*.css"))
    texts = ((file.name, re.sub(r"/\*.*?\*/", "", file.read_text(), flags=re.S)) for file in files)
    return [
        (name, *rule) for name, text in texts for rule in re.findall(r"([^{}]+){([^{}]*)}", text)
    ]


def test_space_comes_from_gap_only_where_the_oldest_phones_know_it() -> None:
    grids = ("display: grid", "display: inline-grid", "columns: ")
    gaps = [rule for rule in rules() if re.search(r"(?<![-\w])(?:row-|column-)?gap: ", rule[2])]
    assert [rule for rule in gaps if not any(grid in rule[2] for grid in grids)] == []
    assert len(gaps) > 5


def test_nothing_is_styled_by_what_the_oldest_phones_do_not_know() -> None:
    found = [rule for rule in rules() if TOO_YOUNG.search(f"{rule[1]}{{{rule[2]}")]
    assert found == []
