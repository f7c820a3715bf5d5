import gzip
from pathlib import Path

import brotli
import pytest
from support.project import write

from portal.system.precompression import MIN_BYTES, compress_site, compressed_size

TEXT = "Bà con làm theo từng bước. " * 40


@pytest.fixture
def site(tmp_path: Path) -> Path:
    write(tmp_path / "site/index.html", TEXT)
    write(tmp_path / "site/small.txt", "x" * (MIN_BYTES - 1))
    write(tmp_path / "site/photo.avif", TEXT)
    return tmp_path / "site"


def test_text_gets_both_copies_and_nothing_else_does(site: Path, tmp_path: Path) -> None:
    assert compress_site(site, tmp_path / "cache", 11) == 1
    assert brotli.decompress((site / "index.html.br").read_bytes()).decode() == TEXT
    assert gzip.decompress((site / "index.html.gz").read_bytes()).decode() == TEXT
    assert sorted(file.name for file in site.iterdir()) == [
        "index.html",
        "index.html.br",
        "index.html.gz",
        "photo.avif",
        "small.txt",
    ]


def test_unchanged_text_is_not_compressed_again(site: Path, tmp_path: Path) -> None:
    compress_site(site, tmp_path / "cache", 11)
    for copy in site.glob("*.[bg][rz]"):
        copy.unlink()
    assert compress_site(site, tmp_path / "cache", 11) == 0
    assert (site / "index.html.br").is_file()


def test_changed_text_and_another_quality_are_made_anew(site: Path, tmp_path: Path) -> None:
    compress_site(site, tmp_path / "cache", 11)
    assert compress_site(site, tmp_path / "cache", 5) == 1
    write(site / "index.html", TEXT + "Mới.")
    assert compress_site(site, tmp_path / "cache", 5) == 1
    assert brotli.decompress((site / "index.html.br").read_bytes()).decode() == TEXT + "Mới."


def test_copies_that_no_page_uses_leave_the_cache(site: Path, tmp_path: Path) -> None:
    compress_site(site, tmp_path / "cache", 11)
    write(site / "index.html", TEXT + "Mới.")
    compress_site(site, tmp_path / "cache", 11)
    assert len(list((tmp_path / "cache").iterdir())) == 2


def test_many_files_are_compressed_by_several_processes(site: Path, tmp_path: Path) -> None:
    for number in range(50):
        write(site / f"{number}/index.html", f"{TEXT}{number}")
    assert compress_site(site, tmp_path / "cache", 5) == 51
    assert brotli.decompress((site / "49/index.html.br").read_bytes()).decode() == f"{TEXT}49"


def test_a_size_is_that_of_the_copy_which_then_waits(site: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    size = compressed_size(site / "index.html", cache, 11)
    assert size == len(brotli.compress(TEXT.encode(), mode=brotli.MODE_TEXT, quality=11))
    assert compress_site(site, cache, 11) == 0
    assert size <= compressed_size(site / "index.html", cache, 0) < len(TEXT)
