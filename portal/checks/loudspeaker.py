"""Checks of editors' texts for loudspeakers: length, sentences, sayable words, numbers to call."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from portal.checks.inputs import reads
from portal.language.speech import (
    Pronunciation,
    count_spoken,
    find_unsayable,
    parse_numbers,
    said_amounts,
    said_numbers,
    say_digits,
)
from portal.language.telephone import EMERGENCY, plain_number
from portal.language.text import shorten
from portal.library.announcements import (
    MAX_SENTENCE,
    MAX_SYLLABLES,
    Announcement,
    announcement_of,
    numbers_in,
    said_sentences,
)
from portal.library.library import Library, Page
from portal.library.page_kinds import GUIDE, LOUDSPEAKER
from portal.source.problems import Problem

_ON_CARD = "số in sau thẻ"
_WRITE_OUT = "viết bằng chữ như khi nói; chữ tắt thì thêm vào spoken trong data/wording.yml"


@reads("data/wording.yml", "data/glossary.yml", "data/contacts.yml")
def check_announcement(page: Page, library: Library) -> Iterator[Problem]:
    """Yield an error for each fault of a guide's own text; a drafted one has none."""
    if page.kind is not GUIDE or not isinstance(page.meta.get(LOUDSPEAKER.name), str):
        return
    announcement = announcement_of(page, library)
    if announcement.is_written:
        for line, text in _lines(page):
            yield from _check_words(page, line, text, library.pronunciation)
            yield from _check_end(page, line, text)
            yield from _check_sentences(page, line, text, library.pronunciation)
        yield from _check_length(page, announcement)
        yield from _check_numbers(page, announcement, library.pronunciation)
        yield from _check_amounts(page, announcement, library.pronunciation)


def _lines(page: Page) -> Iterator[tuple[int, str]]:
    """Yield (line in the file, text) of each line of the field."""
    rows, at = page.source.split("\n"), page.line_of(LOUDSPEAKER.name)
    for text in map(str.strip, str(page.meta[LOUDSPEAKER.name]).split("\n")):
        if text:
            at = next((n for n in range(at, page.file.body_line) if text in rows[n - 1]), at)
            yield at, text


def _check_words(
    page: Page, line: int, text: str, pronunciation: Pronunciation
) -> Iterator[Problem]:
    """Yield an error for what cannot be said as written; known short forms can."""
    if left := next(find_unsayable(pronunciation.expand(text)), ""):
        message = f"lời đọc trên loa có '{left}', người đọc không đọc ngay được"
        said = pronunciation.say(text)
        fix = _WRITE_OUT if any(find_unsayable(said)) else f"viết bằng chữ:  {said}"
        yield Problem(page.path, line, message, fix)


def _check_end(page: Page, line: int, text: str) -> Iterator[Problem]:
    """Yield an error for a line that ends within a sentence: each line is a paragraph, as said."""
    if not text.rstrip("”)").endswith((".", "!", "?", "…")):
        message = f"dòng '{shorten(text, 40)}' không có dấu hết câu, người đọc ngắt sai chỗ"
        yield Problem(page.path, line, message, "thêm dấu chấm, hoặc viết câu ấy trên một dòng")


def _check_sentences(
    page: Page, line: int, text: str, pronunciation: Pronunciation
) -> Iterator[Problem]:
    for sentence in said_sentences(text, pronunciation):
        if (count := count_spoken(sentence)) > MAX_SENTENCE:
            message = f"câu '{shorten(sentence, 40)}' đọc {count} tiếng, nhiều nhất {MAX_SENTENCE}"
            yield Problem(page.path, line, message, "tách thành hai câu, mỗi câu một ý")


def _check_length(page: Page, announcement: Announcement) -> Iterator[Problem]:
    if (over := announcement.syllables - MAX_SYLLABLES) > 0:
        message = (
            f"lời đọc trên loa có {announcement.syllables} tiếng, đọc {announcement.seconds} giây, "
            f"nhiều nhất {MAX_SYLLABLES} tiếng, 90 giây"
        )
        yield _at(page, message, f"bớt ít nhất {over} tiếng")


def _check_numbers(
    page: Page, announcement: Announcement, pronunciation: Pronunciation
) -> Iterator[Problem]:
    """Yield an error for a number said once, one that the guide has not, and when none is said.

    The number may be named by its place instead, on the bank's card, also twice.
    """
    known = numbers_in(page)
    numbers = known | pronunciation.phones | EMERGENCY
    said = Counter(
        number
        for sentence in announcement.sentences
        for digits in said_numbers(sentence)
        for number in parse_numbers(digits, numbers)
        if number.strip("0")
    )
    for number, count in said.items():
        if number not in known:
            message = f"lời đọc trên loa nói số {number}, trong bài không có số ấy"
            yield _at(page, message, "sửa cho đúng số trong bài, hoặc bỏ câu ấy")
        elif count == 1:
            message = f"lời đọc trên loa nói số {number} có một lần, bà con không kịp ghi"
            yield _at(page, message, f"thêm câu:  Xin nhắc lại, {say_digits(number)}.")
    on_card = " ".join(announcement.sentences).count(_ON_CARD)
    if on_card == 1:
        message = f"lời đọc trên loa nói '{_ON_CARD}' có một lần, bà con không kịp nhớ"
        yield _at(page, message, f"thêm câu:  Xin nhắc lại, {_ON_CARD}.")
    if (
        announcement.numbers
        and not on_card
        and not said.keys() & set(map(plain_number, announcement.numbers))
    ):
        to_call = ", ".join(announcement.numbers)
        message = f"lời đọc trên loa không nói số nào để gọi, trong bài có {to_call}"
        said_twice = say_digits(announcement.numbers[0])
        fix = f"thêm câu:  Gọi {said_twice}. Xin nhắc lại, {said_twice}."
        yield _at(page, message, fix)


def _check_amounts(
    page: Page, announcement: Announcement, pronunciation: Pronunciation
) -> Iterator[Problem]:
    """Yield an error for a sum or share that the guide, whose figures have a source, has not."""
    amounts = {each: None for said in announcement.sentences for each in said_amounts(said)}
    if amounts:
        known = pronunciation.say(page.contents.said).lower()
        for amount in (each for each in amounts if each not in known):
            message = f"lời đọc trên loa nói '{amount}', trong bài không có"
            yield _at(page, message, "sửa cho đúng số trong bài, hoặc bỏ câu ấy")


def _at(page: Page, message: str, fix: str) -> Problem:
    return Problem(page.path, page.line_of(LOUDSPEAKER.name), message, fix)
