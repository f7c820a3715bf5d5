"""What a reviewer reads of a branch, made from two real commits."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from support.project import BODY, FRONT, REPOSITORY, write

sys.path.insert(0, str(REPOSITORY / "scripts"))
import summarise_branch

GUIDE = "docs/guides/dinh-danh/kich-hoat.md"
IDENTITY = ("-c", "user.name=Thử", "-c", "user.email=thu@example.vn", "-c", "commit.gpgsign=false")

SUMMARY = """\
<!-- make summary -->

## Thay đổi với người đọc

1 trang mới, 1 trang sửa, 1 trang bỏ. Kiểm tra: 2 lỗi, 0 gợi ý.

### Trang mới

- **Mới \\| \\<b\\>** (`docs/moi.md`): Nhắn @\u200bai.
  - Thẻ chia sẻ: Dành cho bà con / Mới \\| \\<b\\> / Nhắn @\u200bai.
  - Dễ đọc: dễ; trung bình 2 tiếng một câu, câu dài nhất 2 tiếng
  - Nặng: chữ 0 KB

### Trang sửa

**Mở VNeID** (`docs/guides/dinh-danh/kich-hoat.md`)

| | Trước | Sau |
|---|---|---|
| Tên bài | Kích hoạt VNeID | Mở VNeID |
| Thẻ chia sẻ | Định danh / Kích hoạt VNeID / Làm trên điện thoại của bà con. | \
Định danh / Mở VNeID / Làm trên điện thoại của bà con. |
| Dễ đọc | dễ; trung bình 2,8 tiếng một câu, câu dài nhất 4 tiếng | \
dễ; trung bình 3 tiếng một câu, câu dài nhất 4 tiếng |
| Nặng | chữ 0,1 KB | chữ 0,2 KB, hình 3 KB |

```diff
-title: Kích hoạt VNeID
+title: Mở VNeID
+
+![Màn hình mở máy](hinh.png)
+
+Hỏi người nhà nhé.
```

### Trang bỏ

- **Cũ** (`docs/cu.md`); đường dẫn ngắn `/trang-cu` không còn

### Hình và tệp đi kèm

