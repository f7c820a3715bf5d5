"""A git host with Gitea's interface, in memory: what the web editor reads and commits."""

from __future__ import annotations

import base64
import hashlib
import json
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, Route

HOST = "https://git.example.vn"
API = f"{HOST}/api/v1"
REPOSITORY = "to/kho"
USER = {"id": 1, "login": "lan", "full_name": "Lan", "html_url": HOST, "email": "lan@example.vn"}

RIGHTS = {"permissions": {"pull": True, "push": True}, "default_branch": "main"}


class GitHost:
    """The files of the editors' branch, and every commit as its message."""

    def __init__(self, project: Path) -> None:
        self.project = project
        self.commits: list[str] = []

    def serve(self, page: Page) -> None:
        """Answer what the page asks of the host."""
        page.route(f"{HOST}/**", self._answer)

    def _answer(self, route: Route) -> None:
        path = route.request.url.removeprefix(f"{API}/").partition("?")[0]
        ending = path.removeprefix(f"repos/{REPOSITORY}").strip("/")
        asked = json.loads(route.request.post_data or "null")
        if ending == "contents":
            value: object = self._commit(asked)
        elif ending == "file-contents":
            value = [self._content(name) for name in asked["files"]]
        elif ending.startswith("git/trees/"):
            value = {"tree": [self._entry(file) for file in self._files()], "truncated": False}
        elif ending.startswith("branches/"):
            value = {"commit": {"id": f"{len(self.commits) + 1:040}", "message": ""}}
        elif ending.startswith("commits"):
            value = []
        else:
            value = {"version": {"version": "1.25.0"}, "user": USER}.get(ending, RIGHTS)
        route.fulfill(json=value, headers={"Access-Control-Allow-Origin": "*"})

    def _files(self) -> list[Path]:
        return sorted(file for file in (self.project / "docs").rglob("*") if file.is_file())

    def _entry(self, file: Path) -> dict[str, object]:
        data = file.read_bytes()
        path = file.relative_to(self.project).as_posix()
        return {"type": "blob", "path": path, "sha": _sha(data), "size": len(data)}

    def _content(self, path: str) -> dict[str, str]:
        data = (self.project / path).read_bytes()
        content = base64.b64encode(data).decode()
        return {"path": path, "sha": _sha(data), "content": content, "encoding": "base64"}

    def _commit(self, asked: dict[str, Any]) -> dict[str, object]:
        saved = list[dict[str, str]]()
        for change in asked["files"]:
            file = self.project / change["path"]
            file.parent.mkdir(parents=True, exist_ok=True)
            data = base64.b64decode(change["content"])
            file.write_bytes(data)
            saved.append({"path": change["path"], "sha": _sha(data)})
        self.commits.append(str(asked["message"]))
        commit = {"sha": f"{len(self.commits) + 1:040}", "created": "2026-11-24T05:00:00Z"}
        return {"commit": commit, "files": saved}


def _sha(data: bytes) -> str:
    """Return the name git gives to a file's content."""
    return hashlib.sha1(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()
