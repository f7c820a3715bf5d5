"""Publishing to a branch that a git host serves as pages: pages://gh-pages, as GitHub, Gitea do.

pages://gh-pages/xem-thu/12 is a folder of it, such as the preview of a merge request. A publication
is one commit on the branch, made without touching the working tree; the host shows it whole.
Compressed copies are left out, for such hosts compress by themselves.
"""

from __future__ import annotations

import datetime
import os
import re
import subprocess
import tempfile
from base64 import b64encode
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from desk.publishing.release import VERSION, Release, Role, role_of
from desk.publishing.target import Publication, PublishError
from portal.language.dates import VIETNAM

PREVIEWS = "xem-thu/"
PREVIEWS_STAY = "30 days ago"
ASSETS_STAY = datetime.timedelta(days=30)
REPLACED = ".replaced-assets"  # a line an asset that only old releases name: day, path
_NO_JEKYLL = ".nojekyll"  # in every publication
_HOSTS_OWN = frozenset(("CNAME", _NO_JEKYLL))  # a domain of one's own; no Jekyll
_COPIES = (".br", ".gz")
_PUBLISHED, _WENT_BACK = "Publish ", "Go back to "
_NAME = re.compile(r"[\w.-]+(?:/[\w.-]+)*", re.ASCII)
_REF = "refs/portal/pages"
_TRIES = 4  # another preview may be pushed meanwhile
Tree = dict[str, str]  # path → blob
_TRY = "git push --dry-run origin HEAD"
# What git prints → what it means, and what helps; "{}" is the branch.
_CAUSES = (
    ("not a git repository", "thư mục này không phải kho git", "chạy trong thư mục đã git clone"),
    (
        "does not appear to be a git repository|[Rr]epository .*not found|No such remote",
        "origin không dẫn tới kho git nào",
        "git remote -v",
    ),
    (
        "Could not resolve host|Failed to connect|Couldn't connect|Connection (?:refused|reset)|"
        "timed out|No route to host|Network is unreachable|hung up unexpectedly|early EOF",
        "không nối được tới kho git, hoặc mạng đứt giữa chừng",
        f"xem mạng rồi chạy lại; thử bằng {_TRY}",
    ),
    (
        r"[Pp]rotected branch|hook declined|GH\d{3}",
        "kho git không cho ghi lên nhánh {}",
        "nhờ người quản trị kho cho ghi lên nhánh ấy",
    ),
    (
        "Authentication failed|could not read (?:Username|Password)|Permission (?:to .* )?denied|"
        "error: 40[13]|not allowed to push",
        "kho git không nhận tên, khóa hay quyền ghi của máy này",
        f"xin quyền ghi hoặc đăng nhập lại, thử bằng {_TRY}",
    ),
    (
        "certificate",
        "chứng thư (https) của kho git không hợp lệ với máy này",
        "xem giờ của máy trước: date; không tắt việc kiểm tra chứng thư",
    ),
    (
        "No space left on device|Disk quota exceeded",
        "đĩa đã đầy",
        "xóa bớt tệp trên máy này hoặc ở kho git rồi chạy lại",
    ),
    (
        "insufficient permission|Read-only file system",
        "không có quyền ghi vào .git của thư mục này",
        "ls -ld .git .git/objects",
    ),
)


