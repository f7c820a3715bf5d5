"""Rehearsals ("Tập thử"): what a screen asks and what each choice teaches, from data/practice/.

A file is a rehearsal, its name is the id. Each screen shows a phone that is not real; what can be
tapped in it, and the choices below it, lead to the next screen or to what that choice teaches.
Nothing typed is sent: fields have no name, and there is no form.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain
from pathlib import Path

from portal.source.datafiles import UNKNOWN, Row, Table
from portal.source.problems import Problem, errors
from portal.source.schema import DRAFT, ID, SLUG_PATTERN, Fault, Field, Kind, Vocabulary
from portal.system.bundled_icons import has_icon

FOLDER = "data/practice/"
PAGES = "tap-thu/"
ENDING = "xong"  # the id that leads to what is to be remembered
MAX_TYPED = 11  # characters of a field: a real citizen's number has twelve
# What a row of the phone shows, as in data/drawings/; a row has one of them.
SHOWN = {
    "text": "Lời thường.",
    "heading": "Chữ đậm.",
    "big": "Chữ to.",
    "warning": "Lời cảnh báo trong khung.",
    "done": "Dấu xong việc, có lời.",
    "message": "Tin nhận được.",
    "reply": "Tin gửi đi.",
    "call": "Cuộc gọi đến: tên hiện trên máy.",
    "button": "Nút chính.",
    "link": "Nút phụ.",
    "row": "Một mục trong danh sách.",
    "switch": "Nút gạt.",
    "check": "Ô đã đánh dấu.",
    "field": "Ô đã điền, `nhãn: chữ`.",
    "search": "Ô tìm kiếm đã gõ chữ.",
    "address": "Ô địa chỉ trang.",
    "picture": "Hình to, lời ở dưới; cần `icon`.",
    "type": "Ô để gõ thử, nhãn của ô; cần `answer`.",
}

_OTHERS = tuple(kind for kind in SHOWN if kind != "type")
_DRAWN_WITH = {  # what else a row may have → with which kinds
    **dict.fromkeys(("to", "wrong", "teaches", "icon", "end"), _OTHERS),
    "says": tuple(kind for kind in _OTHERS if kind != "field"),
    "answer": ("type",),
    "lit": ("switch",),
}


def _check_icon(icon: str) -> Iterator[Fault]:
    if not has_icon(f"material/{icon}"):
        message = f"không có biểu tượng '{icon}' trong bộ của Material"
        yield Fault(message, "icon: cellphone")


def _check_answer(answer: str) -> Iterator[Fault]:
    """Yield an error for signs, which phones' keyboards hide and a pattern could misread."""
    if not re.fullmatch(r"[\w .]+", answer):
        kept = "".join(re.findall(r"[\w .]", answer)).strip()
        message = "'answer' chỉ được có chữ, số, dấu cách, dấu chấm"
        yield Fault(message, f'answer: "{kept or 4820}"')


def _check_row(row: Mapping[str, object]) -> Iterator[Fault]:
    """Yield an error for a row that shows nothing or two things, or lacks what goes with it.

    Nor may it have what is not drawn with it, such as a way on in a field that is typed into.
    """
    shown = [name for name in SHOWN if row.get(name)]
    if not shown:
        fix = f"thêm một trong: {', '.join(SHOWN)}"
        yield Fault("dòng này của màn hình không vẽ gì", fix)
    elif len(shown) > 1:
        fix = "tách thành hai dòng, mỗi dòng một thứ"
        yield Fault(f"dòng này của màn hình có cả {' và '.join(shown)}", fix, shown[1])
    for name, other in (("type", "answer"), ("picture", "icon")):
        if row.get(name) and not row.get(other):
            yield Fault(f"'{name}' cần có '{other}'", f'thêm rồi điền:  {other}: "{DRAFT}…]"', name)
    for name in (each for each in _DRAWN_WITH if row.get(each) and len(shown) == 1):
        if shown[0] not in _DRAWN_WITH[name]:
            message = f"'{name}' không đi với '{shown[0]}', không hiện ra"
            yield Fault(message, f"bỏ {name}, hoặc chuyển sang một dòng khác", name)
    if row.get("field") and not re.fullmatch(r"[^:]*\w[^:]*: .*\S.*", str(row["field"])):
        fix = f'viết nhãn, dấu hai chấm rồi chữ, ví dụ:  field: "Họ tên: {row["field"]}"'
        yield Fault("'field' chưa có nhãn", fix, "field")


