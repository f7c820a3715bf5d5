"""The comment of a merge request, against a stand-in of a git host that speaks HTTP."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from support.project import REPOSITORY

from desk.host_comment import MARK, MAX_CHARACTERS

TOKEN = "khong-co-that"


class Host(HTTPServer):
    """Keeps comments by number, and what was asked."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answers)
        self.comments = {7: "Bài hay."}
        self.asked: list[tuple[str, str]] = []
        self.status = 200
        self.url = f"http://127.0.0.1:{self.server_port}"


class Answers(BaseHTTPRequestHandler):
    server: Host

    def log_message(self, *_: object) -> None:
        pass

    def answer(self) -> None:
        host = self.server
        host.asked.append((self.command, self.path))
        signed = f"Bearer {TOKEN}" == self.headers["Authorization"]
        assert signed or self.headers["PRIVATE-TOKEN"] == TOKEN
        data: object = [{"id": id, "body": body} for id, body in host.comments.items()]
        if self.command != "GET":
            id = 8 if self.command == "POST" else int(self.path.rpartition("/")[2])
            length = int(self.headers["Content-Length"])
            host.comments[id] = json.loads(self.rfile.read(length))["body"]
            data = {"id": id}
        self.send_response(host.status)
        self.end_headers()
        self.wfile.write(json.dumps(data).encode())

    do_GET = do_POST = do_PATCH = do_PUT = answer  # noqa: N815 - names of http.server


@pytest.fixture
def host() -> Iterator[Host]:
    server = Host()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def github(host: Host) -> dict[str, str]:
    names = {"GITHUB_REPOSITORY": "to/kho", "NUMBER": "3", "GITHUB_TOKEN": TOKEN}
    return {**names, "GITHUB_API_URL": host.url}


def gitlab(host: Host) -> dict[str, str]:
    names = {"CI_PROJECT_ID": "5", "CI_MERGE_REQUEST_IID": "3", "COMMENT_TOKEN": TOKEN}
    return {**names, "CI_API_V4_URL": host.url}


HOSTS = {
    "github": (github, "/repos/to/kho/issues/3/comments", "PATCH", "/repos/to/kho/issues/comments"),
    "gitlab": (
        gitlab,
        "/projects/5/merge_requests/3/notes",
        "PUT",
        "/projects/5/merge_requests/3/notes",
    ),
}


def post(folder: Path, variables: dict[str, str], text: str) -> subprocess.CompletedProcess[str]:
    """Run what `make comment` runs, with nothing installed: no site packages."""
    (folder / "tom-tat.md").write_text(text, encoding="utf-8")
    command = [sys.executable, "-S", str(REPOSITORY / "scripts/post_summary.py"), "tom-tat.md"]
    environment = {"PATH": os.environ["PATH"], **variables}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)


@pytest.mark.parametrize("name", HOSTS)
def test_first_summary_is_a_comment_and_the_next_changes_it(
    host: Host, tmp_path: Path, name: str
) -> None:
    environment, comments, method, comment = HOSTS[name]
    for text in ("Một trang.", "Hai trang."):
        run = post(tmp_path, environment(host), f"{MARK}\n\n{text}\n")
        assert (run.returncode, run.stdout) == (0, "Đã ghi lời tóm tắt, số 8\n")
    assert host.comments == {7: "Bài hay.", 8: f"{MARK}\n\nHai trang.\n"}
    listed = ("GET", f"{comments}?per_page=100&sort=asc")
    assert host.asked == [listed, ("POST", comments), listed, (method, f"{comment}/8")]


def test_long_summary_is_cut_at_a_line(host: Host, tmp_path: Path) -> None:
    post(tmp_path, github(host), MARK + "\n" + "Một dòng.\n" * 10_000)
    assert len(host.comments[8]) < MAX_CHARACTERS + 60
    assert host.comments[8].endswith("\nMột dòng.\n\n… (còn nữa, xem bằng: make summary)\n")


def test_refusal_is_said_without_the_token(host: Host, tmp_path: Path) -> None:
    host.status = 403
    run = post(tmp_path, gitlab(host), MARK)
    assert (run.returncode, run.stderr) == (
        1,
        "Chưa ghi được lời tóm tắt: máy chủ git không nhận (GET): HTTP Error 403: Forbidden\n",
    )


def test_outside_of_a_merge_request_nothing_is_asked(host: Host, tmp_path: Path) -> None:
    run = post(tmp_path, {}, MARK)
    assert run.returncode == 1
    assert run.stderr == "Chưa ghi được lời tóm tắt: thiếu biến môi trường: 'CI_API_V4_URL'\n"
    assert host.asked == []
