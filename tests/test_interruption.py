"""Whatever ends a build, the site is one whole build: killed, disk full, two at once."""

from __future__ import annotations

import logging
import os
import random
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from mkdocs.commands import build as build_module
from mkdocs.config import load_config
from support.builds import SITE_FRONT, other_guide, read_site, run_mkdocs
from support.project import BODY, write

import engine

GUIDE = "docs/guides/dinh-danh/kich-hoat.md"
KILLS = int(os.environ.get("KILLS", "25"))
Site = dict[str, bytes]


@pytest.fixture
def project(site_project: Path) -> Path:
    """Return a project of two guides."""
    write(site_project / GUIDE, SITE_FRONT + BODY)
    write(site_project / "docs/guides/an-toan/xa.md", other_guide(BODY))
    return site_project


def edit(project: Path, version: int) -> None:
    word = "phường" if version else "xã"
    write(project / GUIDE, SITE_FRONT + BODY.replace("Công an xã", f"Công an {word}"))


def build(project: Path) -> None:
    engine.install()
    build_module.build(load_config(str(project / "mkdocs.yml"), strict=True))


def serve_builds(project: Path) -> None:
    """Answer "start" with the number of a process that builds, "wait N" with how it ended.

    "start S" ends it after S seconds of processor time, wherever it is then.
    """
    engine.install()
    for line in sys.stdin:
        command, _, number = line.partition(" ")
        if command.strip() == "wait":
            print(os.waitpid(int(number), 0)[1], flush=True)
        elif pid := os.fork():
            print(pid, flush=True)
        else:
            logging.disable()
            signal.setitimer(signal.ITIMER_PROF, float(number or 0))
            try:
                build(project)
                os._exit(0)
            finally:
                os._exit(1)


class Builder:
    """Builds in processes that have everything imported, forked from one without threads."""

    def __init__(self, project: Path) -> None:
        code = f"import test_interruption as t; t.serve_builds(t.Path({str(project)!r}))"
        self._server = subprocess.Popen(
            [sys.executable, "-c", code],
            cwd=Path(__file__).parent,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def _ask(self, line: str) -> int:
        assert self._server.stdin
        assert self._server.stdout
        self._server.stdin.write(f"{line}\n")
        self._server.stdin.flush()
        return int(self._server.stdout.readline())

    def start(self, seconds: float = 0) -> int:
        return self._ask(f"start {seconds}")

    def wait(self, pid: int) -> int:
        return self._ask(f"wait {pid}")

    def end(self) -> None:
        self._server.communicate()


@pytest.fixture
def builder(project: Path) -> Iterator[Builder]:
    """Return what starts builds of the project."""
    started = Builder(project)
    yield started
    started.end()


def test_a_build_killed_at_any_moment_leaves_one_whole_site(
    project: Path, builder: Builder
) -> None:
    wholes = list[Site]()
    for version in (1, 0):
        edit(project, version)
        started = time.process_time()
        build(project)
        seconds = time.process_time() - started
        wholes.append(read_site(project / "site"))
    assert wholes[0] != wholes[1]
    chosen, finished = random.Random(9), 0
    for number in range(KILLS):
        edit(project, number % 2)
        pid = builder.start(chosen.uniform(0.001, 1.3 * seconds))
        finished += builder.wait(pid) == 0
        assert read_site(project / "site") in wholes, number
    assert finished < KILLS
    edit(project, 1)
    build(project)
    assert read_site(project / "site") == wholes[0]
    assert list(project.glob(".site-staging-*")) == []


def test_two_builds_at_once_do_not_hurt_each_other(project: Path, builder: Builder) -> None:
    build(project)
    whole = read_site(project / "site")
    for _ in range(3):
        write(project / "data/ghi-chu.txt", f"{time.monotonic_ns()}")  # there is something to do
        both = [builder.start(), builder.start()]
        assert [builder.wait(pid) for pid in both] == [0, 0]
        built = read_site(project / "site")
        assert {path: built[path] for path in whole} == whole
    assert list(project.glob(".site-staging-*")) == []


def test_a_place_that_cannot_be_written_to_is_said_with_a_remedy(project: Path) -> None:
    (project / "dist").write_text("a file")
    run = run_mkdocs(project, "build", "--strict", "--site-dir", "dist/.next")
    assert run.returncode == 1
    assert f"không ghi được vào {project}/dist" in run.stderr
    assert "    Cách sửa: " in run.stderr
    assert "Traceback" not in run.stderr


def run_command(project: Path, limit: int) -> subprocess.CompletedProcess[str]:
    def prepare() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)  # then write(2) fails with EFBIG
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    command = [sys.executable, "-m", "mkdocs", "build", "--strict"]
    return subprocess.run(
        command, cwd=project, capture_output=True, text=True, check=False, preexec_fn=prepare
    )


@pytest.mark.parametrize("limit", [1_000, 30_000])
def test_a_full_disk_is_said_and_the_old_site_stays(project: Path, limit: int) -> None:
    edit(project, 1)
    build(project)  # now cards and handouts of both versions are in the cache
    edit(project, 0)
    build(project)
    whole = read_site(project / "site")
    edit(project, 1)
    run = run_command(project, limit)
    assert run.returncode == 1
    assert "đĩa đã đầy" in run.stderr
    assert "Cách sửa: xóa bớt tệp rồi chạy lại" in run.stderr
    assert "Traceback" not in run.stderr
    assert read_site(project / "site") == whole
    assert list(project.glob(".site-staging-*")) == []
