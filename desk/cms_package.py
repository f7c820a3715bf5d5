"""The files of the web editor, copied from the installed npm package into a folder of the site.

Everything comes from the site's own origin: an import map resolves the package's bare imports to
copies, and its Vietnamese translation, a JSON import, becomes a module.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from desk.cms import EditorSettings, render_editor
from desk.cms_words import add_words

PACKAGE = Path("@sveltia/cms")
# The package's bare imports, without maps and syntax highlighting, which no field uses.
MODULES = {
    "exifr/dist/lite.esm.mjs": "exifr/dist/lite.esm.mjs",
    "immutable": "immutable/dist/immutable.es.js",
    "svgo/browser": "svgo/dist/svgo.browser.js",
    "turndown/lib/turndown.browser.es.js": "turndown/lib/turndown.browser.es.js",
}
LOCALE = "cms/locales/vi.json"
PAGE = Path(__file__).with_name("cms_page")  # our own modules, beside the package's


def write_editor(folder: Path, modules: Path, settings: EditorSettings, config: object) -> None:
    """Write the editor's page, configuration and modules into an empty folder."""
    copy_package(modules / PACKAGE, folder / "cms")
    for target in MODULES.values():
        copy_file(modules / target, folder / "modules" / target)
    imports = {name: f"./modules/{target}" for name, target in MODULES.items()}
    imports |= {f"./{LOCALE}": f"./{LOCALE}.js"}
    (folder / "index.html").write_text(render_editor(settings, imports), encoding="utf-8")
    for file in PAGE.iterdir():
        copy_file(file, folder / file.name)
    text = json.dumps(config, ensure_ascii=False)
    (folder / "config.json").write_text(text, encoding="utf-8")


def copy_package(package: Path, target: Path) -> None:
    """Copy the package's modules without source maps, and its Vietnamese words as a module."""
    ignore = shutil.ignore_patterns("*.map")
    shutil.copytree(package / "npm", target / "npm", ignore=ignore)
    shutil.copy(package / "LICENSE.txt", target)
    words = add_words(json.loads((package / "locales/vi.json").read_text(encoding="utf-8")))
    copy = target.parent / f"{LOCALE}.js"
    copy.parent.mkdir(parents=True)
    copy.write_text(f"export default {json.dumps(words, ensure_ascii=False)}", encoding="utf-8")


def copy_file(source: Path, target: Path) -> None:
    """Copy a file and create its parent folders."""
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(source, target)
