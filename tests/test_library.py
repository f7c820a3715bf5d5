import datetime
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from support.project import BODY, FRONT, HOME, SCOPES, STORY_FRONT, TOPICS, WORDING, write

from portal.checks import check_library
from portal.library.library import load_library
from portal.library.page_kinds import GUIDE, PAGE
from portal.source.problems import Problem


def problems_of(project: Path) -> list[Problem]:
    return check_library(load_library(project))


def test_pages_know_their_kind_address_and_title(project: Path) -> None:
    library = load_library(project)
    assert [(page.kind, page.url, page.title) for page in library.pages] == [
        (PAGE, "", "Trang chủ"),
        (GUIDE, "guides/dinh-danh/kich-hoat/", "Kích hoạt VNeID"),
    ]


def test_binary_file_named_md_is_named_with_its_line(project: Path) -> None:
    (project / "docs/anh.md").write_bytes(b"\n\n\x89PNG\r\n\xff\xfe")
    assert [str(p) for p in problems_of(project)] == [
        "docs/anh.md:3: tệp không phải chữ ở bảng mã UTF-8\n"
        "    Cách sửa: mở bằng trình soạn thảo, lưu lại với bảng mã UTF-8"
    ]


def test_null_characters_are_refused(project: Path) -> None:
    write(project / "docs/khong.md", "a\nb\0")
    assert [str(p) for p in problems_of(project)] == [
        "docs/khong.md:2: tệp chứa ký tự rỗng, có vẻ không phải tệp chữ\n"
        "    Cách sửa: chép nội dung vào tệp mới, lưu với bảng mã UTF-8"
    ]


def test_fifty_megabytes_are_not_even_read(project: Path) -> None:
    with (project / "docs/to.md").open("wb") as stream:
        stream.truncate(50_000_000)
    assert [str(p) for p in problems_of(project)] == [
        "docs/to.md:1: tệp nặng 50000 KB, một trang chữ nhiều nhất 500 KB\n"
        "    Cách sửa: tách thành nhiều trang ngắn"
    ]


def test_link_out_of_docs_is_refused(
    project: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    secret = write(tmp_path_factory.mktemp("outside") / "secret.md", HOME)
    (project / "docs/lien-ket.md").symlink_to(secret)
    assert [str(p) for p in problems_of(project)] == [
        "docs/lien-ket.md:1: liên kết tượng trưng trỏ ra ngoài thư mục docs/\n"
        "    Cách sửa: xóa docs/lien-ket.md"
    ]


@pytest.mark.parametrize("name", ["vong.md", "vong.png", "vong.pdf"])
def test_link_in_a_circle_is_refused(project: Path, name: str) -> None:
    (project / "docs" / name).symlink_to(name)
    messages = {
        "vong.md": "liên kết tượng trưng trỏ vòng về chính nó",
        "vong.png": "không phải tệp thường, không đọc được",
        "vong.pdf": "không phải tệp thường, không đọc được",
    }
    assert [str(p) for p in problems_of(project)] == [
        f"docs/{name}:1: {messages[name]}\n    Cách sửa: xóa docs/{name}"
    ]


def test_pipe_is_not_waited_for(project: Path) -> None:
    os.mkfifo(project / "docs/ong.md")
    assert [str(p) for p in problems_of(project)] == [
        "docs/ong.md:1: không phải tệp thường, không đọc được\n"
        "    Cách sửa: chuyển docs/ong.md ra ngoài thư mục docs/"
    ]


@pytest.mark.parametrize("name", ["b\udce0i.md", "b\udce0i.png", "b\udce0i.txt"])
def test_name_that_is_no_utf8_is_told_in_letters_that_can_be_shown(
    project: Path, name: str
) -> None:
    write(project / "docs" / name, HOME)
    found = check_library(load_library(project))
    assert [str(p) for p in found] == [
        f"docs/b\\xe0i{name[-4:].lstrip('i')}:1: tên tệp không phải chữ ở bảng mã UTF-8\n"
        "    Cách sửa: đổi tên tệp: chỉ chữ thường không dấu, số và gạch nối"
    ]


def test_empty_guides_are_a_mistake(project: Path) -> None:
    (project / "docs/guides/dinh-danh/kich-hoat.md").unlink()
    assert [str(p) for p in problems_of(project)] == [
        "docs/guides:1: thư mục docs/guides/ chưa có bài hướng dẫn nào\n"
        "    Cách sửa: lấy lại từ git: git checkout docs/guides"
    ]


def test_missing_home_page_is_a_mistake(project: Path) -> None:
    (project / "docs/index.md").unlink()
    assert [str(p) for p in problems_of(project)] == [
        "docs/index.md:1: thiếu trang chủ docs/index.md\n"
        "    Cách sửa: lấy lại từ git: git checkout docs/index.md"
    ]


def test_line_ends_and_byte_order_mark_are_no_problem(project: Path) -> None:
    file = project / "docs/guides/dinh-danh/kich-hoat.md"
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes().replace(b"\n", b"\r\n"))
    assert problems_of(project) == []


