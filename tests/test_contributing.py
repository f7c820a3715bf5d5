"""CONTRIBUTING.md followed to the letter, in a fresh clone with a bare repository as its remote."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml
from support.project import REPOSITORY, configure_project, write_project
from support.serving import free_port, wait_for

GUIDE = "docs/guides/dinh-danh/lay-lai-passcode.md"
PATH = "/guides/dinh-danh/lay-lai-passcode/"
BODY = """
## Các bước

1. Mở **VNeID**.

## Vẫn không được

Hỏi Tổ công nghệ số cộng đồng.
"""
FINDINGS = f"""\
{GUIDE}:3: còn lời dặn của khung bài: [Viết: Một câu hiện khi chia sẻ và khi tìm kiếm.]
    Cách sửa: viết nội dung vào chỗ đó; mục nào không cần thì xóa cả tiêu đề
"""


def blocks() -> list[list[str]]:
    """Return the commands of each shell block under "Qua git", in order."""
    text = (REPOSITORY / "CONTRIBUTING.md").read_text(encoding="utf-8")
    section = text.partition("Qua git\n")[2].partition("\n## ")[0]
    found = re.findall(r"```sh\n(.*?)```", section, re.DOTALL)
    return [block.splitlines() for block in found]


class Clone:
    """An editor's clone; the tools are those of this repository, installed once."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "ky-nang-so"
        self.remote = folder / "kho.git"
        origin = folder / "kho-goc"
        subprocess.run(["git", "clone", "--quiet", REPOSITORY, origin], check=True)
        for name in ("docs", "data"):
            shutil.rmtree(origin / name)
        configure_project(write_project(origin))
        for command in (
            ["checkout", "--quiet", "-B", "main"],
            ["add", "--all"],
            ["commit", "--quiet", "--message", "Nội dung thử"],
        ):
            subprocess.run(["git", *command], cwd=origin, env=self.environment, check=True)
        subprocess.run(["git", "clone", "--quiet", "--bare", origin, self.remote], check=True)

    def borrow_tools(self) -> None:
        """Give the clone this repository's installed packages, as if it had installed them."""
        (self.folder / ".venv").mkdir()
        for each in (REPOSITORY / ".venv").iterdir():
            if not each.name.startswith("."):
                (self.folder / ".venv" / each.name).symlink_to(each)
        for stamp in (".run", ".dev"):
            (self.folder / ".venv" / stamp).touch()

    @property
    def environment(self) -> dict[str, str]:
        names = {f"GIT_{who}_NAME": "Người viết" for who in ("AUTHOR", "COMMITTER")}
        mails = {f"GIT_{who}_EMAIL": "viet@example.vn" for who in ("AUTHOR", "COMMITTER")}
        kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
        return {**kept, **names, **mails, "LANG": "C.UTF-8"}

    def run(self, command: str, folder: Path | None = None) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["bash", "-c", command],
            cwd=folder or self.folder,
            env=self.environment,
            capture_output=True,
            text=True,
        )

    def succeed(self, command: str) -> str:
        done = self.run(command)
        assert done.returncode == 0, f"{command}\n{done.stdout}{done.stderr}"
        return done.stdout


@pytest.fixture
def clone(tmp_path: Path) -> Clone:
    return Clone(tmp_path)


def write_the_guide(file: Path) -> None:
    """Put an editor's words in the place of the advice, with one mistake a machine can mend."""
    front = file.read_text().split("\n---\n")[0]
    front = re.sub(
        r"^summary:.*$", "summary: Đặt lại passcode khi quên, khoẻ re.", front, flags=re.M
    )
    front = re.sub(r"^audience:.*$", "audience: Người quên passcode VNeID.", front, flags=re.M)
    front = re.sub(r"^sources:.*$", "sources: [F1.14]", front, flags=re.M)
    front = re.sub(r"^tags:.*$", "tags: [passcode]", front, flags=re.M)
    file.write_text(f"{front}\n---\n{BODY}")


def look_at_it(clone: Clone, command: str, texts: list[str]) -> None:
    """Run `make serve` on a free port until the page shows all of the texts."""
    port = free_port()
    served = command.replace("make serve", f"make serve SERVE=127.0.0.1:{port}")
    process = subprocess.Popen(
        ["bash", "-c", f"exec {served}"], cwd=clone.folder, env=clone.environment,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip
    try:
        for text in texts:
            wait_for(port, text, PATH)
    finally:
        os.killpg(process.pid, 15)
        process.wait()


def test_from_an_idea_to_a_proposal(clone: Clone, tmp_path: Path) -> None:
    first, each, last = blocks()
    address, enter, hooks = first
    cloned = clone.run(address.replace("ĐỊA-CHỈ-KHO", str(clone.remote)), tmp_path)
    assert (cloned.returncode, enter) == (0, f"cd {clone.folder.name}")
    clone.borrow_tools()
    clone.succeed(hooks)

    switch, guide, check, serve = each
    clone.succeed(switch)
    assert f"Đã tạo {GUIDE}\n" in clone.succeed(guide)
    found = clone.run(check)
    assert found.returncode == 2
    assert FINDINGS in found.stdout
    look_at_it(clone, serve, ["còn lời dặn của khung bài"])

    write_the_guide(clone.folder / GUIDE)
    assert "0 lỗi" in clone.succeed(check)

    add, commit, push = last
    clone.succeed(add)
    committed = clone.run(commit)  # the hook mends a tone and says so
    assert committed.returncode == 0, committed.stdout + committed.stderr
    assert f"Đã sửa {GUIDE}\nĐã đưa 1 tệp vừa sửa vào lần ghi này." in (
        committed.stdout + committed.stderr
    )
    assert "khỏe re" in clone.succeed(f"git show HEAD:{GUIDE}")
    assert clone.succeed("git status --porcelain --untracked-files=no") == ""
    clone.succeed(push)
    listed = subprocess.run(
        ["git", "ls-tree", "-r", "--name-only", "bai/lay-lai-passcode", "docs/guides/dinh-danh/"],
        cwd=clone.remote, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert GUIDE in listed.stdout.splitlines()

    jobs = yaml.safe_load((clone.folder / ".gitlab-ci.yml").read_text())
    for line in jobs["content"]["script"]:
        clone.succeed(line.replace("origin/${CI_MERGE_REQUEST_TARGET_BRANCH_NAME", "${BASE"))
    summary = (clone.folder / "tom-tat.md").read_text()
    assert "1 trang mới, 0 trang sửa, 0 trang bỏ." in summary
    assert f"- **Lấy lại passcode** (`{GUIDE}`): Đặt lại passcode khi quên, khỏe re." in summary


def test_pictures_of_the_guide_exist_and_are_light() -> None:
    text = (REPOSITORY / "CONTRIBUTING.md").read_text(encoding="utf-8")
    pictures = re.findall(r"!\[[^\]]{20,}\]\((contributing/[\w.-]+)\)", text)
    assert len(pictures) >= 2
    assert all((REPOSITORY / name).stat().st_size < 40_000 for name in pictures)


def test_places_within_the_guide_exist() -> None:
    text = (REPOSITORY / "CONTRIBUTING.md").read_text(encoding="utf-8")
    assert set(re.findall(r"\]\(#([\w-]+)\)", text)) <= set(re.findall(r'<a id="([\w-]+)">', text))
