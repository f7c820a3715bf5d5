"""The engine gives what MkDocs as released gives: bytes, messages and errors."""

from __future__ import annotations

import json
import logging
import os
import re
import subprocess
import sys
from pathlib import Path

import mkdocs
import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort
from support.builds import build_and_read, different, plain_configuration
from support.project import BODY, FRONT, REPOSITORY, write

import engine.session
from engine.shared_build import Build, HookOrderError, SetBy
from portal.system.forks import chunk_size, run_forked

GATHERS_PAGES = engine.session.gathers_pages
GUIDE = "docs/guides/dinh-danh/kich-hoat.md"
HTML = "guides/dinh-danh/kich-hoat/index.html"
NOISY = """\
from mkdocs.plugins import get_plugin_logger

log = get_plugin_logger("noisy")


def on_page_markdown(markdown, page, **_):
    log.warning("read %s", page.file.src_uri)


def on_post_page(output, page, **_):
    log.warning("written %s", page.file.src_uri)
"""
FAILING = """\
from mkdocs.exceptions import PluginError


def on_page_content(html, page, **_):
    if page.file.src_uri.startswith("guides/dinh-danh/"):
        raise PluginError(f"refused {page.file.src_uri}")
"""
EMPTYING = """\
from mkdocs.plugins import event_priority


@event_priority(-100)
def on_post_page(output, page, **_):
    return "\\n" if page.file.src_uri.startswith("guides/dinh-danh/kich") else output
"""


@pytest.fixture(autouse=True)
def forks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let builds fork in spite of threads: servers of other tests, which hold no lock of theirs.

    And in spite of the hooks that tests add: they keep nothing.
    """
    monkeypatch.setattr(engine.session, "can_fork", lambda: True)
    monkeypatch.setattr(engine.session, "gathers_pages", lambda _: False)


GATHERING = """\
from mkdocs.structure.files import File

seen = []


def on_files(files, config):
    seen.clear()
    return files


def on_page_content(html, page, **_):
    seen.append(page.file.src_uri)


def on_post_build(config):
    with open(f"{config.site_dir}/seen.txt", "w") as file:
        file.write("\\n".join(seen))
"""
GATHERING_PROJECT = """\
site_name: Thử
theme: material
plugins: [search, material/tags]
hooks:
  - hooks/build_engine.py
  - hooks/library_loading.py
  - hooks/document_rendering.py
  - gathering.py
