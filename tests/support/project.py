"""A tiny project on disk, whole and valid, that tests spoil in one place."""

from __future__ import annotations

import datetime
import re
import shutil
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
STATISTICS = REPOSITORY / "tests/data/statistics"  # the site's own of 30 November 2026
TODAY = datetime.date(2026, 11, 24)
NOON_TODAY = str(int(datetime.datetime(2026, 11, 24, 12, tzinfo=datetime.UTC).timestamp()))

FRONT = """\
---
title: Kích hoạt VNeID
summary: Làm trên điện thoại của bà con.
topic: dinh-danh
audience: Người đã làm định danh mức 2.
reviewed: 2026-11-24
owner: ban-bien-tap
sources: [F1.14]
shortlink: kich-hoat
---
"""
BODY = """\

## Cần có trước

- Thẻ căn cước.

## Các bước

1. Mở **VNeID**.

## Vẫn không được

Hỏi Công an xã.
"""
HOME = """\
---
title: Trang chủ
summary: Hướng dẫn cho bà con.
---

Chào bà con.
"""
STORY_FRONT = """\
---
title: Tổ thôn Lạc Hiền
summary: Việc tổ đã làm năm 2024.
team: Tổ công nghệ số cộng đồng thôn Lạc Hiền
place_then: thôn Lạc Hiền, xã Yên Hòa, huyện Yên Mô (cũ)
place_now: xã Yên Mô
published: 2026-11-24
sources: [F12.03]
---
"""
TOPICS = """\
topics:
  - {id: dinh-danh, title: Định danh, summary: VNeID., icon: material/card, colour: "#1f5fa8"}
  - {id: an-toan, title: Tránh lừa đảo, summary: Công an., icon: material/shield, colour: "#9c2a00"}
"""
FACTS = """\
sources:
  S00: {name: Báo Ninh Bình, kind: báo, date: "2024-09-08", url: "https://baoninhbinh.org.vn/x"}
  S10: {name: Xã Ea Phê, kind: cơ quan, date: "2024-01-03", url: "https://eaphe.example.vn/x"}
facts:
  - {id: F1.14, statement: Các bước kích hoạt., confidence: high, as_of: "2024-01", sources: [S10]}
  - {id: F12.03, statement: Mỗi tổ 5–7 người., confidence: high, as_of: "2024-09", sources: [S00]}
  - {id: F7.03, statement: Địa chỉ mới., confidence: low, as_of: "2026-09", sources: [S00]}
"""
SITE_FACTS = f"""{FACTS}\
  - {{id: F1.03, statement: "Gọi 1900 0368.", confidence: high, as_of: "2025-11", sources: [S10]}}
  - {{id: F8.09, statement: "Gọi 156, nhắn 156.", confidence: high, as_of: "2025", sources: [S10]}}
  - {{id: F12.23, statement: Bảng xã cũ., confidence: high, as_of: "2025-07", sources: [S10]}}
  - {{id: F12.24, statement: Một dòng., confidence: medium, as_of: "2025-07", sources: [S10]}}
"""
PLACES = """\
old_kind,old_name,within,district,province,new_kind,new_name,fact,note
xã,Yên Hòa,,huyện Yên Mô,Ninh Bình,xã,Yên Mô,F12.23,
"""
WORDING = """\
words:
  - {avoid: người dùng, instead: bà con, why: gọi như người trong xóm}
  - {avoid: chỉ cần, instead: bỏ đi}
link_texts: [bấm vào đây, tại đây]
"""
SPOKEN = "spoken: {VNeID: vê nờ e ai đi, OTP: ô tê pê, App Store: áp xto, CH Play: xê hát pờ lây}\n"
GLOSSARY = """\
terms:
  - {id: otp, prefer: mã OTP, abbr: [OTP], def: Mã dùng một lần gửi đến điện thoại.}
"""
CONTACTS = """\
phones:
  - {id: vneid, name: Tổng đài VNeID, number: 1900 0368, tel: "19000368", for: Hỏi về VNeID.}
sites: []
"""
SEARCH_WORDS = """\
fillers: [làm sao]
short: {đt: điện thoại}
amounts: {}
said: {}
asides: []
outside: []
"""
INDICATORS = """\
id,label,kind,unit,base,group,stale_after,source_key
so_to,Số tổ,count,tổ,,Tổ,12,teams
dien_thoai,Có điện thoại,percent,%,người lớn,Thiết bị,12,phones
"""
SCOPES = """\
id,label,note
tinh-cu,tỉnh Ninh Bình (cũ),
tinh-moi,tỉnh Ninh Bình,
"""
SOURCES = """\
id,title,publisher,url,published,note
S00,Bài báo,Báo Ninh Bình,https://baoninhbinh.org.vn/x,2024-09-08,
"""
OBSERVATIONS = """\
indicator,scope,as_of,date_basis,value,value_max,qualifier,source,ambiguous,note
so_to,tinh-cu,2024-09-08,article,1679,,,S00,true,
dien_thoai,tinh-cu,2024-08-15,explicit,91,,khoảng,S00,false,
dien_thoai,tinh-moi,2026-06-30,explicit,83.95,,,S00,false,
"""

FILES = {
    "docs/index.md": HOME,
    "docs/guides/dinh-danh/kich-hoat.md": FRONT + BODY,
    "data/topics.yml": TOPICS,
    "data/facts.yml": FACTS,
    "data/wording.yml": WORDING,
    "data/glossary.yml": GLOSSARY,
    "data/contacts.yml": CONTACTS,
    "data/search-words.yml": SEARCH_WORDS,
    "data/statistics/indicators.csv": INDICATORS,
    "data/statistics/scopes.csv": SCOPES,
    "data/statistics/sources.csv": SOURCES,
    "data/statistics/observations.csv": OBSERVATIONS,
}


def write_project(root: Path) -> Path:
    """Write the valid project of one guide into a folder; return it."""
    for name, text in FILES.items():
        write(root / name, text)
    return root


def complete_project(project: Path) -> Path:
    """Add the real hooks, theme and configuration to a tiny project; return it."""
    for name in ("hooks", "theme"):
        shutil.copytree(REPOSITORY / name, project / name)
    (project / "portal").mkdir()  # watched by the configuration
    return configure_project(project)


def configure_project(project: Path) -> Path:
    """Add the site's configuration, and the data that it needs, to a tiny project; return it."""
    # These name guides and figures that the tiny project does not have.
    settings = (REPOSITORY / "mkdocs.yml").read_text(encoding="utf-8").splitlines(keepends=True)
    own = (line for line in settings if not line.startswith(("    - guides/", "    - so_lieu.")))
    figures = "  home_figures:\n    - so_lieu.so_to pham_vi=tinh-cu\n"
    text = re.sub(r"  home_figures:.*\n", figures, "".join(own))
    # Compressed copies take time; the tests that read them set the quality.
    text = re.sub(r"\[BROTLI_QUALITY, \d+\]", "[BROTLI_QUALITY, 0]", text)
    write(project / "mkdocs.yml", text)
    write(project / "data/facts.yml", SITE_FACTS)
    write(project / "data/places.csv", PLACES)
    write(project / "data/wording.yml", WORDING + SPOKEN)
    return project


def write(file: Path, text: str) -> Path:
    """Write a text file and the folders above it."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file
