"""Prints a summary of a branch's changes for readers, by default against origin/main.

With --cards the changed share cards are drawn into a folder, before and after.

Exit status: 0, or 2 when the branch to compare with does not exist.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

from mkdocs.config import load_config

from portal.system.command_line import CommandLine, run_command
from desk.branch_summary import MAX_PAGES, changed_cards, changed_pages, summarise
from desk.git_commits import ask_git, base_of, unpack_commit
from engine.configured_site import read_site
from portal.drawn.cards import CardContent, draw_card
from portal.drawn.fonts import MissingFontError
from portal.library.library import load_library
from portal.library.settings import read_values
from portal.system.bundled_icons import MissingIconError

_OUTSIDE = (":(exclude)docs", ":(exclude)data")
ROOT = Path(__file__).resolve().parent.parent


def parse_arguments(arguments: list[str]) -> argparse.Namespace:
    """Return the parsed command line."""
    parser = CommandLine(description="Tóm tắt thay đổi của nhánh cho người duyệt.")
    parser.add_argument("--base", default="origin/main", help="nhánh để so, mặc định origin/main")
    parser.add_argument("--root", type=Path, default=ROOT, help="thư mục dự án")
    parser.add_argument("--cards", type=Path, help="thư mục để vẽ thẻ chia sẻ trước và sau")
    return parser.parse_args(arguments)


def conflicting_paths(root: Path, base: str) -> list[str]:
    """Return the files with conflicts when HEAD is merged into a branch.

    Empty with git older than 2.38, which cannot merge without touching files.
    """
    command = ["git", "merge-tree", "--write-tree", "--name-only", "--no-messages", "-z"]
    run = subprocess.run([*command, base, "HEAD"], cwd=root, capture_output=True, check=False)
    if run.returncode != 1:
        return []
    _, *names = run.stdout.decode(errors="replace").split("\0")
    return sorted(filter(None, names))


def draw_cards(cards: dict[str, CardContent], folder: Path) -> None:
    """Draw each card as a PNG file of its name; print those that fail."""
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
            base = base_of(options.root, options.base)
            unpack_commit(options.root, base, Path(folder))
            before = load_library(Path(folder))
        except subprocess.CalledProcessError as error:
            reason = error.stderr.decode(errors="replace").strip()
            print(f"Không so được với {options.base}: {reason}", file=sys.stderr)
            return 2
        config = load_config(str(options.root / "mkdocs.yml"))
        after, site = load_library(options.root), read_site(config, read_values(config.extra))
        clashes = conflicting_paths(options.root, options.base)
        others = ask_git(options.root, "diff", "--name-only", "-z", base, "--", ".", *_OUTSIDE)
        names = [name for name in others.decode(errors="replace").split("\0") if name]
        print(summarise(before, after, site, clashes, names), end="")
        if options.cards:
            if (left := len(changed_pages(before, after)) - MAX_PAGES) > 0:
                print(f"Chỉ vẽ thẻ của {MAX_PAGES} trang đầu, còn {left} trang.", file=sys.stderr)
            draw_cards(changed_cards(before, after, site), options.cards)
    return 0


if __name__ == "__main__":
    run_command(main)
