"""Parts rendered once for many pages are what each of these pages would have rendered."""

from pathlib import Path

import pytest
from support.builds import build_and_read, different
from support.project import BODY, FRONT, STORY_FRONT, write

from portal.library.library import Page
from portal.site.shared_parts import SharedParts, place_of
from portal.source.frontmatter import read_source

UNSHARED = """\
def on_env(env, **_):
    env.globals["shared"] = lambda name, *common, caller: caller()
"""


def page(uri: str) -> Page:
    return Page(uri, read_source("Chữ.", uri)[0], "Chữ.")


def test_a_part_is_rendered_once_for_what_it_depends_on() -> None:
    shared, rendered = SharedParts(), list[str]()

    def part(text: str, *common: str) -> str:
        def caller() -> str:
            rendered.append(text)
            return text

        return shared("header", *common, caller=caller)

    assert [part("1", "a"), part("2", "b"), part("3", "a"), part("4", "a", "b")] == [*"1214"]
    assert rendered == [*"124"]
    assert [part("5", ""), part("6", "a", ""), part("7")] == [*"567"]
    assert shared("footer", "a", caller=lambda: "8") == "8"


@pytest.mark.parametrize(
    ("uri", "place"),
    [
        ("guides/zalo/cai-zalo.md", "guides/zalo"),
        ("guides/zalo/sau/hon.md", "guides/zalo/sau"),
        ("stories/a.md", "stories"),
        ("guides/zalo/index.md", ""),
        ("stories/index.md", ""),
        ("about.md", ""),
        ("index.md", ""),
    ],
)
def test_articles_of_a_folder_stand_in_one_place_and_other_pages_alone(
    uri: str, place: str
) -> None:
    assert place_of(page(uri)) == place


def test_a_generated_page_stands_alone() -> None:
    assert place_of(None) == ""


def test_a_site_with_shared_parts_is_the_site_without(site_project: Path) -> None:
    for name in ("dinh-danh/hai", "dinh-danh/ba", "an-toan/mot", "an-toan/hai"):
        front = FRONT.replace("topic: dinh-danh", f"topic: {name.split('/')[0]}")
        front = front.replace("kich-hoat", name.replace("/", "-")).replace("VNeID", name)
        write(site_project / f"docs/guides/{name}.md", front + BODY)
    for name in ("mot", "hai"):
        write(site_project / f"docs/stories/{name}.md", STORY_FRONT.replace("Hiền", name) + BODY)
    shared = build_and_read(site_project / "mkdocs.yml", site_project / "site")
    write(site_project / "hooks/unshared_parts.py", UNSHARED)
    text = (site_project / "mkdocs.yml").read_text(encoding="utf-8")
    hooks = "hooks/part_sharing.py\n  - hooks/unshared_parts.py\n"
    configuration = text.replace("hooks/part_sharing.py\n", hooks)
    write(site_project / "unshared.yml", configuration)
    unshared = build_and_read(site_project / "unshared.yml", site_project / "unshared")
    assert shared[1] == unshared[1]
    assert "guides/an-toan/hai/index.html" in shared[0]
    assert different(unshared[0], shared[0]) == []
