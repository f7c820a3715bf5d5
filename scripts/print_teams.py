"""Prints booklets and posters for each team of a private list into dist/paper/.

Exit status 1 when the list is invalid, or when git does not ignore it.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

from mkdocs.config import load_config

from portal.system.command_line import CommandLine, run_command
from desk.team_batch import load_batch, sheets_for
from engine.configured_site import read_site
from portal.drawn.drawing_cache import derive_files
from portal.drawn.paper.compiler import draw_sheet, sheet_key
from portal.library.library import load_library
from portal.library.settings import read_values
from portal.source.problems import as_text
from portal.system.cache import Cache
from portal.system.files import write_atomically

ROOT = Path(__file__).resolve().parent.parent


def parse_arguments(arguments: list[str]) -> argparse.Namespace:
    """Return the parsed command line."""
    parser = CommandLine(description="In sổ tay và áp phích cho từng tổ trong danh sách riêng.")
    parser.add_argument("teams", type=Path, help="tệp CSV có cột name, phone; git phải bỏ qua")
    parser.add_argument("--out", type=Path, help="thư mục ghi (mặc định dist/paper)")
    parser.add_argument("--root", type=Path, default=ROOT, help="thư mục dự án")
    return parser.parse_args(arguments)


def main(arguments: list[str] | None = None) -> int:
    """Draw every sheet, print its path, and return the exit status."""
    options = parse_arguments(sys.argv[1:] if arguments is None else arguments)
    if is_open_to_git(options.teams.resolve(), options.root):
        print(f"{options.teams}: git sẽ lưu tệp này, trong đó có số điện thoại riêng")
        print("    Cách sửa: chuyển tệp vào thư mục rieng/ của dự án")
        return 1
    teams, problems = load_batch(options.teams)
    if problems:
        print(as_text(problems))
        return 1
    config = load_config(str(options.root / "mkdocs.yml"))
    settings = read_values(config.extra)
    library, site = load_library(options.root), read_site(config, settings)
    out = options.out or options.root / "dist/paper"
    for team in teams:
        sheets = dict(sheets_for(team, library, site, settings["home_urgent"]))
        with tempfile.TemporaryDirectory() as folder:  # private numbers are not cached
            files = derive_files(Cache(Path(folder)), sheets, sheet_key, draw_sheet, pool_from=1)
            for path, file in files.items():
                write_atomically(out / path, file.read_bytes())
        print(f"{team.name}: {len(sheets)} tệp trong {out / next(iter(sheets)).split('/')[0]}")
    return 0


def is_open_to_git(file: Path, root: Path) -> bool:
    """Return whether a file is in the repository and not ignored by git."""
    if not file.is_relative_to(root.resolve()):
        return False
    command = ["git", "-C", str(root), "check-ignore", "--quiet", str(file)]
    return subprocess.run(command, check=False, capture_output=True).returncode != 0


if __name__ == "__main__":
    run_command(main)