@pytest.mark.parametrize(
    ("name", "text", "shown"),
    [
        (
            "facts.yml",
            "facts:\n  - {id: F1.14, confidence: sure, statement: x, sources: [S9]}\n",
            [
                "data/facts.yml:2: 'confidence' ghi 'sure', phải là một trong: "
                "high, medium, low, memory, advice",
            ],
        ),
        (
            "facts.yml",
            "facts:\n  - {id: F1.14, confidence: high, statement: x, sources: [S9]}\n",
            ["data/facts.yml:2: dữ kiện F1.14 nêu nguồn S9 không có"],
        ),
        (
            "facts.yml",
            'sources:\n  S1: {name: A, kind: báo, date: "2024-13-45", url: "javascript:x"}\n'
            '  S2: {name: B, kind: báo, date: "2024-W01-1", url: "//b.vn"}\n'
            '  S3: {name: C, date: "2024", url: "http://c.vn/"}\n  S4: {date: 2024-02-29}\n'
            "  S5: {date: 2024-07, url: null}\n  S6: x\nfacts: []\n",
            [
                "data/facts.yml:2: 'date' phải là ngày, tháng hay năm có thật, đang là 2024-13-45",
                "data/facts.yml:2: 'url' phải là địa chỉ https://, đang là javascript:x",
                "data/facts.yml:3: 'date' phải là ngày, tháng hay năm có thật, đang là 2024-W01-1",
                "data/facts.yml:3: 'url' phải là địa chỉ https://, đang là //b.vn",
                "data/facts.yml:7: mục S6 của 'sources' không có các trường",
            ],
        ),
        (
            "contacts.yml",
            "phones: []\nsites:\n"
            "  - {id: a, name: A, address: a.vn, url: 'javascript:x', for: Nộp.}\n"
            "  - {id: b, name: B, address: b.vn, url: 'https:///', for: Nộp.}\n",
            [
                "data/contacts.yml:3: 'url' phải là địa chỉ https://, đang là javascript:x",
                "data/contacts.yml:4: 'url' phải là địa chỉ https://, đang là https:///",
            ],
        ),
        (
            "topics.yml",
            "topics:\n  - {id: dinh-danh}\n",
            [
                "data/topics.yml:2: mục 1 của 'topics' thiếu 'colour' (Màu)",
                "data/topics.yml:2: mục 1 của 'topics' thiếu 'icon' (Biểu tượng)",
                "data/topics.yml:2: mục 1 của 'topics' thiếu 'summary' (Tóm tắt)",
                "data/topics.yml:2: mục 1 của 'topics' thiếu 'title' (Tên)",
            ],
        ),
        (
            "wording.yml",
            "words:\n  - {avoid: click}\n",
            ["data/wording.yml:2: mục 1 của 'words' thiếu 'instead' (Thay bằng)"],
        ),
        ("topics.yml", "topics: [\n", ["data/topics.yml:1: dòng này mở dấu [ mà không đóng"]),
    ],
)
def test_data_files_name_their_bad_rows(
    project: Path, name: str, text: str, shown: list[str]
) -> None:
    write(project / "data" / name, text)
    found = [str(p).split("\n")[0] for p in problems_of(project) if p.path == f"data/{name}"]
    assert found == shown


