"""Publishing to a server by ssh and rsync: uploaded beside, then one rename of a symbolic link.

The web server's root is <folder>/site. server.sh says what stands in the folder, and keeps the old
assets. One session on the server holds the lock and does all its work; rsync uploads beside it,
over the same connection. rsync compares checksums with the current release, so that what is
unchanged is not sent and keeps its times.
"""

from __future__ import annotations

import datetime
import getpass
import os
import re
import shlex
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO
from urllib.parse import unquote

from desk.publishing.release import Release, Role
from desk.publishing.target import Publication, PublishError
from portal.language.dates import VIETNAM

_SCRIPT = Path(__file__).with_name("server.sh")
# ssh compresses, and not rsync: lists of files are half of what an edit sends.
_OPTIONS = (
    "Compression=yes",
    "ConnectTimeout=15",
    "ServerAliveInterval=15",
    "ServerAliveCountMax=3",
)
_UPLOAD = (
    "rsync", "--recursive", "--checksum", "--perms", "--chmod=D755,F644", "--delete", "--partial",
    "--protect-args", "--timeout=60", "--stats",
)  # fmt: skip
# Of each file's checksum that is sent, 8 bytes in place of 16; md5 is what an old rsync has.
_CHECKSUMS = {"RSYNC_CHECKSUM_LIST": "xxh64 md5"}

# [user@]host[:port]; a number of IPv6 stands in brackets. A name keeps its capitals, for it may be
# of ~/.ssh/config. Nothing begins with "-", which ssh would take for an option.
_AUTHORITY = re.compile(
    r"(?:(?P<user>[^-@:/][^@:/]*)@)?(?:\[(?P<v6>[\da-fA-F:.]+(?:%\w+)?)\]|(?P<name>[\w.][\w.-]*))"
    r"(?::(?P<port>\d{1,5}))?"
)
_DIGEST_FOLDER = re.compile(r"[a-z]+/[0-9a-f]{10}(?=/)")
_MAX_SKEW = 3600  # seconds; the server counts the days of old assets by its clock
_AGAIN = "chạy lại lệnh này, phần đã gửi không phải gửi lại"
# What ssh, rsync and the server's shell print → what it means, and what helps. {login} is how ssh
# is called, {own} what gives the folder to who logs in.
_CAUSES = (
    (
        "releases holds other files",
        "thư mục {folder}/releases trên {host} đang giữ thứ không do make publish ghi",
        "viết thư mục khác sau tên máy chủ trong TO",
    ),
    (
        "Could not resolve hostname",
        "không tìm thấy máy chủ {host}: sai tên, hoặc máy này không có mạng",
        "xem lại tên máy chủ và mạng rồi chạy lại",
    ),
    (
        "REMOTE HOST IDENTIFICATION HAS CHANGED|IT IS POSSIBLE THAT SOMEONE",
        "khóa của {host} khác lần trước: máy đã cài lại, hoặc không phải máy ấy",
        "hỏi người giữ máy chủ trước khi đăng",
    ),
    (
        "Host key verification failed",
        "máy này chưa nối với {host} lần nào",
        "ssh {login}",
    ),
    (
        r"Permission denied \(|Too many authentication failures",
        "{host} không nhận khóa hay mật khẩu của máy này",
        "nhờ người giữ máy chủ ghi khóa của máy này (deploy/ssh-server.md, bước 3); "
        "tài khoản có mật khẩu thì: ssh-copy-id {login}",
    ),
    (
        "No space left on device|Disk quota exceeded|File too large",
        "đĩa của {host} đã đầy",
        f"xóa bớt tệp trên máy chủ rồi {_AGAIN}",
    ),
    (
        "Read-only file system",
        "đĩa của {host} đang ở chế độ chỉ đọc",
        "hỏi người giữ máy chủ",
    ),
    (
        "Permission denied|Operation not permitted",
        "không có quyền ghi vào {folder} trên {host}",
        "người quản trị chạy trên máy chủ: {own}",
    ),
    (
        "Not a directory|File exists",
        "{folder} trên {host} không phải thư mục",
        "viết thư mục khác sau tên máy chủ trong TO",
    ),
    (
        "(?:rsync|flock): (?:command )?not found",
        "{host} chưa có rsync hay flock",
        "người quản trị chạy trên máy chủ: sudo apt-get install rsync util-linux",
    ),
    (
        "Connection refused",
        "{host} từ chối nối ở cổng ssh ({port}): sai cổng, hay máy chủ chưa chạy ssh",
        "xem lại cổng trong TO, hỏi người giữ máy chủ",
    ),
    (
        "timed out|timeout|No route to host|Network is unreachable|Broken pipe|"
        "Connection reset|[Cc]onnection (?:unexpectedly )?closed|Connection to .* closed",
        "mất liên lạc với {host}",
        f"xem mạng của máy này và máy chủ rồi {_AGAIN}",
    ),
)


