"""Generated and hostile content: never a traceback, every message names a line, mending is safe."""

from __future__ import annotations

import re
import tempfile
import unicodedata
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from mkdocs.commands.build import build
from mkdocs.config import load_config
from support.project import BODY, FRONT, write, write_project

from portal.checks import check_library
from portal.checks.autofix import mend_page
from portal.document.parser import parse
from portal.language.legacy_encodings import decode_line
from portal.language.letters import with_plain_letters, without_superfluous
from portal.language.text import to_house_tone_style, to_nfc
from portal.library.library import Library, Page, load_library, read_page
from portal.site.page_body import HtmlWriter
from portal.source.frontmatter import read_source

URI = "guides/dinh-danh/thu.md"
FOLDER = tempfile.TemporaryDirectory()  # there as long as this module is
LIBRARY = load_library(write_project(Path(FOLDER.name)))
MARKUP = re.compile(r'<[a-z][a-z0-9]*|(?:href|src)="[^"]*"')
PIECES = [
    "---", "\n", "\n\n", "title:", "title: ", "sources: [", "F1.14", "]", "{", "}", "{{", "}}",
    "{{ so_lieu.so_to }}", "{{ so_lieu.x ngay=31/2/2024 }}", "&a", "*a", "!!python/name:os.system",
    "<<: *a", "- ", "? ", ": ", "|", ">", "'", '"', "#", "# ", "## Các bước", "`", "```", "~~~",
    "[a](", "![", "](", ")", "<", "<script>", "</", "-->", "<!--", "&#106;avascript:", "[x]: ",
    "javascript:", "data:text/html,", "../../etc/passwd", "{: onclick=x }", "| a | b |", "\t",
    "2026-02-30", "0x1F", "1e999", "null", "true", "reviewed: 24/11/2026", "people: [{role: }]",
    "topic: dinh-danh", "[Viết: ", "khoẻ", "kho\u0309e", "hoà", "Đ", "\u200b", "\u202e", "\ufeff",
    "\r", "\x85", "\u2028", "\x0b", "😀", "\x7f", "%%", "\\", "\\[", "*", "**", "_", "__", "1. ",
    "tel:",
]  # fmt: skip
CONTENT = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=6)), max_size=40).map(
    "".join
)
FIELDS = st.dictionaries(
    st.sampled_from("title summary topic audience reviewed sources tags people owner".split()),
    CONTENT,
)


def render(source: str) -> str:
    return HtmlWriter().write(parse(source))


def page_of(source: str) -> tuple[Library, Page]:
    """Return a library with this page, and the page."""
    document, problems = read_source(source, f"docs/{URI}")
    page = Page(URI, document, source)
    pages = (*LIBRARY.pages, page)
    return replace(LIBRARY, pages=pages, problems=tuple(problems)), page


def as_read(source: str) -> str:
    """Return a source with the letters that people see in it, or that were lost on the way."""
    lines = (decode_line(line) or line for line in to_nfc(source).split("\n"))
    return with_plain_letters(without_superfluous("\n".join(lines)))


def assert_explained(source: str) -> None:
    library, page = page_of(source)
    lines = page.source.count("\n") + 1
    for problem in check_library(library):
        if problem.path == page.path:
            assert 1 <= problem.line <= lines
            assert problem.message
            assert problem.fix


@given(CONTENT)
@settings(max_examples=150, deadline=None)
@example("---\ntitle: OÈ\n---\n\u200b")
def test_any_text_is_explained(source: str) -> None:
    assert_explained(source.replace("\r\n", "\n").replace("\r", "\n"))


@given(FIELDS, CONTENT)
@settings(max_examples=150, deadline=None)
@example({"title": "#\x85", "summary": ""}, "")  # a line break of YAML, not of the file
def test_any_front_matter_is_explained(fields: dict[str, str], body: str) -> None:
    rows = "".join(f"{name}: {value}\n" for name, value in fields.items())
    source = f"---\n{rows}---\n{body}"
    assert_explained(source.replace("\r\n", "\n").replace("\r", "\n"))


@given(CONTENT)
@settings(max_examples=150, deadline=None)
def test_mending_is_done_once_and_keeps_the_meaning(body: str) -> None:
    for source in (body, f"---\ntitle: Bài\n---\n{body}"):
        mended = mend_page(source, "docs/a.md")
        assert mend_page(mended, "docs/a.md") == mended
        assert to_house_tone_style(mended) == to_house_tone_style(as_read(source))


@given(CONTENT)
@settings(max_examples=150, deadline=None)
def test_mended_text_renders_to_the_same_tags_and_addresses(body: str) -> None:
    mended = mend_page(f"---\ntitle: Bài\n---\n{body}", "docs/a.md")
    before = render(as_read(f"---\ntitle: Bài\n---\n{body}"))
    assert MARKUP.findall(render(mended)) == MARKUP.findall(before)