_WRONG = Field("wrong", Kind.FLAG, "Chọn sai", "true khi không nên làm vậy.", "true",
               required=False)  # fmt: skip
_TO = Field("to", Kind.SLUG, "Dẫn tới", f"Mã màn kế tiếp, hoặc {ENDING}.", ENDING, required=False)
_TEACHES = Field("teaches", Kind.TEXT, "Vì sao", "Bấm vào thì được giải thích gì.",
                 "Không cơ quan nào hỏi mã OTP qua điện thoại.", required=False)  # fmt: skip
_CHOICE = (_TO, _WRONG, _TEACHES)
_ROW = (
    *(
        Field(name, Kind.TEXT, f"Vẽ {name}", help, '"Họ tên: Bà A"' if name == "field" else "…",
              required=False)
        for name, help in SHOWN.items()
    ),
    Field("icon", Kind.TEXT, "Biểu tượng", "Tên trong Material Design Icons.", "cellphone",
          required=False, is_shown=False, check=_check_icon),
    Field("says", Kind.TEXT, "Lời nói", "Lời của người gọi, hoặc dòng nhỏ dưới mục.",
          "Đọc mã cho tôi.", required=False),
    Field("end", Kind.TEXT, "Ở cuối mục", "Vài chữ bên phải.", "Bật", required=False),
    Field("lit", Kind.FLAG, "Đang bật", "Của nút gạt.", "true", required=False),
    Field("answer", Kind.TEXT, "Chữ phải gõ", f"Bịa ra, đã hiện ở màn trước, tối đa {MAX_TYPED} "
          "ký tự.", '"4820"', required=False, max_length=MAX_TYPED, is_shown=False,
          check=_check_answer),
    *_CHOICE,
)  # fmt: skip
REHEARSALS = Table(
    FOLDER,
    (
        Field("title", Kind.TEXT, "Tên bài tập", "Việc được tập.", "Giữ kín mã OTP",
              max_length=60),
        Field("summary", Kind.TEXT, "Tóm tắt", "Một câu.", "Gõ mã, và không đọc mã cho ai.",
              max_length=120),
        Field("minutes", Kind.MINUTES, "Số phút", "Ước chừng.", "3"),
        Field("guides", Kind.PAGES, "Bài", "Bài nói việc này, bài chính trước.",
              "[guides/zalo/cai-zalo.md]", counts=(1, 6)),
        Field("facts", Kind.FACTS, "Dữ kiện", "Chỗ dựa của lời dạy.", "[F1.14]"),
        Field(
            "screens", Kind.RECORDS, "Màn", "Theo thứ tự; màn đầu hiện trước.", "[]",
            counts=(2, 12), identity=("id",),
            fields=(
                ID,
                Field("title", Kind.TEXT, "Tên màn", "Vài chữ.", "Có tin nhắn đến", max_length=60),
                Field("says", Kind.TEXT, "Lời dẫn", "Chuyện gì đang xảy ra, làm gì.",
                      "Máy vừa báo một tin nhắn."),
                Field("bar", Kind.TEXT, "Thanh trên", "Tên ứng dụng, tên màn hình.", "Tin nhắn",
                      required=False),
                Field("rows", Kind.RECORDS, "Màn hình", "Từ trên xuống.", "[]", counts=(1, 12),
                      fields=_ROW, check=_check_row),
                Field(
                    "choices", Kind.RECORDS, "Lựa chọn", "Việc làm, lời nói, dưới màn hình.",
                    "[]", required=False,
                    fields=(
                        Field("text", Kind.TEXT, "Làm gì", "Vài chữ.", "Tắt máy."),
                        *_CHOICE,
                    ),
                ),
            ),
        ),
        Field("remember", Kind.TEXTS, "Nhớ lấy", "Một đến bốn câu.", '["Không đọc mã cho ai."]',
              counts=(1, 4)),
    ),
)  # fmt: skip