@dataclass(frozen=True)
class SshTarget:
    """A folder on a server.

    `host` is as ssh takes it, with "user@" perhaps; `port` is None for ssh's own choice.
    """

    host: str
    folder: str
    port: int | None = None

    @classmethod
    def at(cls, address: str) -> SshTarget:
        """Return the target of ssh://[user@]host[:port]/folder.

        Raises:
            PublishError: host or folder is missing.
        """
        authority, slash, path = address.partition("://")[2].partition("/")
        found = _AUTHORITY.fullmatch(authority)
        folder = unquote(slash + path).rstrip("/")
        if not found or not folder:
            message = f"TO phải có máy chủ và thư mục, đang là '{address}'"
            raise PublishError(message, "viết như TO=ssh://ten@may-chu/srv/portal")
        user = f"{unquote(found['user'])}@" if found["user"] else ""
        port = int(found["port"]) if found["port"] else None
        return cls(f"{user}{found['v6'] or found['name']}", folder, port)

    def publish(self, release: Release) -> Publication:
        """Upload what changed, then show the release."""
        with self._session() as session:
            sent = (0, 0)
            if session.ask(f"has {release.name}") != "yes":
                sent = self._upload(release, session)
            for file in release.with_role(Role.ASSET):
                session.tell(f"asset {file.path}")
            session.ask(f"show {release.name}")
        return Publication(release.name, *sent)

    def roll_back(self) -> Publication:
        """Show the release before the current one."""
        with self._session() as session:
            answer = session.ask("back")
        if answer == "none":
            message = f"{self.host} không còn bản nào trước bản đang chạy"
            raise PublishError(message, "sửa bài, chạy make release rồi make publish")
        return Publication(answer.partition(" ")[2])

    def _upload(self, release: Release, session: _Session) -> tuple[int, int]:
        """Send the files to releases/.next/; return how many and how many bytes."""
        named = (_DIGEST_FOLDER.match(file.path) for file in release.with_role(Role.ASSET))
        for folder in sorted({found[0] for found in named if found}):
            session.ask(f"like {folder}")
        beside = f"--link-dest=../{session.current}" if session.current else "--no-whole-file"
        user, at, name = self.host.rpartition("@")
        server = f"[{name}]" if ":" in name else name  # as rsync has it, ssh not
        there = f"{user}{at}{server}:{self.folder}/releases/.next/"
        command = [*_UPLOAD, beside, "-e", shlex.join(session.shell), f"{release.folder}/", there]
        run = _run(command)
        if run.returncode:
            raise explain(run.stderr, self)
        files = re.search(r"regular files transferred: ([\d,.]+)", run.stdout)
        sent = re.search(r"Total bytes sent: ([\d,.]+)", run.stdout)
        return _number(files), _number(sent)

    @contextmanager
    def _session(self) -> Iterator[_Session]:
        """Open the session that holds the lock."""
        now = datetime.datetime.now(VIETNAM)
        who = f"{_own_name()}@{socket.gethostname()}, {now:%H:%M %d/%m/%Y}"
        with tempfile.TemporaryDirectory() as place:
            shell = ["ssh", *(["-p", str(self.port)] if self.port else [])]
            control = f'ControlPath="{place.replace("%", "%%")}/ssh"'
            for option in (*_OPTIONS, "ControlMaster=auto", control):
                shell += ["-o", option]
            script = _SCRIPT.read_text(encoding="utf-8")
            command = shlex.join(["sh", "-c", script, "sh", self.folder, who])
            with (Path(place) / "errors").open("w+", encoding="utf-8") as errors:
                session = _Session(self, shell, command, errors)
                try:
                    session.begin()
                    yield session
                finally:
                    session.end()


