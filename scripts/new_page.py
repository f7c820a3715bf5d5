"""Creates a new guide or story from the template; prompts for missing arguments.

Exit status: 0 when the page was written, 2 for a usage error. An existing file is never
overwritten.
"""

from __future__ import annotations

import argparse
import shlex
import sys
from collections.abc import Callable
from pathlib import Path, PurePosixPath

from portal.system.command_line import CommandLine, run_command
from desk.scaffold import Draft, draft_page, draft_team_story
from portal.language.likeness import nearest
from portal.language.text import fold, slugify
from portal.library.library import Library, load_library
from portal.library.page_kinds import GUIDE, KINDS, STORY

ROOT = Path(__file__).resolve().parent.parent
MAX_TITLE = next(field.max_length for field in GUIDE.fields if field.name == "title") or 120
NEXT_STEPS = """\
Đã tạo {path}
Đường dẫn ngắn đề nghị: {shortlink}

Làm tiếp:
  1. Mở tệp đó, thay mỗi chỗ [Viết: …] bằng lời của bài.
  2. make check    xem còn lỗi gì, sửa thế nào
  3. make serve    xem trang ở http://localhost:8000/{url}
  4. git switch -c bai/{slug}
     git add {path}
     git commit -m {message}
"""
STORIES = {STORY.id: "câu chuyện theo bài báo", "team-story": "câu chuyện tổ tự kể"}
OTHERS = {kind.id: kind for kind in KINDS if kind.is_article and kind not in (GUIDE, STORY)}
CHOICES = {GUIDE.id: GUIDE.one, **STORIES, **{kind.id: kind.one for kind in OTHERS.values()}}
TRIES = 3  # attempts at one prompt


class RefusalError(Exception):
    """An invalid answer; the message says why, in Vietnamese."""


def parse_arguments(arguments: list[str]) -> argparse.Namespace:
    """Return the parsed command line."""
    parser = CommandLine(description="Tạo bài hướng dẫn hoặc câu chuyện mới.")
    parser.add_argument("kind", nargs="?", choices=CHOICES, help="loại bài")
    parser.add_argument("--title", default="", help="tên bài")
    parser.add_argument("--topic", default="", help="mã chủ đề trong data/topics.yml")
    parser.add_argument("--root", type=Path, default=ROOT, help="thư mục dự án")
    return parser.parse_args(arguments)


def ask_kind() -> str:
    """Return the chosen kind of page; raises RefusalError for an invalid answer."""
    names = (f"{number} = {name}" for number, name in enumerate(CHOICES.values(), 1))
    return choose(f"Viết gì? {', '.join(names)}: ", tuple(CHOICES))


def ask_teller() -> str:
    """Return the chosen kind of story; raises RefusalError for an invalid answer."""
    return choose("Câu chuyện nào? 1 = theo bài báo, 2 = tổ tự kể theo phiếu: ", tuple(STORIES))


def choose(question: str, kinds: tuple[str, ...]) -> str:
    """Return the kind with the answered number, from 1; raises RefusalError if there is none."""
    answer = ask(question)
    numbers = {str(number): kind for number, kind in enumerate(kinds, 1)}
    if answer not in numbers:
        *first, last = numbers
        raise RefusalError(f"'{answer}' không phải {', '.join(first)} hay {last}")
    return numbers[answer]


def insist(read: Callable[[], str]) -> str:
    """Return the valid answer; in a terminal, print the error and prompt again."""
    for _ in range(TRIES - 1 if sys.stdin.isatty() else 0):
        try:
            return read()
        except RefusalError as refusal:
            print(f"Chưa được: {refusal}. Mời trả lời lại.", file=sys.stderr)
    return read()


def ask_topic(library: Library) -> str:
    """Return the topic chosen by its number or id."""
    for number, topic in enumerate(library.topics, 1):
        print(f"  {number:2} {topic.title} ({topic.id})")
    answer = ask("Chủ đề (số hoặc mã): ")
    if answer.isdecimal() and 1 <= int(answer) <= len(library.topics):
        return library.topics[int(answer) - 1].id
    return answer


def ask(question: str) -> str:
    """Return the answer typed; raises RefusalError at the end of input."""
    try:
        return input(question).strip()
    except EOFError:
        raise RefusalError("thiếu câu trả lời, dừng mà chưa tạo gì") from None


def read_title(given: str) -> str:
    """Return a valid title; raises RefusalError for one that is empty or too long."""
    title = given.strip() or ask("Tên bài (bắt đầu bằng động từ): ")
    if any("\ud800" <= char <= "\udfff" for char in title):  # bytes that are not UTF-8
        raise RefusalError("tên bài có chữ không đọc được, hãy gõ lại hoặc chép lại")
    if not slugify(title):
        raise RefusalError("tên bài phải có chữ")
    if len(title) > MAX_TITLE:
        raise RefusalError(f"tên bài dài {len(title)} ký tự, nhiều nhất {MAX_TITLE}")
    return title


def read_topic(given: str, library: Library) -> str:
    """Return a topic's id; raises RefusalError with the nearest or all ids."""
    topic = given.strip() or ask_topic(library)
    known = [known.id for known in library.topics]
    if topic in known:
        return topic
    near = nearest(slugify(topic), known)
    hint = f"gần nhất: {near[0]}" if near else f"chọn một: {', '.join(known)}"
    raise RefusalError(f"không có chủ đề '{topic}'; {hint}")


def make_draft(options: argparse.Namespace, library: Library) -> tuple[str, Draft]:
    """Return title and new page, prompting for missing arguments."""
    kind = options.kind or insist(ask_kind)
    if options.kind == "story" and not options.title:
        kind = insist(ask_teller)
    title = read_title(options.title) if options.title else insist(lambda: read_title(""))
    if kind == "team-story":
        return title, draft_team_story(library, title)
    if kind != GUIDE.id:
        return title, draft_page(library, OTHERS.get(kind, STORY), title)
    topic = options.topic
    chosen = read_topic(topic, library) if topic else insist(lambda: read_topic("", library))
    return title, draft_page(library, GUIDE, title, chosen)


def write_draft(library: Library, draft: Draft) -> Path:
    """Write the page as a new file; raises FileExistsError if it exists."""
    file = library.docs / draft.uri
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("x", encoding="utf-8", newline="\n") as stream:
        stream.write(draft.text)
    return file


def same_titles(library: Library, title: str) -> list[str]:
    """Return the pages with the same title, ignoring accents and case."""
    return [page.path for page in library.pages if fold(page.title) == fold(title)]


def main(arguments: list[str] | None = None) -> int:
    """Write a new page, print the next steps, and return the exit status."""
    options = parse_arguments(sys.argv[1:] if arguments is None else arguments)
    library = load_library(options.root)
    try:
        title, draft = make_draft(options, library)
    except RefusalError as refusal:
        print(f"Chưa tạo được bài: {refusal}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("\nĐã dừng, chưa tạo gì.", file=sys.stderr)
        return 130
    file = write_draft(library, draft)
    slug = PurePosixPath(draft.uri).stem
    path = file.relative_to(options.root).as_posix()
    url = draft.uri.removesuffix(".md") + "/"
    for other in same_titles(library, title):
        print(f"Chú ý: {other} đã có tên này, hãy đặt tên khác.")
    message = shlex.quote(f"Thêm bài: {' '.join(title.split())}")  # quoted for a shell
    steps = {"path": path, "slug": slug, "url": url, "message": message}
    print(NEXT_STEPS.format(**steps, shortlink=draft.shortlink))
    return 0


if __name__ == "__main__":
    run_command(main)
