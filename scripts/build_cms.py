"""Adds the optional web editor to a built site, at /bien-tap/, from the installed npm package.

Exit status: 0 when the editor was written, 1 when the settings or the package do not allow it.
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

from desk.cms import FOLDER, configuration, read_settings
from desk.cms_package import PACKAGE, write_editor
from portal.library.library import load_library
from portal.library.settings import CONFIG_FILE
from portal.source.problems import as_text, errors
from portal.system.command_line import CommandLine
from portal.system.files import swap_folders

ROOT = Path(__file__).resolve().parent.parent


def parse_arguments(arguments: list[str]) -> argparse.Namespace:
    """Return the parsed command line."""
    parser = CommandLine(description="Thêm trang biên tập vào trang đã dựng.")
    parser.add_argument("--site", type=Path, default=ROOT / "dist/site", help="trang đã dựng")
    parser.add_argument("--root", type=Path, default=ROOT, help="thư mục dự án")
    parser.add_argument("--modules", type=Path, default=ROOT / "node_modules", help="gói npm")
    parser.add_argument("--serve", type=int, metavar="CỔNG", help="mở thử trên máy này")
    return parser.parse_args(arguments)


def serve(site: Path, port: int) -> None:
    """Show a folder on this machine only, until interrupted."""
    handler = functools.partial(http.server.SimpleHTTPRequestHandler, directory=site)
    with http.server.ThreadingHTTPServer(("127.0.0.1", port), handler) as server:
        print(f"Mở http://localhost:{port}/{FOLDER}/ rồi chọn thư mục dự án. Dừng: Ctrl+C")
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            return


def main(arguments: list[str] | None = None) -> int:
    """Write the editor into the site, show it when asked, and return the exit status."""
    options = parse_arguments(sys.argv[1:] if arguments is None else arguments)
    mkdocs = load_config(str(options.root / "mkdocs.yml"))
    library = load_library(options.root)
    settings, problems = read_settings(library.settings.values["editor"])
    problems += [each for each in errors(library.problems) if each.path == CONFIG_FILE]
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
        serve(options.site, options.serve)
    return 0


if __name__ == "__main__":
    sys.exit(main())
