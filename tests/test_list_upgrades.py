"""What `make upgrade` says of the packages."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from support.project import REPOSITORY, write

from desk.locked_versions import LOCK_FILES

sys.path.insert(0, str(REPOSITORY / "scripts"))
import list_upgrades

LOCKED = "{}==1.0 \\\n    --hash=sha256:aa\n    # via\n    #   x==9 (pyproject.toml)\n"
BACK = "git checkout requirements.txt requirements-s3.txt requirements-zim.txt requirements-dev.txt"


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    for name in ("requirements.txt", "requirements-s3.txt", "requirements-zim.txt"):
        write(tmp_path / name, LOCKED.format("pillow"))
    write(tmp_path / "requirements-dev.txt", LOCKED.format("pillow") + LOCKED.format("toml"))
    who = ["-c", "user.name=a", "-c", "user.email=a@b"]
    for command in (["init", "-q"], ["add", "."], [*who, "commit", "-qm", "x"]):
        subprocess.run(["git", *command], cwd=tmp_path, check=True)
    return tmp_path


def test_each_package_in_another_version_is_told(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in LOCK_FILES:
        new = LOCKED.format("pillow").replace("1.0", "1.1") + LOCKED.format("attrs")
        write(repository / name, new)
    assert list_upgrades.main(repository) == 0
    assert capsys.readouterr().out == (
        "attrs 1.0 (mới thêm)\npillow 1.0 → 1.1\ntoml 1.0 (không cần nữa)\n"
        f"3 gói đổi bản. Muốn trở lại bản cũ: {BACK}\n"
    )


def test_nothing_new_is_said_too(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert list_upgrades.main(repository) == 0
    assert capsys.readouterr().out == "Không gói nào có bản mới.\n"
