"""Which pages have a share bar, and what it sends."""

import datetime
from pathlib import Path

from portal.library.library import load_library
from portal.library.site_identity import Site
from portal.site.feeds import FeedItem
from portal.site.shared_links import links_to_share

SITE = Site("Cổng", "Cho bà con", "https://x.vn/")


def test_every_page_worth_sending_has_a_link_a_message_and_a_code(site_project: Path) -> None:
    links = links_to_share(load_library(site_project), SITE, [])
    home = links["index.md"]
    assert (home.url, home.qr) == ("https://x.vn/", "assets/qr/trang-chu.svg")
    assert home.message == "Trang chủ\nHướng dẫn cho bà con.\nhttps://x.vn/"
    contacts = links["goi-giup.md"]
    assert contacts.message.split("\n") == [
        "Gọi ai khi cần",
        "Số gọi và trang chính thức, bấm vào số là gọi.",
        "https://x.vn/goi-giup/",
    ]
    assert links["guides/dinh-danh/kich-hoat.md"].url == "https://x.vn/kich-hoat/"
    tools = {"toi-o-dau.md", "kiem-tra-ten-mien.md", "guides/dinh-danh/index.md", "co-gi-moi.md"}
    assert tools <= links.keys()
    assert not {"tim-kiem.md", "da-luu.md"} & links.keys()


def test_what_is_new_is_sent_as_a_list(site_project: Path) -> None:
    day = datetime.date(2026, 11, 24)
    news = [FeedItem(f"Bài {n}", f"https://x.vn/{n}/", "", day) for n in range(9)]
    links = links_to_share(load_library(site_project), SITE, news)
    assert links["co-gi-moi.md"].message.split("\n") == [
        "Có gì mới",
        *(f"- Bài {n}: https://x.vn/{n}/" for n in range(5)),
        "https://x.vn/co-gi-moi/",
    ]
