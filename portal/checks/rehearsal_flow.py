"""Checks of rehearsals: valid targets, explained mistakes, a reachable end, no secrets.

Every button works, the end is reachable from every screen, and no field asks for what is secret.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from portal.checks.inputs import reads
from portal.language.likeness import nearest
from portal.language.text import fold
from portal.library.library import Library
from portal.library.rehearsals import (
    ENDING,
    FOLDER,
    Rehearsal,
    RehearsalScreen,
    ScreenRow,
    answers_of,
    screen_texts,
    words_on,
)
from portal.source.problems import Problem
from portal.source.schema import DRAFT

# What a field must not ask for, folded; a made-up OTP that stands on a screen before is fine.
SECRETS = (
    "mat khau",
    "passcode",
    "ma pin",
    "pin",
    "mat ma",
    "ma bi mat",
    "password",
    "can cuoc",
    "cccd",
    "cmnd",
    "so dinh danh",
    "so the",
    "cvv",
    "so tai khoan",
    "so dien thoai",
    "so bhxh",
    "so bao hiem",
    "ma so thue",
)
_TOO_MANY_DIGITS = 12
_BETWEEN_DIGITS = re.compile(r"(?<=\d)[\s.–-]+(?=\d)")


@reads(FOLDER)
def check_rehearsals(library: Library) -> Iterator[Problem]:
    """Yield an error for each choice without target or explanation, and each dead end."""
    for rehearsal in library.rehearsals:
        broken = [*_check_choices(rehearsal), *_check_buttons(rehearsal)]
        yield from broken
        if not broken:
            yield from _check_ways(rehearsal)
        yield from _check_fields(rehearsal)
        yield from _check_numbers(rehearsal)


def _check_choices(rehearsal: Rehearsal) -> Iterator[Problem]:
    if screen := rehearsal.by_id.get(ENDING):
        message = f"mã '{ENDING}' là của màn cuối mà trang tự vẽ"
        fix = f"đặt mã khác:  id: {ENDING}-{screen.number}, và sửa các to: dẫn tới màn ấy"
        yield Problem(rehearsal.path, screen.line, message, fix)
    for screen, choice in answers_of(rehearsal):
        name = f"lựa chọn '{choice.text}'"
        if choice.to and choice.to != ENDING and choice.to not in rehearsal.by_id:
            ids = [*rehearsal.by_id, ENDING]
            near = nearest(choice.to, ids)
            fix = f"to: {near[0]}" if near else f"chọn một: {', '.join(ids)}"
            message = f"{name} dẫn tới màn '{choice.to}' không có"
            yield Problem(rehearsal.path, choice.line, message, fix)
        elif not choice.to:
            message = f"{name} không dẫn tới màn nào"
            fix = f"thêm to: {_id_after(screen, rehearsal)}, hoặc wrong: true khi không nên làm vậy"
            yield Problem(rehearsal.path, choice.line, message, fix)
        elif choice.wrong and choice.to == ENDING:
            message = f"{name} là sai mà dẫn thẳng tới màn cuối, như là đã làm đúng"
            yield Problem(rehearsal.path, choice.line, message, f"xóa to: {ENDING}")
        if choice.wrong and not choice.teaches:
            message = f"{name} là sai mà chưa có lời giải thích"
            fix = f'thêm rồi điền:  teaches: "{DRAFT}vì sao, nói nhẹ nhàng]"'
            yield Problem(rehearsal.path, choice.line, message, fix)


def _check_buttons(rehearsal: Rehearsal) -> Iterator[Problem]:
    """Yield an error for each button without effect."""
    for screen in rehearsal.screens:
        for row in screen.rows:
            if row.kind in ("button", "link") and not row.choice:
                message = f"nút '{row.text}' bấm không được"
                fix = f"thêm to: {_id_after(screen, rehearsal)}, hoặc wrong: true và teaches"
                yield Problem(rehearsal.path, row.line, message, fix)


def _id_after(screen: RehearsalScreen, rehearsal: Rehearsal) -> str:
    following = rehearsal.screens[screen.number : screen.number + 1]
    return following[0].id if following else ENDING


def _check_ways(rehearsal: Rehearsal) -> Iterator[Problem]:
    """Yield an error for each unreachable screen, and each without a path to the end."""
    for screen in rehearsal.screens:
        ways = [each for each in screen.all_choices if not each.wrong]
        if not ways:
            message = f"màn '{screen.id}' không có lựa chọn nào đúng để đi tiếp"
            to = _id_after(screen, rehearsal)
            fix = f'thêm vào choices:  - {{text: "{DRAFT}làm gì]", to: {to}}}'
            yield Problem(rehearsal.path, screen.line, message, fix)
    reached = _reached(rehearsal)
    for screen in rehearsal.screens:
        if screen.id not in reached:
            message = f"không lựa chọn nào dẫn tới màn '{screen.id}'"
            yield Problem(
                rehearsal.path, screen.line, message, f"ghi to: {screen.id} ở một màn trước"
            )
    for screen in rehearsal.screens:
        if screen.id in reached and not _ends(screen, rehearsal):
            message = f"từ màn '{screen.id}' chọn đúng mãi cũng không tới màn cuối"
            fix = f"ghi to: {ENDING} ở lựa chọn đúng của màn sau cùng"
            yield Problem(rehearsal.path, screen.line, message, fix)


def _reached(rehearsal: Rehearsal) -> set[str]:
    """Return the ids of the screens reachable from the first."""
    return _from(rehearsal.screens[0], rehearsal, with_wrong=True)


def _ends(screen: RehearsalScreen, rehearsal: Rehearsal) -> bool:
    """Return whether correct choices alone lead from a screen to the end."""
    has_way = any(not each.wrong for each in screen.all_choices)
    return not has_way or ENDING in _from(screen, rehearsal, with_wrong=False)


def _from(start: RehearsalScreen, rehearsal: Rehearsal, *, with_wrong: bool) -> set[str]:
    seen, waiting = {start.id}, [start]
    while waiting:
        for choice in waiting.pop().all_choices:
            if choice.to not in seen and (with_wrong or not choice.wrong):
                seen.add(choice.to)
                waiting += [rehearsal.by_id[choice.to]] if choice.to in rehearsal.by_id else []
    return seen


def _check_fields(rehearsal: Rehearsal) -> Iterator[Problem]:
    """Yield an error for each field that may ask for a secret, or takes a real number."""
    said = ""
    for screen in rehearsal.screens:
        for row in (each for each in screen.rows if each.kind == "type"):
            yield from _check_field(row, screen, said, rehearsal)
        said = f"{said} {words_on(screen)}"


def _words_without(screen: RehearsalScreen, row: ScreenRow) -> str:
    """Return the words of a screen's other rows: a made-up code may stand on the same screen."""
    return " ".join(each.text for each in screen.rows if each is not row)


