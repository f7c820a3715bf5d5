"""What a release holds that others may keep: its addresses, noted in data/published.txt."""

from __future__ import annotations

from collections.abc import Set
from pathlib import Path

from desk.cms import FOLDER
from portal.library.library import Library, url_of

_PUBLISHED_HEAD = """\
# Mọi địa chỉ đã đăng. Lệnh `make publish-list` thêm địa chỉ mới; đừng xóa dòng nào:
# bài đổi tên hay bị xóa thì thêm một dòng vào data/redirects.yml.
"""


def released_addresses(site: Path, library: Library) -> frozenset[str]:
    """Return the addresses of a built site that others may keep: of its pages and redirects.

    The editors' tool and the further pages of a list are none.
    """
    folders = (file.parent.relative_to(site) for file in site.rglob("index.html"))
    found = frozenset("" if folder == Path() else f"{folder.as_posix()}/" for folder in folders)
    further = (url_of(page.uri) for page in library.generated_pages.values() if page.part)
    return found.difference((f"{FOLDER}/", *further))


def list_published(library: Library, released: Set[str]) -> str:
    """Return the list of published addresses with those of a release added, as a file's text."""
    addresses = released | library.addresses.published.keys()
    return _PUBLISHED_HEAD + "".join(f"/{address}\n" for address in sorted(addresses))