"""


@pytest.fixture
def project(site_project: Path) -> Path:
    """Return a project whose guide has a fact with a telephone number."""
    write(site_project / GUIDE, FRONT.replace("[F1.14]", "[F1.14, F1.03]") + BODY)
    return site_project


def add_hook(project: Path, name: str, code: str) -> None:
    write(project / "hooks" / name, code)
    text = (project / "mkdocs.yml").read_text(encoding="utf-8")
    hooks = f"hooks/icon_inlining.py\n  - hooks/{name}\n"
    write(project / "mkdocs.yml", text.replace("hooks/icon_inlining.py\n", hooks, 1))


@pytest.mark.parametrize("processes", [1, 2])
def test_bytes_and_messages_are_those_of_plain_mkdocs_on_any_number_of_processes(
    project: Path, monkeypatch: pytest.MonkeyPatch, processes: int
) -> None:
    add_hook(project, "noisy_pages.py", NOISY)
    monkeypatch.setattr(engine.session, "WORTH_FORKING", 1)
    monkeypatch.setattr(os, "cpu_count", lambda: processes)
    plain = build_and_read(plain_configuration(project), project / "plain")
    first = build_and_read(project / "mkdocs.yml", project / "site")
    again = build_and_read(project / "mkdocs.yml", project / "site")
    assert len(plain[1]) > 20
    assert first[1] == again[1] == plain[1]
    assert different(plain[0], first[0]) == different(plain[0], again[0]) == []


def test_strict_counts_warnings_of_other_processes_and_of_earlier_builds(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_hook(project, "noisy_pages.py", NOISY)
    monkeypatch.setattr(engine.session, "WORTH_FORKING", 1)
    pages = len(build_and_read(project / "mkdocs.yml", project / "site")[1]) // 2
    with pytest.raises(Abort, match=f"Aborted with {2 * pages} warnings in strict mode!"):
        build(load_config(str(project / "mkdocs.yml"), strict=True))


def test_an_error_in_another_process_is_the_error_of_plain_mkdocs(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_hook(project, "failing_pages.py", FAILING)
    monkeypatch.setattr(engine.session, "WORTH_FORKING", 1)
    plain = build_and_read(plain_configuration(project), project / "plain")
    forked = build_and_read(project / "mkdocs.yml", project / "site")
    assert forked == plain
    assert plain[1] == [
        "mkdocs.commands.build ERROR Error reading page 'guides/dinh-danh/kich-hoat.md':",
        "mkdocs.commands.build ERROR refused guides/dinh-danh/kich-hoat.md",
        "aborted",
    ]


def test_a_page_that_a_hook_empties_has_no_file(project: Path) -> None:
    add_hook(project, "emptied_pages.py", EMPTYING)
    plain = build_and_read(plain_configuration(project), project / "plain")
    first = build_and_read(project / "mkdocs.yml", project / "site")
    again = build_and_read(project / "mkdocs.yml", project / "site")
    assert HTML not in plain[0]
    assert first[1] == again[1] == plain[1]
    assert different(plain[0], first[0]) == different(plain[0], again[0]) == []


def test_plugins_that_gather_pages_hear_of_all_of_them_in_order(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine.session, "gathers_pages", GATHERS_PAGES)
    monkeypatch.setattr(engine.session, "WORTH_FORKING", 1)
    for number in range(100):
        front = f"---\ntitle: Bài {number}\ntags: [nhãn {number % 7}]\n---\n"
        write(project / f"docs/bai-{number}.md", f"{front}## Một\n\nChữ số {number}.\n")
    write(project / "gathering.py", GATHERING)
    write(project / "mkdocs.yml", GATHERING_PROJECT)
    plain = build_and_read(plain_configuration(project), project / "plain")
    built = build_and_read(project / "mkdocs.yml", project / "site")
    assert len(json.loads(plain[0]["search/search_index.json"])["docs"]) > 200
    assert plain[0]["seen.txt"].count(b"bai-") == 100
    assert different(plain[0], built[0]) == []


def test_an_unknown_mkdocs_builds_as_released_and_says_so(
    project: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    plain = build_and_read(plain_configuration(project), project / "plain")
    monkeypatch.setattr(mkdocs, "__version__", "1.7")
    with caplog.at_level(logging.INFO):
        built = build_and_read(project / "mkdocs.yml", project / "site")
    assert different(plain[0], built[0]) == []
    assert "phiên bản MkDocs này chưa được tăng tốc, dựng theo cách thường" in caplog.text


def test_forked_work_is_done_once_each_and_failed_work_left_out() -> None:
    def work(number: int) -> bytes | None:
        if number == 5:
            raise ValueError
        if number == 6:
            os._exit(1)
        return None if number == 7 else b"%d" % number

    results = list(run_forked(work, 200, 3))
    numbers = [number for number, _ in results]
    assert len(numbers) == len(set(numbers))
    # What stood in the chunk of the process that died is the caller's to do.
    assert set(range(200)).difference(numbers) == set(range(chunk_size(200)))
    assert all(data == b"%d" % number for number, data in results)


def test_no_fork_while_threads_run() -> None:
    """In a process of its own: here the servers of other tests may run threads."""
    code = """
import threading
from portal.system.forks import can_fork

assert can_fork()
done = threading.Event()
threading.Thread(target=done.wait).start()
assert not can_fork()
done.set()
"""
    subprocess.run([sys.executable, "-c", code], check=True)


def test_a_hook_that_stands_too_early_is_told_which_must_come_before_it() -> None:
    with pytest.raises(HookOrderError) as error:
        _ = Build().pictures
    assert str(error.value) == "'pictures' is set by hooks/image_variants.py, which has not run yet"
    assert Build().live_problems is None


def test_each_part_of_a_build_names_the_hook_that_sets_it() -> None:
    for name, part in vars(Build).items():
        if isinstance(part, SetBy):
            code = (REPOSITORY / "hooks" / f"{part.hook}.py").read_text(encoding="utf-8")
            assert re.search(rf"build(?:_of\(config\))?\.{name}\b[^\n]*=", code), name