@dataclass(frozen=True)
class Choice:
    """What a reader may tap: `to` is the id of a screen or `ENDING`, "" for the same screen again.

    With `teaches`, it leads to an explanation, at `anchor`, that leads on.
    """

    text: str
    to: str
    wrong: bool
    teaches: str
    line: int
    anchor: str = ""

    @property
    def target(self) -> str:
        """Return the anchor that a tap leads to."""
        return self.anchor if self.teaches else anchor_of(self.to)

    @property
    def next(self) -> str:
        """Return the anchor that its explanation leads to."""
        return anchor_of(self.to)


@dataclass(frozen=True)
class ScreenRow:
    """A row of the phone: what it shows (a key of `SHOWN`), its words, and where a tap leads."""

    kind: str
    text: str
    icon: str
    says: str
    end: str
    lit: bool
    answer: str
    choice: Choice | None
    line: int

    @property
    def label(self) -> str:
        """Return what stands before ": " in a field that is filled in."""
        return self.text.partition(": ")[0]

    @property
    def pattern(self) -> str:
        """Return the regular expression of what is to be typed, in any case, blanks or not."""
        letters = (
            f"[{char.upper()}{char.lower()}]" if char.isalpha() else re.escape(char)
            for char in self.answer
            if char != " "
        )
        return " *".join(letters)

    @property
    def value(self) -> str:
        """Return what stands behind it."""
        return self.text.partition(": ")[2]


@dataclass(frozen=True)
class RehearsalScreen:
    """A screen, numbered from 1; `choices` stand below its phone."""

    number: int
    id: str
    title: str
    says: str
    bar: str
    rows: tuple[ScreenRow, ...]
    choices: tuple[Choice, ...]
    line: int

    @property
    def anchor(self) -> str:
        """Return its anchor on the page."""
        return anchor_of(self.id)

    @property
    def all_choices(self) -> tuple[Choice, ...]:
        """Return what can be tapped in the phone, then what stands below it."""
        tapped = (row.choice for row in self.rows)
        return (*filter(None, tapped), *self.choices)

    @property
    def explained(self) -> tuple[Choice, ...]:
        """Return the choices that have an explanation."""
        return tuple(each for each in self.all_choices if each.teaches)


@dataclass(frozen=True)
class Rehearsal:
    """One rehearsal; `guides` are paths within docs/, `facts` ids, `path` its file."""

    id: str
    path: str
    title: str
    summary: str
    minutes: int
    guides: tuple[str, ...]
    facts: tuple[str, ...]
    screens: tuple[RehearsalScreen, ...]
    remember: tuple[str, ...]
    remember_line: int

    @property
    def uri(self) -> str:
        """Return the path of the page within docs/."""
        return f"{PAGES}{self.id}.md"

    @property
    def url(self) -> str:
        """Return the address within the site."""
        return f"{PAGES}{self.id}/"

    @property
    def ending(self) -> str:
        """Return the anchor of what is to be remembered."""
        return anchor_of(ENDING)

    @cached_property
    def by_id(self) -> Mapping[str, RehearsalScreen]:
        """Return id → screen."""
        return {screen.id: screen for screen in self.screens}


def anchor_of(id: str) -> str:
    """Return the anchor of a screen, or of an explanation."""
    return f"man-{id}"


