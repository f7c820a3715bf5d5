"""Whatever is edited between builds, the cache gives the bytes and warnings of a clean build."""

from __future__ import annotations

import logging
import os
import random
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from conftest import BODY, STORY_FRONT, write
from conftest import FRONT as TINY_FRONT
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort

# The real facts are used here, and the telephone number stands in another one.
FRONT = TINY_FRONT.replace("[F1.14]", "[F1.14, F1.03]")
SEEDS = int(os.environ.get("SEEDS", "6"))  # 54 edits each
TOPICS = ("dinh-danh", "an-toan", "zalo")
SENTENCES = (
    "Mở ứng dụng **VNeID** rồi bấm nút màu đỏ.",
    "Nhập mã OTP gửi về máy.",
    "Cả tỉnh có {{ so_lieu.so_to pham_vi=tinh-ninh-binh-cu }}.",
    "Mở [trang này](https://vneid.gov.vn) khi cần.",
    "Viết `{{ so_lieu.so_to pham_vi=tinh-ninh-binh-cu }}` là viết mã.",
)


class Editor:
    """Makes random, valid changes to a project of a few pages."""

    def __init__(self, project: Path, seed: int) -> None:
        self.project = project
        self.random = random.Random(seed)
        self.count = 0
        self.edits: tuple[Callable[[], None], ...] = (
            self.write_more,
            self.write_more,
            self.change_title,
            self.change_summary,
            self.add_guide,
            self.add_story,
            self.delete_page,
            self.rename_page,
            self.move_page,
            self.link_pages,
            self.change_statistics,
            self.change_glossary,
            self.change_template,
            self.change_style,
            self.change_configuration,
            self.change_picture,
            self.change_contacts,
        )

    def edit(self) -> str:
        """Make one change and return its name."""
        edit = self.random.choice(self.edits)
        edit()
        return edit.__name__

    def next(self) -> int:
        self.count += 1
        return self.count

    def word(self) -> str:
        """Return a new word without digits, which would be taken for a telephone number."""
        return "x" + "".join(chr(ord("a") + int(digit)) for digit in str(self.next()))

    def pages(self) -> list[Path]:
        return sorted((self.project / "docs").glob("guides/*/*.md"))

    def page(self) -> Path:
        return self.random.choice(self.pages())

    def replace(self, file: Path, old: str, new: str) -> None:
        write(file, file.read_text(encoding="utf-8").replace(old, new, 1))

    def replace_line(self, file: Path, start: str, line: str) -> None:
        lines = file.read_text(encoding="utf-8").split("\n")
        write(file, "\n".join(line if each.startswith(start) else each for each in lines))

    def write_more(self) -> None:
        text = self.random.choice(SENTENCES)
        self.replace(self.page(), "## Vẫn", f"{text} Lần {self.word()}.\n\n## Vẫn")

    def change_title(self) -> None:
        self.replace_line(self.page(), "title:", f"title: Bài {self.word()}")

    def change_summary(self) -> None:
        self.replace_line(self.page(), "summary:", f"summary: Tóm tắt {self.word()}.")

    def add_guide(self) -> None:
        topic, word = self.random.choice(TOPICS), self.word()
        front = FRONT.replace("dinh-danh", topic).replace("kich-hoat", word)
        front = front.replace("Kích hoạt VNeID", f"Bài mới {word}")
        write(self.project / f"docs/guides/{topic}/moi-{word}.md", front + BODY)

    def add_story(self) -> None:
        word = self.word()
        front = STORY_FRONT.replace("Tổ thôn Lạc Hiền", f"Chuyện {word}")
        story = f"{front}\nTổ đã giúp bà con. Mã OTP là gì.\n"
        write(self.project / f"docs/stories/chuyen-{word}.md", story)

    def delete_page(self) -> None:
        pages = self.pages()
        if len(pages) > 2:
            page = self.random.choice(pages)
            self.retarget(page.stem, None)
            page.unlink()

    def rename_page(self) -> None:
        page, name = self.page(), f"ten-{self.word()}"
        page.rename(page.with_stem(name))
        self.retarget(page.stem, name)

    def move_page(self) -> None:
        page, topic = self.page(), self.random.choice(TOPICS)
        target = self.project / f"docs/guides/{topic}" / page.name
        if target == page:
            return
        self.retarget(page.stem, None)
        text = page.read_text(encoding="utf-8").replace(
            f"topic: {page.parent.name}", f"topic: {topic}"
        )
        page.unlink()
        write(target, text.replace("](dau.svg)", "](dau.svg)"))

    def retarget(self, stem: str, name: str | None) -> None:
        """Let links to a page follow it, or become text."""
        for page in self.pages():
            lines = page.read_text(encoding="utf-8").split("\n")
            kept = [line for line in lines if name or f"/{stem}.md" not in line]
            write(page, "\n".join(kept).replace(f"/{stem}.md", f"/{name}.md"))

    def link_pages(self) -> None:
        source, target = self.page(), self.page()
        link = f"Xem [bài khác](../{target.parent.name}/{target.name}) lần {self.word()}."
        self.replace(source, "## Vẫn", f"{link}\n\n## Vẫn")

    def change_statistics(self) -> None:
        file = self.project / "data/statistics/observations.csv"
        lines = file.read_text(encoding="utf-8").split("\n")
        for place, line in enumerate(lines):
            if line.startswith("so_to,tinh-ninh-binh-cu"):
                cells = line.split(",")
                lines[place] = ",".join([*cells[:4], str(1000 + self.next()), *cells[5:]])
        write(file, "\n".join(lines))

    def change_glossary(self) -> None:
        file = self.project / "data/glossary.yml"
        number = self.next()
        self.replace(
            file, "terms:\n", f"terms:\n  - {{id: tu-{number}, prefer: nút màu đỏ, def: X.}}\n"
        )

    def change_template(self) -> None:
        file = (
            self.project
            / "theme/partials"
            / self.random.choice(("page-foot.html", "guide-card.html"))
        )
        self.replace(file, "-#}", f"-#}}\n<!-- {self.next()} -->")

    def change_style(self) -> None:
        self.replace(self.project / "theme/assets/css/base.css", "{", f"{{--n{self.next()}:1;")

    def change_configuration(self) -> None:
        file = self.project / "mkdocs.yml"
        self.replace_line(file, "copyright:", f"copyright: Nội dung {self.next()}")

    def change_picture(self, topic: str = "") -> None:
        size = 10 + self.next()
        svg = (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{size}" height="9" viewBox="0 0 9 9"/>'
        )
        write(self.project / f"docs/guides/{topic or self.random.choice(TOPICS)}/dau.svg", svg)

    def change_contacts(self) -> None:
        file = self.project / "data/contacts.yml"
        self.replace(file, 'for: "', f'for: "{self.word()} ')


