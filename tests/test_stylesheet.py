from pathlib import Path

import pytest
from conftest import write

from portal.stylesheet import StyleSheet, topic_colours
from portal.topics import Topic


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
