import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from support.node import run_node
from support.project import REPOSITORY, write

from portal.library.address_book import Redirect
from portal.library.library import load_library
from portal.site.offline import (
    DRAWINGS_SIZE,
    LIBRARY_SIZE,
    MAX_MOVED,
    PAGE_SIZE,
    BuiltSite,
    Shell,
    page_sizes,
    service_worker,
    tell_page_size,
    write_offline_files,
)
from portal.site.scripts import plain_script

SCRIPTS = "assets/0123456789/"
ALL = ("", "guides/", "guides/a/", "guides/a/x/", "toi-o-dau/huyen-b/", "empty/")
OFFER = f"<p>{LIBRARY_SIZE} KB, {DRAWINGS_SIZE} KB</p>"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    for url in ALL[:-1]:
        write(tmp_path / url / "index.html", f"<p>{url}index.html</p>")
    write(tmp_path / SCRIPTS / "js/site.js", "1")
    write(tmp_path / "assets/images/a-328.0123456789.svg", "<svg/>")
    write(tmp_path / "search/index.json", "{}")
    return tmp_path


def write_files(site: Path, size: int = 1000) -> Shell:
    shutil.rmtree(site / "assets/offline", ignore_errors=True)
    return write_offline_files(BuiltSite(site, ALL, SCRIPTS, lambda file: size), ["a", "b"])


def kept_in(site: Path, name: str) -> list[str]:
    return list(json.loads((site / f"assets/offline/{name}.json").read_text("utf-8"))["files"])


def test_shell_is_what_exists_of_home_topics_and_scripts(site: Path) -> None:
    assert write_files(site).scripts == (f"{SCRIPTS}js/site.js",)
    assert kept_in(site, "shell") == ["", "guides/", "guides/a/"]


def test_library_is_every_other_page_but_the_tables_of_places(site: Path) -> None:
    write_files(site)
    assert kept_in(site, "library") == kept_in(site, "versions") == ["guides/a/x/"]
    assert kept_in(site, "drawings") == ["assets/images/a-328.0123456789.svg"]


def test_what_the_library_takes_is_told_where_it_is_offered(site: Path) -> None:
    home = write(site / "index.html", OFFER)
    shell = write_files(site, size=70_000)  # of the library, of the search index, of the drawings
    assert home.read_text("utf-8") == (
        '<p><span data-kb="140" data-more-kb="10">140</span> KB, '
        '<span data-kb="70" data-more-kb="0">70</span> KB</p>'
    )
    assert b"140" in shell.pages
    assert json.loads((site / "assets/offline/versions.json").read_text())["size"] == 70_000


def build_of(worker: str) -> dict[str, Any]:
    first_line = worker.partition("\n")[0].removeprefix("const BUILD=").rstrip(";")
    return dict(json.loads(first_line))


def version(worker: str) -> str:
    return str(build_of(worker)["version"])


def test_worker_changes_with_any_page_of_the_shell_and_with_its_own_text(site: Path) -> None:
    shell = write_files(site)
    first = service_worker("f();", shell, [])
    assert first.endswith(";\nf()\n")
    assert service_worker("f();", write_files(site), []) == first
    assert version(service_worker("g();", shell, [])) != version(first)
    write(site / "guides/a/index.html", "<p>mới</p>")
    assert version(service_worker("f();", write_files(site), [])) != version(first)


def test_worker_stays_when_only_a_guide_changes(site: Path) -> None:
    first = service_worker("f();", write_files(site), [])
    write(site / "guides/a/x/index.html", "<p>mới</p>")
    assert service_worker("f();", write_files(site), []) == first


def test_worker_knows_the_way_from_short_links_and_old_addresses(site: Path) -> None:
    moved = [Redirect("x/", "guides/a/x/", "x.md", 9), Redirect("b/old/", "", "redirects.yml", 3)]
    shell = write_files(site)
    worker = service_worker("f();", shell, moved)
    assert build_of(worker)["moved"] == {"x": "guides/a/x/", "b/old": ""}
    assert version(worker) == version(service_worker("f();", shell, []))