class Messages(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(f"{record.name} {record.levelname} {record.getMessage()}")


@contextmanager
def warnings_of() -> Iterator[list[str]]:
    handler = Messages()
    logger = logging.getLogger("mkdocs")
    logger.addHandler(handler)
    try:
        yield handler.lines
    finally:
        logger.removeHandler(handler)


def build_and_read(configuration: Path, site: Path) -> tuple[dict[str, bytes], list[str]]:
    """Build and return the files of the site and the warnings; the site stays after an error."""
    with warnings_of() as lines:
        try:
            build(load_config(str(configuration), site_dir=str(site)))
        except Abort:
            lines.append("aborted")
    files = sorted(path for path in site.rglob("*") if path.is_file())
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in files}, lines


def plain_configuration(project: Path) -> Path:
    """Return a configuration without the engine: MkDocs as released, nothing kept."""
    text = (project / "mkdocs.yml").read_text(encoding="utf-8")
    return write(project / "plain.yml", text.replace("  - hooks/build_engine.py\n", "", 1))


@pytest.fixture
def edited_project(site_project: Path) -> Path:
    """Return a project with what the edits change: links, a figure, a picture, two stories."""
    editor = Editor(site_project, 0)
    write(site_project / "docs/guides/dinh-danh/kich-hoat.md", FRONT + BODY)
    configuration = site_project / "mkdocs.yml"
    editor.replace_line(configuration, "  brotli_quality:", "  brotli_quality: 0")  # copies only
    for topic in TOPICS:
        editor.change_picture(topic)
    for edit in (editor.add_guide, editor.add_guide, editor.add_guide, editor.add_story):
        edit()
    for page in editor.pages():
        editor.replace(
            page,
            "## Vẫn",
            f"{' '.join(SENTENCES)}\n\n![Nút màu đỏ ở cuối màn hình](dau.svg)\n\n## Vẫn",
        )
    return site_project


@pytest.mark.parametrize("seed", range(1, 1 + SEEDS))
def test_random_edits_give_the_bytes_and_warnings_of_a_clean_build(
    edited_project: Path, seed: int
) -> None:
    editor = Editor(edited_project, seed)
    editor.count = 100 * seed
    history: list[str] = []
    for _ in range(9):
        history += [editor.edit() for _ in range(6)]
        clean_site = edited_project / "clean"
        shutil.rmtree(clean_site, ignore_errors=True)
        clean = build_and_read(plain_configuration(edited_project), clean_site)
        built = build_and_read(edited_project / "mkdocs.yml", edited_project / "site")
        assert clean[1] == built[1] == [], history
        assert different(clean[0], built[0]) == [], history


def different(first: dict[str, bytes], second: dict[str, bytes]) -> list[str]:
    return sorted(path for path in {**first, **second} if first.get(path) != second.get(path))
