"""One comment on a merge request, kept up to date: GitHub's and GitLab's ways of the same thing.

Only the standard library: the job that may write runs it from the trusted branch and installs
nothing.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.error import URLError
from urllib.request import Request, urlopen

MARK = "<!-- make summary -->"  # by which the comment is found again when the branch changes
MAX_CHARACTERS = 60_000  # GitHub takes 65,536
TIMEOUT = 30  # seconds


class HostError(Exception):
    """The git host refused, or is not known from the environment; the message says what."""


@dataclass(frozen=True)
class MergeRequest:
    """Where comments of a merge request are listed and changed, and the header that signs in."""

    comments: str
    comment: str  # the address of one comment, without its number
    change: str  # the HTTP method that changes one
    header: tuple[str, str]


def merge_request_of(environment: Mapping[str, str]) -> MergeRequest:
    """Return the merge request that a job runs for.

    Raises:
        HostError: a variable is missing, so this is no such job, or it has no token.
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
    """Write the comment that begins with `MARK`, or change it when it is there; return its number.

    Raises:
        HostError: the host refused or did not answer.
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