def load_rehearsals(
    root: Path, vocabulary: Vocabulary = UNKNOWN
) -> tuple[tuple[Rehearsal, ...], list[Problem]]:
    """Return the valid rehearsals of a project by file name, and the problems."""
    found, problems = list[Rehearsal](), list[Problem]()
    problems += _check_files(root)
    for path in rehearsal_files(root):
        data, faults = rehearsal_table(path).read(root / path, vocabulary)
        id = Path(path).stem
        if not re.fullmatch(SLUG_PATTERN, id):
            message = "tên tệp chỉ được có chữ thường không dấu, số và gạch nối"
            faults = [*faults, Problem(path, 1, message, "đổi tên tệp, ví dụ giu-ma-otp.yml")]
        problems += faults
        if not errors(faults):
            found.append(_rehearsal(id, path, data))
    return tuple(found), problems


def _check_files(root: Path) -> Iterator[Problem]:
    """Yield an error for each file that would silently not be read, as "x.yaml" or "x.yml.txt"."""
    read = {*rehearsal_files(root), f"{FOLDER}README.md"}
    for file in sorted((root / FOLDER).rglob("*")):
        path = file.relative_to(root).as_posix()
        if file.is_file() and not file.name.startswith(".") and path not in read:
            fix = f"đổi tên thành {FOLDER}{file.name.partition('.')[0]}.yml, hoặc xóa"
            yield Problem(path, 1, f"bài tập chỉ đọc từ các tệp .yml ngay trong {FOLDER}", fix)


def rehearsal_files(root: Path) -> list[str]:
    """Return the paths of the files within a project, sorted."""
    return sorted(f"{FOLDER}{file.name}" for file in (root / FOLDER).glob("*.yml"))


def rehearsal_table(path: str) -> Table:
    """Return the table of one file."""
    return replace(REHEARSALS, path=path)


def _rehearsal(id: str, path: str, data: Row) -> Rehearsal:
    screens = tuple(_screen(*each) for each in enumerate(data.rows("screens"), 1))
    line = data.lines.get("remember", 1)
    return data.make(Rehearsal, id=id, path=path, screens=screens, remember_line=line)


def _screen(number: int, data: Row) -> RehearsalScreen:
    numbers = iter(range(1, 100))
    rows = tuple(_row(row, data.text("id"), numbers) for row in data.rows("rows"))
    choices = (
        _choice(row, row.text("text"), data.text("id"), next(numbers))
        for row in data.rows("choices")
    )
    return data.make(RehearsalScreen, number=number, rows=rows, choices=tuple(choices))


def _row(data: Row, screen: str, numbers: Iterator[int]) -> ScreenRow:
    kind = next(name for name in SHOWN if data.text(name))
    is_tapped = any(data.values.get(field.name) for field in _CHOICE)
    text = data.text(kind)
    choice = _choice(data, text, screen, next(numbers)) if is_tapped else None
    return data.make(ScreenRow, kind=kind, text=text, choice=choice)


def _choice(data: Row, text: str, screen: str, number: int) -> Choice:
    to = data.text("to") or (screen if data.flag("wrong") else "")
    # No id of a screen has two hyphens.
    return data.make(Choice, text=text, to=to, anchor=anchor_of(f"{screen}--{number}"))


def answers_of(rehearsal: Rehearsal) -> Iterator[tuple[RehearsalScreen, Choice]]:
    """Yield every choice with its screen."""
    for screen in rehearsal.screens:
        yield from ((screen, choice) for choice in screen.all_choices)


def texts_of(rehearsal: Rehearsal) -> Iterator[tuple[str, int]]:
    """Yield (text, line) of what it teaches: explanations and what is to be remembered."""
    yield from ((choice.teaches, choice.line) for _, choice in answers_of(rehearsal))
    yield from ((text, rehearsal.remember_line) for text in rehearsal.remember)


def screen_texts(screen: RehearsalScreen) -> Iterator[tuple[str, int]]:
    """Yield (text, line) of what a screen shows: its phone, and what can be done."""
    yield from ((screen.title, screen.line), (screen.says, screen.line))
    for row in screen.rows:
        yield from ((text, row.line) for text in (row.text, row.says, row.end))
    yield from ((choice.text, choice.line) for choice in screen.choices)


def words_on(screen: RehearsalScreen) -> str:
    """Return all words of a screen's phone."""
    return " ".join(chain.from_iterable((row.text, row.says) for row in screen.rows))