def test_a_table_that_weighs_more_than_it_helps_is_left_out(site: Path) -> None:
    many = [Redirect(f"x{number}/", "guides/a/x/", "x.md", 9) for number in range(MAX_MOVED + 1)]
    shell = write_files(site)
    assert len(build_of(service_worker("f();", shell, many[1:]))["moved"]) == MAX_MOVED
    assert build_of(service_worker("f();", shell, many))["moved"] == {}


def test_a_page_tells_its_size_in_whole_kilobytes_rounded_up(project: Path) -> None:
    (guide,) = load_library(project).guides
    html = f"<p>à {PAGE_SIZE}</p>{PAGE_SIZE}"
    padding = "x" * (40_000 - len(f"<p>à 40\u00a0KB</p>{PAGE_SIZE}".encode()))
    assert tell_page_size(html + padding, guide, {}) == f"<p>à 40\u00a0KB</p>{PAGE_SIZE}{padding}"
    assert tell_page_size(f"{html}{padding}x", guide, {}).startswith("<p>à 41\u00a0KB</p>")
    assert tell_page_size("<p>mới</p>", guide, {}) == "<p>mới</p>"


def test_sizes_are_those_of_the_pages_by_their_address_in_order(site: Path) -> None:
    write(site / "x/index.html", "a redirect")
    folders = ("guides/a/x/", "guides/", "guides/a/", "empty/", "")
    files = [f"{folder}index.html" for folder in folders]
    sizes = json.loads(page_sizes(site, files, {"guides/a/x/": 50_000, "gone/": 1}))
    assert list(sizes) == ["guides/a/", "guides/a/x/", "guides/", ""]
    assert sizes == {
        "": 17,
        "guides/": 24,
        "guides/a/": 26,
        "guides/a/x/": 50_028,
    }


KEYS = """
globalThis.self = { registration: { scope: taken.root } };
globalThis.location = taken.root;
const { keyOf } = await import(taken.module);
give(taken.paths.map((path) => keyOf(`https://kns.example${path}`)));
"""


@pytest.mark.parametrize("root", ["/", "/Kns/"])
def test_a_page_has_one_key_whatever_way_its_address_is_written(root: str) -> None:
    folder = REPOSITORY / "theme/assets/js"
    spellings = {
        "": ["", "index.html", "INDEX.HTML", "?zarsrc=30", "#x", "/"],
        "guides/a/x-y/": [
            "guides/a/x-y",
            "guides/a/x-y/?fbclid=1&utm_source=zalo#cac-buoc",
            "guides/a/x-y?gidzl=1",
            "guides/a/x-y/index.html",
            "guides/a/x-y/index.htm?x",
            "Guides/A/X-Y/",
            "guides//a/x-y//",
            "guides/a/x%2Dy/",
        ],
        "x%C3%A3/": ["xã", "x%C3%A3/", "X%C3%83"],
        "a%zz/": ["a%zz"],
        "404.html": ["404.html?x", "404.HTML"],
        "search/1f/all.json?v=A": ["search/1f/all.json?v=A#x"],
        "assets/images/Anh-1.JPG": ["assets/images/Anh-1.JPG"],
    }
    for key, paths in spellings.items():
        taken = {
            "root": f"https://kns.example{root}",
            "module": (folder / "kept-pages.js").as_uri(),
            "paths": [root + path for path in paths],
        }
        assert set(run_node(KEYS, taken)) == {f"https://kns.example{root}{key}"}


def test_a_plain_script_has_what_the_module_exports() -> None:
    module = "const a = 1;\nexport const b = 2;\n/** export */\nexport function c() {}\n"
    later = '/** import */\nimport { b } from "./b.js";\nconst d = b;\n'
    plain = "const a = 1;\nconst b = 2;\n/** export */\nfunction c() {}\n"
    assert plain_script(module, later) == f"{plain}/** import */\nconst d = b;\n"
