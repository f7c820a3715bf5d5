"""Where rehearsals are reached from and listed, and what the machine-readable files say of them."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from support.floor import EVENING, FLOOR_FILES, GUIDE, REHEARSAL, TOPIC
from support.node import urls_of
from support.project import write

from portal.library.learning_paths import TakeHome
from portal.library.library import load_library


def read(site: Path, address: str) -> str:
    return (site / address / "index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("page", "link"),
    [
        (GUIDE, '<a class="more" href="../../../tap-thu/giu-ma/">Tập thử: Giữ mã</a>'),
        (EVENING, '<a class="more" href="../../tap-thu/giu-ma/">Tập thử: Giữ mã</a>'),
        (TOPIC, '<a class="more" href="../../tap-thu/giu-ma/">Tập thử: Giữ mã</a>'),
        ("", '<a href="tap-thu/"><b>Tập thử</b>'),
        ("tap-thu/", '<a href="giu-ma/" data-id="giu-ma"><b>Giữ mã</b>'),
    ],
)
def test_pages_lead_to_it(small_site: Path, page: str, link: str) -> None:
    assert read(small_site, page).count(link) == 1


def test_it_is_in_the_sitemap_and_search_knows_only_its_name_and_summary(small_site: Path) -> None:
    sitemap = (small_site / "sitemap.xml").read_text(encoding="utf-8")
    assert f"/{REHEARSAL}</loc>" in sitemap
    leads = json.loads((small_site / "search/index.json").read_text(encoding="utf-8"))
    place = urls_of(leads).index(REHEARSAL)
    assert leads["titles"].split("\n")[place] == "Tập thử: Giữ mã"
    assert leads["weights"].split("\n")[place] == "0.8"
    texts = json.loads((small_site / "search" / leads["text"]).read_text(encoding="utf-8"))
    [[_, _, text]] = texts["pages"][place]
    assert text.strip() == "Gõ mã, không đọc mã cho ai."
    kept = (small_site / "assets/offline/library.json").read_text(encoding="utf-8")
    assert "Bà con vừa chọn" not in kept


def test_every_phone_says_that_it_is_not_real_and_no_field_can_be_sent(small_site: Path) -> None:
    main = read(small_site, REHEARSAL).partition('id="bai"')[2].partition("</article>")[0]
    phones = main.split('<div class="phone">')[1:]
    assert len(phones) == 4
    unreal = '\n<p class="unreal">Màn hình tập, không phải thật</p>'
    assert [phone for phone in phones if not phone.startswith(unreal)] == []
    assert "<form" not in main
    assert [each for each in re.findall(r"<input[^>]*>", main) if " name=" in each] == []


def test_an_evening_leads_to_the_rehearsals_of_what_is_taken_home(project: Path) -> None:
    for name, text in FLOOR_FILES.items():
        write(project / name, text)
    library = load_library(project)
    (path,) = library.learning_paths
    taught = replace(path, take_home=(TakeHome("guides/dinh-danh/cai-may.md", 1),))
    assert library.rehearsals_at_home(taught) == ()
    assert library.rehearsals_at_home(replace(taught, lessons=())) == library.rehearsals
