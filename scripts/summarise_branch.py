"""Prints what a branch changes for readers, as Markdown: against origin/main unless told otherwise.

With --cards the share cards that change are drawn into a folder, before and after.

Exit status: 0, or 2 when git does not know the branch to compare with.
"""

from __future__ import annotations

import argparse
import io
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

from mkdocs.config import load_config

from desk.branch_summary import MAX_PAGES, changed_cards, compare, summarise
from portal.drawn.cards import CardContent, draw_card
from portal.drawn.fonts import MissingFontError
from portal.library.library import Library, load_library
from portal.library.settings import read_values
from portal.library.site_identity import Site
from portal.system.bundled_icons import MissingIconError
from portal.system.command_line import CommandLine

_OUTSIDE = (":(exclude)docs", ":(exclude)data")
ROOT = Path(__file__).resolve().parent.parent


def parse_arguments(arguments: list[str]) -> argparse.Namespace:
    """Return the parsed command line."""
    parser = CommandLine(description="Tóm tắt thay đổi của nhánh cho người duyệt.")
    parser.add_argument("--base", default="origin/main", help="nhánh để so, mặc định origin/main")
    parser.add_argument("--root", type=Path, default=ROOT, help="thư mục dự án")
    parser.add_argument("--cards", type=Path, help="thư mục để vẽ thẻ chia sẻ trước và sau")
    return parser.parse_args(arguments)


def git(root: Path, *arguments: str) -> bytes:
    """Return what git prints; raises CalledProcessError when it refuses."""
    return subprocess.run(["git", *arguments], cwd=root, capture_output=True, check=True).stdout


def conflicting_paths(root: Path, base: str) -> list[str]:
    """Return the files in which merging what is committed into a branch would be a conflict.

    None where git is older than 2.38, which cannot tell without touching files.
    """
    command = ["git", "merge-tree", "--write-tree", "--name-only", "--no-messages", "-z"]
    run = subprocess.run([*command, base, "HEAD"], cwd=root, capture_output=True, check=False)
    if run.returncode != 1:
        return []
    _, *names = run.stdout.decode(errors="replace").split("\0")
    return sorted(filter(None, names))


def load_commit(root: Path, commit: str, folder: Path) -> Library:
    """Return the library of a commit, unpacked into an empty folder."""
    archive = git(root, "archive", "--format=tar", commit, "docs", "data")
    with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
        tar.extractall(folder, filter="data")  # nothing outside the folder, no devices
    return load_library(folder)


def read_site(root: Path) -> Site:
    """Return the site's name and mark, which stand on every card."""
    config = load_config(str(root / "mkdocs.yml"))
    mark = root / "theme/partials/mark.svg"
    return Site(
        name=config.site_name,
        description=config.site_description or "",
        url=config.site_url or "",
        headline=next(iter(read_values(config.extra)[0]["home_figures"]), ""),
        mark=mark.read_text(encoding="utf-8") if mark.is_file() else "",
    )


def draw_cards(cards: dict[str, CardContent], folder: Path) -> None:
    """Draw each card as a PNG file of its name; one that cannot be drawn is named instead."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in cards.items():
        try:
            (folder / name).write_bytes(draw_card(content))
        except (MissingFontError, MissingIconError, ValueError) as error:
            print(f"Không vẽ được {name}: {error}", file=sys.stderr)


def main(arguments: list[str] | None = None) -> int:
    """Print the summary and return the exit status."""
    options = parse_arguments(sys.argv[1:] if arguments is None else arguments)
    with tempfile.TemporaryDirectory() as folder:
        try:
            base = git(options.root, "merge-base", options.base, "HEAD").decode().strip()
            before = load_commit(options.root, base, Path(folder))
        except subprocess.CalledProcessError as error:
            reason = error.stderr.decode(errors="replace").strip()
            print(f"Không so được với {options.base}: {reason}", file=sys.stderr)
            return 2
        after, site = load_library(options.root), read_site(options.root)
        clashes = conflicting_paths(options.root, options.base)
        others = git(options.root, "diff", "--name-only", "-z", base, "--", ".", *_OUTSIDE)
        names = [name for name in others.decode(errors="replace").split("\0") if name]
        print(summarise(before, after, site, clashes, names), end="")
        if options.cards:
            if (left := len(compare(before, after)) - MAX_PAGES) > 0:
                print(f"Chỉ vẽ thẻ của {MAX_PAGES} trang đầu, còn {left} trang.", file=sys.stderr)
            draw_cards(changed_cards(before, after, site), options.cards)
    return 0


if __name__ == "__main__":
    sys.exit(main())
