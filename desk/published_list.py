"""The published addresses of a release, recorded in data/published.txt."""

from __future__ import annotations

from collections.abc import Set
from pathlib import Path

from desk.cms import FOLDER
from portal.library.library import Library, url_of
from portal.library.published_addresses import lasting_files

_PUBLISHED_HEAD = """\
# Mọi địa chỉ đã đăng. Lệnh `make publish-list` thêm địa chỉ mới; đừng xóa dòng nào:
# bài đổi tên hay bị xóa thì thêm một dòng vào data/redirects.yml.
"""


def released_addresses(site: Path, library: Library) -> frozenset[str]:
    """Return the addresses of a built site's pages, redirects and lasting files.

    The web editor and further pages of paginated lists are left out.
    """
    kept = frozenset(path for path in lasting_files(library) if (site / path).is_file())
    folders = (file.parent.relative_to(site) for file in site.rglob("index.html"))
    found = frozenset("" if folder == Path() else f"{folder.as_posix()}/" for folder in folders)
    further = (url_of(page.uri) for page in library.generated_pages.values() if page.part)
    return kept | found.difference((f"{FOLDER}/", *further))


def list_published(library: Library, released: Set[str]) -> str:
    """Return the text of the list of published addresses with a release's added."""
    addresses = released | library.addresses.published.keys()
    return _PUBLISHED_HEAD + "".join(f"/{address}\n" for address in sorted(addresses))
