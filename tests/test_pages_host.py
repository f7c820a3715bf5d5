"""The site on a git host's pages: at an address that ends with a folder."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from support.crawl import crawl

ROOT = "https://to.example.vn/ky-nang-so/"


def test_every_address_in_every_file_leads_to_a_file_below_the_folder(
    site_under_a_path: Path,
) -> None:
    found = crawl(site_under_a_path, ROOT)
    assert found.dead == []
    # Crawlers know one, a page asks for the other beside itself: nothing else escaped the reading.
    beside = {path for path in found.unnamed if path.rpartition("/")[2] == "to-in.json"}
    assert found.unnamed - beside == {"robots.txt"}


@pytest.mark.parametrize(
    ("file", "old", "new", "address"),
    [
        ("index.html", 'href="goi-giup/"', 'href="/goi-giup/"', "https://to.example.vn/goi-giup/"),
        ("sw.js", '"scripts":["', '"scripts":["x.js","', f"{ROOT}x.js"),
        ("rss.xml", f"<link>{ROOT}", f"<link>{ROOT}cu/", f"{ROOT}cu/"),
        ("assets/icons/app.webmanifest", '"../../"', '"/"', "https://to.example.vn/"),
        ("search/index.json", '"text":"', '"text":"x', f"{ROOT}search/x"),
        ("assets/offline/shell.json", 'href=\\"', 'href=\\"/x', "https://to.example.vn/x"),
    ],
)
def test_an_address_that_leads_nowhere_is_seen_in_each_kind_of_file(
    site_under_a_path: Path, tmp_path: Path, file: str, old: str, new: str, address: str
) -> None:
    site = shutil.copytree(site_under_a_path, tmp_path / "site", copy_function=os.link)
    text = (site / file).read_text(encoding="utf-8")
    assert old in text
    (site / file).unlink()
    (site / file).write_text(text.replace(old, new), encoding="utf-8")
    assert any(line.startswith(f"{file}: {address}") for line in crawl(site, ROOT).dead)