@dataclass(frozen=True)
class PagesBranch:
    """A branch of the remote `origin`, and a folder in it ("" or "xem-thu/12/")."""

    branch: str
    folder: str = ""
    repository: Path = Path()
    today: datetime.date = field(default_factory=lambda: datetime.datetime.now(VIETNAM).date())

    @classmethod
    def at(cls, address: str) -> PagesBranch:
        """Return the target of pages://branch or pages://branch/folder, of this repository.

        Raises:
            PublishError: the address has no branch or another form.
        """
        path = address.removeprefix("pages://").rstrip("/")
        if not _NAME.fullmatch(path) or {"..", "."}.intersection(path.split("/")):
            raise PublishError(f"không hiểu TO='{address}'", "viết như TO=pages://gh-pages")
        branch, _, folder = path.partition("/")
        return cls(branch, f"{folder}/" if folder else "")

    def publish(self, release: Release) -> Publication:
        """Commit the release to the branch and push it."""
        files = [file for file in release.files if not file.path.endswith(_COPIES)]
        paths = [str(release.folder / file.path) for file in files]
        blobs = self._git("hash-object", "-w", "--no-filters", "--stdin-paths", given=paths)
        fresh = {self.folder + file.path: blob for file, blob in zip(files, blobs, strict=True)}
        sizes = {self.folder + file.path: file.size for file in files}
        for _ in range(_TRIES):
            current = self._current()
            before = self._tree(current)
            if before.keys() - _HOSTS_OWN and _NO_JEKYLL not in before:  # sources, say
                message = f"nhánh {self.branch} đang giữ thứ khác, không phải trang đã đăng"
                raise PublishError(message, "viết tên một nhánh chỉ để đăng: TO=pages://gh-pages")
            after = {**self._kept(before, fresh, current), **fresh, _NO_JEKYLL: self._blob()}
            sent = [path for path, blob in fresh.items() if before.get(path) != blob]
            if after == before:
                return Publication(release.name)
            if self._push(after, current, f"{_PUBLISHED}{release.name}"):
                return Publication(release.name, len(sent), sum(sizes[path] for path in sent))
        raise PublishError(f"nhánh {self.branch} đang được nơi khác đẩy lên", "chạy lại")

    def roll_back(self) -> Publication:
        """Show the release published before the current one, as a new commit."""
        current = self._current()
        earlier = earlier_releases(self._commits(current))
        if not earlier:
            message = f"nhánh {self.branch} không còn bản nào trước bản đang chạy"
            raise PublishError(message, "sửa bài, chạy make release rồi make publish")
        name = earlier[-1].release
        then = self._tree(earlier[-1].commit)
        own = then.keys() - self._replaced(then).keys() - {REPLACED}
        fresh = {path: then[path] for path in own if path.startswith(self.folder)}
        if not self.folder:
            fresh = {path: blob for path, blob in fresh.items() if not path.startswith(PREVIEWS)}
        tree = {**self._kept(self._tree(current), fresh, current), **fresh}
        if not self._push(tree, current, f"{_WENT_BACK}{name}"):
            raise PublishError(f"nhánh {self.branch} đang được nơi khác đẩy lên", "chạy lại")
        return Publication(name)

    def _current(self) -> str:
        """Fetch the branch; return its commit, "" when there is none yet."""
        listed = self._git("ls-remote", "origin", f"refs/heads/{self.branch}")
        if not listed:
            return ""
        self._git("fetch", "--quiet", "origin", f"+refs/heads/{self.branch}:{_REF}")
        return self._git("rev-parse", _REF)[0]

    def _tree(self, commit: str) -> Tree:
        if not commit:
            return {}
        listed = "\n".join(self._git("ls-tree", "-r", "-z", commit)).split("\0")
        rows = (line.split("\t", 1) for line in listed if line)
        return {path: about.split()[2] for about, path in rows}

    def _kept(self, tree: Tree, fresh: Tree, commit: str) -> Tree:
        """Return what stays beside a release: other folders, and assets for 30 days."""
        if self.folder:
            return {path: blob for path, blob in tree.items() if not path.startswith(self.folder)}
        kept = {path: blob for path, blob in tree.items() if path in _HOSTS_OWN}
        for path, blob in tree.items():
            if path.startswith(PREVIEWS) and self._is_recent(path.split("/")[1], commit):
                kept[path] = blob
        replaced = self._replaced(tree)
        stays = {
            path: day
            for path in tree.keys() - fresh.keys()
            if _is_asset(path)
            and self.today - (day := replaced.get(path, self.today)) <= ASSETS_STAY
        }
        kept |= {path: tree[path] for path in stays}
        kept[REPLACED] = self._blob(*(f"{day} {path}" for path, day in sorted(stays.items())))
        return kept

    def _replaced(self, tree: Tree) -> dict[str, datetime.date]:
        """Return path → the day since which no shown release names an asset."""
        lines = self._git("cat-file", "blob", tree[REPLACED]) if REPLACED in tree else []
        rows = (line.partition(" ") for line in lines if line)
        return {path: datetime.date.fromisoformat(day) for day, _, path in rows}

    def _is_recent(self, preview: str, commit: str) -> bool:
        folder = f"{PREVIEWS}{preview}"
        return bool(
            self._git("log", f"--since={PREVIEWS_STAY}", "--format=%H", commit, "--", folder)
        )

    def _commits(self, commit: str) -> list[tuple[str, str]]:
        """Return (commit, subject) of each publication to the folder, newest first."""
        if not commit:
            return []
        lines = self._git("log", "--format=%H %s", commit, "--", self.folder + VERSION)
        return [(line[:40], line[41:]) for line in lines]

    def _push(self, tree: Tree, parent: str, subject: str) -> bool:
        """Commit a tree and push it; return False when the branch has moved on."""
        with tempfile.TemporaryDirectory() as place:
            index = {"GIT_INDEX_FILE": f"{place}/index"}
            rows = [f"100644 {blob}\t{path}" for path, blob in sorted(tree.items())]
            self._git("update-index", "--add", "--index-info", given=rows, settings=index)
            written = self._git("write-tree", settings=index)[0]
        parents = ("-p", parent) if parent else ()
        commit = self._git("commit-tree", written, *parents, "-m", subject)[0]
        run = self._run(("push", "--quiet", "origin", f"{commit}:refs/heads/{self.branch}"), (), {})
        moved_on = any(sign in run.stderr for sign in ("[rejected]", "cannot lock ref"))
        if run.returncode and not moved_on:
            raise explain_git(run.stderr, self.branch)
        return not run.returncode

    def _blob(self, *lines: str) -> str:
        """Store lines of text; return the blob."""
        return self._git("hash-object", "-w", "--stdin", given=lines)[0]

    def _git(
        self, *arguments: str, given: Iterable[str] = (), settings: Mapping[str, str] | None = None
    ) -> list[str]:
        """Return the lines that git prints."""
        run = self._run(arguments, given, settings or {})
        if run.returncode:
            raise explain_git(run.stderr, self.branch)
        return run.stdout.splitlines()

    def _run(
        self, arguments: Iterable[str], given: Iterable[str], settings: Mapping[str, str]
    ) -> subprocess.CompletedProcess[str]:
        command = ["git", "-c", "user.name=make publish", "-c", "user.email=publish@localhost"]
        text = "".join(f"{line}\n" for line in given)
        environment = {**os.environ, **_credentials(), **settings, "LC_ALL": "C"}
        try:
            return subprocess.run(
                [*command, *arguments], cwd=self.repository, input=text, env=environment,
                capture_output=True, text=True,
            )  # fmt: skip
        except FileNotFoundError:
            fix = "sudo apt-get install git"
            raise PublishError("máy này chưa có git", fix) from None