@given(st.one_of(st.binary(max_size=200), CONTENT.map(lambda text: text.encode("utf-16")), CONTENT))
@settings(
    max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_any_bytes_are_read_or_explained(tmp_path: Path, data: bytes | str) -> None:
    file = tmp_path / "docs/a.md"
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(data.encode("utf-8", "surrogatepass") if isinstance(data, str) else data)
    page, problems = read_page(file, tmp_path / "docs", tmp_path)
    assert page or problems
    lines = len(file.read_bytes().replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n"))
    assert all(1 <= problem.line <= lines and problem.fix for problem in problems)


TRUSTED = {  # what an editor's page must not be able to do: its body, and what is said
    "run code": ("<img src=x onerror=alert(1)>", "thẻ HTML <img> không được dùng trong bài"),
    "run a link": ("[a](JaVaScRiPt:alert(1))", "kiểu 'javascript:' có thể gây hại"),
    "load from elsewhere": ("![Màn hình](https://example.com/a.png)", "hình lấy từ nơi khác"),
    "read a file": ("{% include '/etc/passwd' %} {{ open('/etc/passwd') }}", "không hiểu '{{"),
    "call the template language": ("{{ config.extra }}", "không hiểu '{{ config.extra }}'"),
}


@pytest.mark.parametrize(("body", "message"), TRUSTED.values(), ids=TRUSTED)
def test_content_is_data(project: Path, body: str, message: str) -> None:
    write(project / "docs" / URI, FRONT.replace("kich-hoat", "thu") + BODY + f"\n{body}\n")
    problems = [str(problem) for problem in check_library(load_library(project))]
    assert any(f"docs/{URI}:24:" in problem and message in problem for problem in problems)


def test_alias_bomb_is_refused_at_once(project: Path) -> None:
    bomb = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
        f"{name}: &{name} [{','.join([f'*{before}'] * 9)}]\n"
        for before, name in zip("abcdefgh", "bcdefghi", strict=True)
    )
    write(project / "docs" / URI, f"---\n{bomb}---\n")
    said = [str(problem) for problem in load_library(project).problems]
    assert any("bí danh YAML" in problem for problem in said)


def test_link_to_a_file_outside_is_not_read(project: Path) -> None:
    secret = write(project / "mat.txt", "---\ntitle: bí mật\n---\n")
    (project / "docs/x.md").symlink_to(secret)
    library = load_library(project)
    assert "x.md" not in library.by_uri
    assert [problem.message for problem in library.problems if problem.path == "docs/x.md"] == [
        "liên kết tượng trưng trỏ ra ngoài thư mục docs/"
    ]


def test_folder_linked_from_outside_is_not_entered(project: Path) -> None:
    outside = project / "ngoai"
    write(outside / "x.md", "---\ntitle: bí mật\n---\n")
    (project / "docs/guides/ngoai").symlink_to(outside)
    library = load_library(project)
    assert [page.uri for page in library.pages if "ngoai" in page.uri] == []
    assert [str(problem) for problem in check_library(library)] == [
        "docs/guides/ngoai:1: thư mục là liên kết tượng trưng, có thể dẫn ra ngoài dự án\n"
        "    Cách sửa: xóa docs/guides/ngoai, chép hẳn thư mục vào"
    ]


def test_link_to_a_download_outside_is_refused(project: Path) -> None:
    (project / "docs/mau.pdf").symlink_to(write(project / "mat.pdf", "bí mật"))
    assert [str(problem) for problem in check_library(load_library(project))] == [
        "docs/mau.pdf:1: liên kết tượng trưng trỏ ra ngoài thư mục docs/\n"
        "    Cách sửa: xóa docs/mau.pdf"
    ]


def test_address_of_this_machine_leads_nowhere(project: Path) -> None:
    secret = write(project / "mat.txt", "bí mật")
    write(project / "docs" / URI, FRONT.replace("kich-hoat", "thu") + f"[Tệp mật]({secret})\n")
    said = [problem.message for problem in check_library(load_library(project))]
    assert f"đường dẫn '{secret}' không tới trang nào" in said


def test_refused_files_are_not_served_either(site_project: Path) -> None:
    write(site_project / "docs/evil.html", "<script>alert(1)</script>")
    outside = write(site_project / "ngoai/mat.txt", "bí mật").parent
    (site_project / "docs/kho").symlink_to(outside)
    with tempfile.TemporaryDirectory(prefix="mkdocs_") as folder:
        build(load_config(str(site_project / "mkdocs.yml"), site_dir=folder))
        served = {file.relative_to(folder).as_posix() for file in Path(folder).rglob("*")}
    assert "guides/dinh-danh/kich-hoat/index.html" in served
    assert not served & {"evil.html", "kho", "kho/mat.txt"}


def test_letters_stay_the_same_letters() -> None:
    source = unicodedata.normalize("NFD", FRONT + BODY)
    assert mend_page(source, "docs/a.md") == FRONT + BODY