def test_missing_data_file_says_how_to_get_it_back(project: Path) -> None:
    (project / "data/wording.yml").unlink()
    assert [str(p) for p in problems_of(project)] == [
        "data/wording.yml:1: không đọc được tệp dữ liệu\n"
        "    Cách sửa: lấy lại từ git: git checkout data/wording.yml"
    ]


@pytest.mark.parametrize(
    ("name", "spoilt", "line"),
    [
        ("wording.yml", WORDING.encode("utf-16"), 1),
        ("topics.yml", TOPICS.encode() + b"# \xe0", 4),
        ("statistics/scopes.csv", SCOPES.encode("utf-16"), 1),
        ("published.txt", "/\n".encode("utf-16"), 1),
        ("published.txt", b"/\n# Ghi ch\xfa.\n", 2),
    ],
)
def test_data_file_in_another_encoding_is_not_thrown_away(
    project: Path, name: str, spoilt: bytes, line: int
) -> None:
    (project / "data" / name).write_bytes(spoilt)
    found = [str(p) for p in problems_of(project) if p.path == f"data/{name}"]
    assert found == [
        f"data/{name}:{line}: tệp không phải chữ ở bảng mã UTF-8\n"
        "    Cách sửa: mở bằng trình soạn thảo, lưu lại với bảng mã UTF-8"
    ]


@pytest.mark.parametrize("make", [os.mkdir, os.mkfifo])
@pytest.mark.parametrize("name", ["wording.yml", "published.txt", "places.csv", "teams.csv"])
def test_folder_or_pipe_in_place_of_a_data_file_is_not_read(
    project: Path, name: str, make: Callable[[Path], None]
) -> None:
    (project / "data" / name).unlink(missing_ok=True)
    make(project / "data" / name)
    assert [str(p) for p in problems_of(project)] == [
        f"data/{name}:1: không phải tệp thường, không đọc được\n"
        f"    Cách sửa: chuyển data/{name} sang chỗ khác, đặt tệp vào đó"
    ]


def test_data_file_that_may_not_be_read_is_not_thrown_away(project: Path) -> None:
    file = project / "data/wording.yml"
    file.unlink()
    file.symlink_to(file.name)  # root may read whatever has no right for it
    assert [str(p) for p in problems_of(project)] == [
        "data/wording.yml:1: không đọc được tệp dữ liệu (Too many levels of symbolic links)\n"
        "    Cách sửa: kiểm tra quyền đọc của tệp"
    ]


def test_published_addresses_may_begin_with_a_byte_order_mark(project: Path) -> None:
    (project / "data/published.txt").write_bytes(b"\xef\xbb\xbf/\n/kich-hoat/\n")
    library = load_library(project)
    assert library.addresses.published == {"": 1, "kich-hoat/": 2}
    assert check_library(library) == []


def test_guides_stand_in_the_order_of_topics_then_titles(project: Path) -> None:
    second = FRONT.replace("Kích hoạt VNeID", "Bài an toàn").replace("kich-hoat", "bai-an-toan")
    write(project / "docs/guides/an-toan/b.md", second.replace("dinh-danh", "an-toan"))
    first = FRONT.replace("Kích hoạt VNeID", "Cài VNeID").replace("kich-hoat", "cai")
    write(project / "docs/guides/dinh-danh/z.md", first)
    titles = [guide.title for guide in load_library(project).guides]
    assert titles == ["Cài VNeID", "Kích hoạt VNeID", "Bài an toàn"]


def test_neighbours_stay_within_the_topic_and_among_the_stories(project: Path) -> None:
    write(project / "docs/guides/dinh-danh/a.md", FRONT.replace("Kích hoạt", "Ấn định") + BODY)
    write(project / "docs/guides/an-toan/b.md", FRONT.replace("dinh-danh", "an-toan") + BODY)
    write(project / "docs/stories/lac-hien.md", STORY_FRONT)
    library = load_library(project)
    first, last = (library.by_uri[f"guides/dinh-danh/{name}.md"] for name in ("kich-hoat", "a"))
    assert library.neighbours == {
        first.uri: (None, last),
        last.uri: (first, None),
        "guides/an-toan/b.md": (None, None),
        "stories/lac-hien.md": (None, None),
    }


def test_the_newest_day_of_the_content_tells_which_figures_are_old(project: Path) -> None:
    assert load_library(project).statistics.known_day == datetime.date(2026, 11, 24)