def _check_field(
    row: ScreenRow, screen: RehearsalScreen, before: str, rehearsal: Rehearsal
) -> Iterator[Problem]:
    said = f"{before} {_words_without(screen, row)}"
    asked = f" {fold(f'{row.text} {screen.title} {screen.says}')} "
    if any(f" {secret} " in asked for secret in SECRETS):
        message = f"ô '{row.text}' trông như hỏi điều phải giữ kín"
        fix = "đổi thành field, vẽ ô đã điền ●●●●; bà con không gõ gì"
        yield Problem(rehearsal.path, row.line, message, fix)
    if "".join(row.answer.split()) not in "".join(said.split()):
        message = f"chữ phải gõ '{row.answer}' không hiện ở màn nào trước ô '{row.text}'"
        fix = f"ghi {row.answer} vào một dòng của màn trước, để bà con chép lại"
        yield Problem(rehearsal.path, row.line, message, fix)


def _check_numbers(rehearsal: Rehearsal) -> Iterator[Problem]:
    """Yield an error for each number as long as a real citizen's, with blanks and dots or not."""
    for screen in rehearsal.screens:
        told = [*screen_texts(screen)]
        told += [(each.teaches, each.line) for each in screen.all_choices]
        for line in dict.fromkeys(line for text, line in told if _is_like_a_citizens(text)):
            message = f"màn '{screen.id}' có dãy {_TOO_MANY_DIGITS} chữ số, như số căn cước thật"
            yield Problem(rehearsal.path, line, message, "che bớt, ví dụ 0370●●●●●●●●")


def _is_like_a_citizens(text: str) -> bool:
    return any(map(str.isdecimal, _windows(_BETWEEN_DIGITS.sub("", text))))


def _windows(text: str) -> Iterator[str]:
    starts = range(len(text) - _TOO_MANY_DIGITS + 1)
    return (text[start : start + _TOO_MANY_DIGITS] for start in starts)