def explain_git(errors: str, branch: str) -> PublishError:
    """Return the error of a git command that printed this, in English, on stderr."""
    for pattern, meaning, fix in _CAUSES:
        if re.search(pattern, errors):
            return PublishError(meaning.format(branch), fix)
    lines = errors.splitlines()
    said = [line for line in lines if line.startswith(("fatal:", "error:"))] or lines
    reason = said[0] if said else "git ngừng giữa chừng"
    message = f"không đẩy được lên nhánh {branch}: {reason}"
    return PublishError(message, f"xem mạng và quyền ghi: {_TRY}")


@dataclass(frozen=True)
class CommittedRelease:
    """A release and the commit that published it last."""

    release: str
    commit: str


def earlier_releases(commits: Iterable[tuple[str, str]]) -> list[CommittedRelease]:
    """Return what roll-backs reach, the next one last, by (commit, subject) of all, newest first.

    A release published again counts once, as the newest; what was rolled back from is gone once
    another is published. So it is on every kind of target.
    """
    before, current = list[CommittedRelease](), CommittedRelease("", "")
    for commit, subject in reversed([*commits]):
        if subject.startswith(_WENT_BACK):
            name = subject.removeprefix(_WENT_BACK)
            while before and current.release != name:
                current = before.pop()
        elif subject.startswith(_PUBLISHED):
            name = subject.removeprefix(_PUBLISHED)
            before = [each for each in (*before, current) if each.release not in ("", name)]
            current = CommittedRelease(name, commit)
    return before


def _is_asset(path: str) -> bool:
    return not path.startswith(PREVIEWS) and role_of(path) is Role.ASSET


def _credentials() -> dict[str, str]:
    """Return git's settings with the token of a job, which no command line shows."""
    token = os.environ.get("GITHUB_TOKEN")
    if not token:
        return {}
    server = os.environ.get("GITHUB_SERVER_URL", "https://github.com")
    code = b64encode(f"x-access-token:{token}".encode()).decode()
    return {
        "GIT_CONFIG_COUNT": "1",
        "GIT_CONFIG_KEY_0": f"http.{server}/.extraheader",
        "GIT_CONFIG_VALUE_0": f"AUTHORIZATION: basic {code}",
    }