class _Session:
    """The shell on the server that holds the lock; `current` is the release readers see, or ""."""

    def __init__(self, target: SshTarget, shell: list[str], command: str, errors: IO[str]) -> None:
        self.shell, self.current = shell, ""
        self._target, self._errors = target, errors
        pipe = subprocess.PIPE
        try:
            self._process = subprocess.Popen(
                [*shell, target.host, command],
                stdin=pipe,
                stdout=pipe,
                stderr=errors,
                text=True,
                env=_in_english(),
            )
        except FileNotFoundError:
            raise _missing("ssh", "openssh-client") from None

    def begin(self) -> None:
        word, _, rest = self._answer().partition(" ")
        if word == "busy":
            message = f"{self._target.host} đang nhận một lần đăng khác ({rest})"
            raise PublishError(message, "đợi lần ấy xong rồi chạy lại")
        seconds, _, self.current = rest.partition(" ")
        if abs(int(seconds) - time.time()) > _MAX_SKEW:
            message = f"đồng hồ của máy này và của {self._target.host} lệch nhau hơn một giờ"
            raise PublishError(message, "chỉnh giờ của máy sai: sudo timedatectl set-ntp true")

    def tell(self, line: str) -> None:
        assert self._process.stdin
        with suppress(BrokenPipeError):  # the next answer tells why
            print(line, file=self._process.stdin)

    def ask(self, line: str) -> str:
        """Send a command and return its answer."""
        self.tell(line)
        return self._answer()

    def _answer(self) -> str:
        assert self._process.stdin
        assert self._process.stdout
        with suppress(BrokenPipeError):
            self._process.stdin.flush()
        for line in self._process.stdout:
            if line != ".\n":
                return line.rstrip("\n")
        self._process.wait()
        self._errors.seek(0)
        raise explain(self._errors.read(), self._target)

    def end(self) -> None:
        assert self._process.stdin
        with suppress(BrokenPipeError):
            self._process.stdin.close()
        self._process.wait()


def _run(command: list[str]) -> subprocess.CompletedProcess[str]:
    try:
        return subprocess.run(
            command, capture_output=True, text=True, env=_in_english() | _CHECKSUMS
        )
    except FileNotFoundError:
        raise _missing("rsync", "rsync") from None


def _own_name() -> str:
    """Return who publishes; a container's user may have no name."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return str(os.getuid())


def _in_english() -> dict[str, str]:
    return {**os.environ, "LC_ALL": "C"}


def _missing(command: str, package: str) -> PublishError:
    return PublishError(f"máy này chưa có {command}", f"sudo apt-get install {package}")


def _number(found: re.Match[str] | None) -> int:
    return int(re.sub(r"\D", "", found[1])) if found else 0


def explain(errors: str, target: SshTarget) -> PublishError:
    """Return the error of a command that printed this, in English, on stderr."""
    folder = shlex.quote(target.folder)
    user = target.host.rpartition("@")[0] or _own_name()
    names = {
        "host": target.host,
        "folder": target.folder,
        "port": target.port or "22 nếu không đặt khác",
        "login": f"-p {target.port} {target.host}" if target.port else target.host,
        "own": f"sudo mkdir -p {folder} && sudo chown -R {user} {folder}",
    }
    for pattern, message, fix in _CAUSES:
        if re.search(pattern, errors):
            return PublishError(message.format(**names), fix.format(**names))
    last = errors.strip().splitlines()[-1:] or ["máy chủ ngừng giữa chừng"]
    fix = f"{_AGAIN}; vẫn vậy thì hỏi người giữ máy chủ"
    return PublishError(f"không đăng được lên {target.host}: {last[0]}", fix)
