"""Adds the optional web editor to a built site, at /bien-tap/, from the installed npm package.

Exit status: 0 when the editor was written, 1 for invalid settings or a missing package.
"""

from __future__ import annotations

import argparse
import functools
import http.server
import shutil
import sys
import tempfile
from pathlib import Path

from mkdocs.config import load_config

from portal.system.command_line import CommandLine, run_command
from desk.cms import FOLDER, EditorSettings, configuration
from desk.cms_package import PACKAGE, write_editor
from portal.library.library import load_library
from portal.library.settings import CONFIG_FILE
from portal.source.problems import as_text, errors
from portal.system.files import swap_folders
from portal.system.ports import explain_port

ROOT = Path(__file__).resolve().parent.parent


def parse_arguments(arguments: list[str]) -> argparse.Namespace:
    """Return the parsed command line."""
    parser = CommandLine(description="Thêm trang biên tập vào trang đã dựng.")
    parser.add_argument("--site", type=Path, default=ROOT / "site", help="trang đã dựng")
    parser.add_argument("--root", type=Path, default=ROOT, help="thư mục dự án")
    parser.add_argument("--modules", type=Path, default=ROOT / "node_modules", help="gói npm")
    parser.add_argument("--serve", type=int, metavar="CỔNG", help="mở thử trên máy này")
    return parser.parse_args(arguments)


def show_folder(site: Path, port: int) -> None:
    """Serve a folder on this machine only, until interrupted."""
    handler = functools.partial(http.server.SimpleHTTPRequestHandler, directory=site)
    with http.server.ThreadingHTTPServer(("127.0.0.1", port), handler) as server:
        print(f"Mở http://localhost:{port}/{FOLDER}/ rồi chọn thư mục dự án. Dừng: Ctrl+C")
        print("Xem trang như bà con thấy: chạy thêm make serve, rồi bấm Xem trang ở đầu bài.")
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            return


def main(arguments: list[str] | None = None) -> int:
    """Write the editor into the site, serve it with --serve, and return the exit status."""
    options = parse_arguments(sys.argv[1:] if arguments is None else arguments)
    if options.serve and (busy := explain_port("127.0.0.1", options.serve)):
        print(f"{busy[0]}\n    Cách sửa: dừng chương trình ấy rồi chạy lại", file=sys.stderr)
        return 1
    mkdocs = load_config(str(options.root / "mkdocs.yml"))
    library = load_library(options.root)
    settings = EditorSettings(**library.settings.values["editor"])
    problems = [each for each in errors(library.problems) if each.path == CONFIG_FILE]
    if problems:
        print(as_text(problems), file=sys.stderr)
        return 1
    if not (options.site / "index.html").is_file() or not (options.modules / PACKAGE).is_dir():
        print(
            "Chưa có trang hoặc gói biên tập. Chạy: make cms-try, hoặc SITE_URL=https://… make cms",
            file=sys.stderr,
        )
        return 1
    config = configuration(library, settings, str(mkdocs.site_url))
    fresh = Path(tempfile.mkdtemp(prefix=f".{FOLDER}-", dir=options.site))
    fresh.chmod(0o755)
    try:
        write_editor(fresh, options.modules, settings, config)
        swap_folders(fresh, options.site / FOLDER)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    print(f"Đã thêm trang biên tập: {options.site / FOLDER}")
    if options.serve:
        show_folder(options.site, options.serve)
    return 0


if __name__ == "__main__":
    run_command(main)
