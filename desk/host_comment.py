"""One comment on a merge request, kept up to date, on GitHub and GitLab.

It needs only the standard library: the job with write permission runs it from the trusted branch
and installs nothing.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.error import URLError
from urllib.request import Request, urlopen

MARK = "<!-- make summary -->"  # identifies the comment for updates
MAX_CHARACTERS = 60_000  # GitHub's limit is 65,536
TIMEOUT = 30  # seconds


class HostError(Exception):
    """The git host returned an error, or the environment names none; see the message."""


@dataclass(frozen=True)
class MergeRequest:
    """The API addresses of a merge request's comments, and the authorization header."""

    comments: str
    comment: str  # the address of one comment, without its id
    change: str  # the HTTP method of an update
    header: tuple[str, str]


def merge_request_of(environment: Mapping[str, str]) -> MergeRequest:
    """Return the merge request of the current CI job.

    Raises:
        HostError: an environment variable or the token is missing.
    """
    try:
        if "GITHUB_REPOSITORY" in environment:
            issues = (
                f"{environment['GITHUB_API_URL']}/repos/{environment['GITHUB_REPOSITORY']}/issues"
            )
            comments = f"{issues}/{int(environment['NUMBER'])}/comments"
            header = ("Authorization", f"Bearer {environment['GITHUB_TOKEN']}")
            return MergeRequest(comments, f"{issues}/comments", "PATCH", header)
        project = f"{environment['CI_API_V4_URL']}/projects/{environment['CI_PROJECT_ID']}"
        notes = f"{project}/merge_requests/{int(environment['CI_MERGE_REQUEST_IID'])}/notes"
        return MergeRequest(notes, notes, "PUT", ("PRIVATE-TOKEN", environment["COMMENT_TOKEN"]))
    except (KeyError, ValueError) as missing:
        raise HostError(f"thiếu biến môi trường: {missing}") from None


def keep_comment(request: MergeRequest, text: str) -> str:
    """Create or update the comment that begins with `MARK`; return its id.

    Raises:
        HostError: the host returned an error or did not respond.
    """
    body = {"body": _shorten(text)}
    known = _call(request, "GET", f"{request.comments}?per_page=100&sort=asc", None)
    for comment in known:
        if str(comment.get("body", "")).startswith(MARK):
            address = f"{request.comment}/{comment['id']}"
            return str(_call(request, request.change, address, body)["id"])
    return str(_call(request, "POST", request.comments, body)["id"])


def _shorten(text: str) -> str:
    if len(text) <= MAX_CHARACTERS:
        return text
    return text[:MAX_CHARACTERS].rpartition("\n")[0] + "\n\n… (còn nữa, xem bằng: make summary)\n"


def _call(request: MergeRequest, method: str, address: str, body: object) -> Any:  # noqa: ANN401 - JSON
    data = None if body is None else json.dumps(body).encode()
    headers = {"Content-Type": "application/json", request.header[0]: request.header[1]}
    try:
        with urlopen(Request(address, data, headers, method=method), timeout=TIMEOUT) as answer:
            return json.load(answer)
    except (URLError, TimeoutError, ValueError) as error:
        raise HostError(f"máy chủ git không nhận ({method}): {error}") from None
