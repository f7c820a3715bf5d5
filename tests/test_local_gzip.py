from __future__ import annotations

import gzip
import random

from portal.system.local_gzip import compress_locally

WORDS = [f"chữ{number}" for number in range(2000)]
TEXT = " ".join(random.Random(0).choices(WORDS, k=60_000))


def test_an_edit_changes_only_the_bytes_near_it() -> None:
    """Found as rsync finds it: blocks of the old copy at any place of the new one."""
    middle = TEXT.index(" ", len(TEXT) // 2)
    edited = f"{TEXT[:middle]} thêm một câu{TEXT[middle:]}"
    old, new = (compress_locally(text.encode()) for text in (TEXT, edited))
    assert gzip.decompress(new).decode() == edited
    blocks = {old[place : place + 500] for place in range(0, len(old), 500)}
    place = unknown = 0
    while place < len(new):
        is_known = new[place : place + 500] in blocks
        place += 500 if is_known else 1
        unknown += not is_known
    assert unknown < len(new) / 8
    assert len(new) < 1.03 * len(gzip.compress(edited.encode()))


def test_a_small_text_is_compressed_as_ever_and_nothing_depends_on_the_day() -> None:
    small = TEXT[:5000].encode()
    assert compress_locally(small) == gzip.compress(small, mtime=0)
    assert compress_locally(TEXT.encode())[4:8] == bytes(4)  # the time in the header