- `docs/guides/dinh-danh/hinh.png`: mới, 3 KB
"""


def git(project: Path, *arguments: str) -> None:
    subprocess.run(["git", *IDENTITY, *arguments], cwd=project, check=True, capture_output=True)


def commit(project: Path, message: str) -> None:
    git(project, "add", "-A")
    git(project, "commit", "-m", message)


@pytest.fixture
def repository(project: Path) -> Path:
    """Return the tiny project as a repository with a branch `bai`, one commit old."""
    write(project / "docs/cu.md", "---\ntitle: Cũ\nsummary: Bỏ.\nshortlink: trang-cu\n---\n\nCũ.\n")
    write(project / "mkdocs.yml", "site_name: Thử\n")
    git(project, "init", "-b", "main")
    commit(project, "Bắt đầu")
    git(project, "switch", "-c", "bai")
    return project


def summary_of(project: Path, capsys: pytest.CaptureFixture[str]) -> str:
    assert summarise_branch.main(["--base", "main", "--root", str(project)]) == 0
    return capsys.readouterr().out


def test_summary_of_added_changed_and_removed_pages(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (repository / "docs/cu.md").unlink()
    front = '---\ntitle: "Mới | <b>"\nsummary: "Nhắn @ai."\n---\n'
    write(repository / "docs/moi.md", front + "\nXin chào.\n")
    body = BODY + "\n![Màn hình mở máy](hinh.png)\n\nHỏi người nhà nhé.\n"
    write(repository / GUIDE, FRONT.replace("Kích hoạt VNeID", "Mở VNeID") + body)
    (repository / GUIDE).with_name("hinh.png").write_bytes(bytes(3000))
    assert summary_of(repository, capsys) == SUMMARY


def test_work_that_is_not_committed_counts(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "0 trang mới, 0 trang sửa, 0 trang bỏ." in summary_of(repository, capsys)
    write(repository / GUIDE, FRONT.replace("ban-bien-tap", "") + BODY)
    assert "0 trang mới, 1 trang sửa, 0 trang bỏ. Kiểm tra: 1 lỗi, 0 gợi ý." in summary_of(
        repository, capsys
    )


def test_moved_page_is_one_change(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (repository / GUIDE).rename(repository / "docs/guides/dinh-danh/mo.md")
    summary = summary_of(repository, capsys)
    assert "0 trang mới, 1 trang sửa, 0 trang bỏ." in summary
    assert f"| Tệp | `{GUIDE}` | `docs/guides/dinh-danh/mo.md` |" in summary


def test_changes_on_the_other_branch_do_not_count(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    git(repository, "switch", "main")
    write(repository / "docs/khac.md", "---\ntitle: Khác\nsummary: Khác.\n---\n")
    commit(repository, "Khác")
    git(repository, "switch", "bai")
    assert "0 trang mới, 0 trang sửa, 0 trang bỏ." in summary_of(repository, capsys)


def test_unknown_branch_is_said(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert summarise_branch.main(["--base", "khong-co", "--root", str(repository)]) == 2
    assert capsys.readouterr().err == (
        "Không so được với khong-co: fatal: Not a valid object name khong-co\n"
    )


def test_cards_that_change_are_drawn_before_and_after(
    repository: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    guide = (repository / GUIDE).read_text()
    (repository / "docs/cu.md").unlink()
    write(repository / "docs/moi.md", "---\ntitle: Mới\nsummary: Mới.\n---\n")
    write(repository / GUIDE, guide.replace("Mở **VNeID**", "Mở app"))  # its card stays
    cards = tmp_path / "the"
    arguments = ["--base", "main", "--root", str(repository), "--cards", str(cards)]
    assert summarise_branch.main(arguments) == 0
    assert sorted(file.name for file in cards.iterdir()) == ["cu-truoc.png", "moi-sau.png"]
    write(repository / GUIDE, guide.replace("Kích hoạt VNeID", "Mở VNeID"))
    assert summarise_branch.main(arguments) == 0
    stem = "guides-dinh-danh-kich-hoat"
    before, after = ((cards / f"{stem}-{when}.png").read_bytes() for when in ("truoc", "sau"))
    assert before != after
    assert (before[:4], after[:4]) == (b"\x89PNG", b"\x89PNG")


def test_a_change_of_the_text_alone_shows_the_text(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = (repository / GUIDE).read_text()
    text = text.replace("owner: ban-bien-tap", "owner: to```viet").replace("xã.", "phố\u202e.")
    write(repository / GUIDE, text)
    part = summary_of(repository, capsys).partition("### Trang sửa\n\n")[2]
    assert part == (
        f"**Kích hoạt VNeID** (`{GUIDE}`)\n\n````diff\n"
        "-owner: ban-bien-tap\n+owner: to```viet\n"
        "-Hỏi Công an xã.\n+Hỏi Công an phố\\u202e.\n````\n"
    )


def test_data_settings_and_long_changes_are_shown_in_part(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(repository / "mkdocs.yml", "site_name: Khác\n")
    file = repository / "data/teams.csv"
    write(file, "id,name\n" + "".join(f"t{n},Tổ\n" for n in range(20)))
    rows = "".join(f"+t{n},Tổ\n" for n in range(11))
    git(repository, "add", "-A")
    assert summary_of(repository, capsys).partition("gợi ý.\n\n")[2] == (
        f"### Dữ liệu\n\n- `data/teams.csv`: mới\n\n```diff\n+id,name\n{rows}```\n\n"
        "… và 9 dòng nữa.\n\n### Tệp khác (giao diện, cài đặt, mã)\n\n- `mkdocs.yml`\n"
    )


CHOOSE = "Cách gỡ: CONTRIBUTING.md, mục “Hai người sửa cùng một chỗ”."


def test_a_conflict_to_come_and_one_that_was_left_are_flagged(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = (repository / GUIDE).read_text()
    write(repository / GUIDE, text.replace("Hỏi Công an xã.", "Hỏi phường."))
    commit(repository, "Sửa")
    git(repository, "switch", "main")
    write(repository / GUIDE, text.replace("Hỏi Công an xã.", "Hỏi trưởng thôn."))
    commit(repository, "Sửa chỗ ấy")
    git(repository, "switch", "bai")
    summary = summary_of(repository, capsys)
    assert f"**Xung đột**: hai nhánh sửa cùng một chỗ ở `{GUIDE}`. {CHOOSE}\n" in summary
    command = ["git", *IDENTITY, "merge", "main"]
    assert subprocess.run(command, cwd=repository, capture_output=True).returncode == 1
    summary = summary_of(repository, capsys)
    assert f"**Còn dấu xung đột của git**: `{GUIDE}` dòng 22. {CHOOSE}\n" in summary
    assert "0 trang bỏ." in summary  # it cannot be read, which is not to be gone


def test_a_page_that_cannot_be_read_is_not_called_removed(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (repository / GUIDE).write_bytes(b"---\ntitle: \xe0\n---\n")
    summary = summary_of(repository, capsys)
    assert "0 trang mới, 0 trang sửa, 0 trang bỏ." in summary
    assert f"**Chưa đọc được** `{GUIDE}`, dòng 2: tệp không phải chữ ở bảng mã UTF-8.\n" in summary


def test_more_than_forty_pages_are_told(
    repository: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for number in range(43):
        write(repository / f"docs/x{number}.md", f"---\ntitle: X{number}\nsummary: X.\n---\n\nX.\n")
    cards = ["--base", "main", "--root", str(repository), "--cards", str(tmp_path / "the")]
    assert summarise_branch.main(cards) == 0
    said = capsys.readouterr()
    assert "… và 3 trang nữa.\n" in said.out
    assert said.err == "Chỉ vẽ thẻ của 40 trang đầu, còn 3 trang.\n"
