"""Written Vietnamese in the words of an announcer: numbers, days, money, telephone numbers.

`say` spells out what people read at sight and speak otherwise; `count_spoken` and `sentences_in`
measure what is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache

from portal.language.syllables import is_syllable
from portal.language.telephone import EMERGENCY, codes_in
from portal.language.text import UPPER_CASE

DIGITS = "không một hai ba bốn năm sáu bảy tám chín".split()
_STEPS = ((10**9, "tỷ"), (10**6, "triệu"), (1000, "nghìn"))
_MARKS = {"*": "sao", "#": "thăng"}
_ROMAN = {"I": 1, "II": 2, "III": 3, "IV": 4}
_FIRST_DAYS = 10  # "ngày mùng một" to "ngày mùng mười"

_EDGE, _END = r"(?<![\w/.,])", r"(?![\w/]|[.,]\d)"
_DATE = re.compile(
    rf"{_EDGE}(?:ngày\s+)?(0?[1-9]|[12]\d|3[01])/(0?[1-9]|1[0-2])/(\d{{4}}){_END}", re.IGNORECASE
)
_SHORT_DATE = re.compile(
    rf"(?<!\w)ngày\s+(0?[1-9]|[12]\d|3[01])/(0?[1-9]|1[0-2]){_END}", re.IGNORECASE
)
_MONTH = re.compile(rf"{_EDGE}(?:tháng\s+)?(0?[1-9]|1[0-2])/(\d{{4}}){_END}", re.IGNORECASE)
_OTHER_DATE = re.compile(r"(?<![\w/.,-])(\d{1,2})([.-])(\d{1,2})\2(\d{4})(?![\w-])")  # "1-7-2026"
_DAYS = re.compile(r"(?<!\w)(ngày)\s+(\d{1,2})\s?[–-]\s?(?=\d{1,2}/\d)", re.IGNORECASE)
_PLAIN_DATE = re.compile(rf"{_EDGE}(?<!-)(0?[1-9]|[12]\d|3[01])/(0?[1-9]|1[0-2]){_END}")
_ALWAYS = "24/7"  # which is no day
_TO_A_DAY = re.compile(r"(?<=\w)\s?[–-]\s?(?=(?:ngày|tháng)\s)")
_NEGATIVE = re.compile(r"(?<!\w)[-−](?=\d)")
_NAMED_DAY = re.compile(r"(?<!\w)(ngày)\s+(0?[1-9]|10)(?=\s+tháng\b)", re.IGNORECASE)
_NAMED_MONTH = re.compile(rf"(?<!\w)(tháng)\s+0?(\d{{1,2}}){_END}", re.IGNORECASE)
_QUARTER = re.compile(r"(?<!\w)(quý) (I{1,3}|IV)(?:/(\d{4}))?(?!\w)", re.IGNORECASE)
_RANK = re.compile(rf"(?<!\w)(thứ)\s+([14]){_END}", re.IGNORECASE)
_LAW = re.compile(r"(?<![\w/])(\d+)(?:/(\d{4}))?/[A-ZĐ]{2}[\wĐ]*(?:[-–][A-ZĐ][\wĐ]*)*")
_NAMED_LAW = re.compile(
    r"((?:nghị định|nghị quyết|quyết định|thông tư|chỉ thị|công văn)(?:\s+số)?)\s+(\d+)/(\d{4})",
    re.IGNORECASE,
)
_CLOCK = re.compile(r"(?<!\w)([01]?\d|2[0-3])(?:h|:)([0-5]\d)(?!\w)|(?<!\w)([01]?\d|2[0-4])h(?!\w)")
_PHONE = re.compile(r"(?<![\w/.+])(?:1[89]00[ .]?\d{2,6}(?: \d{2,4})?|0\d{2,3}(?:[ .]?\d{3}){2})\b")
_GROUPED = re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+")
_NUMBER = r"(?:[1-9]\d{0,2}(?:\.\d{3})+|\d+)(?:,\d+)?"
_RANGE = re.compile(rf"(?<!\w)({_NUMBER})\s?[-–]\s?(?={_NUMBER})")
_ANY_NUMBER = re.compile(rf"(?<![\w.]){_NUMBER}(?!\w|\.\d)")
_PERCENT = re.compile(r"(?<=\d)\s?%")
_MONEY = re.compile(r"(?<=\d)\s?(?:đ|₫|VNĐ|VND)(?!\w)", re.IGNORECASE)
_EACH = re.compile(r"(?<=\w)/(?=(?:ngày|tuần|tháng|năm|phút|giờ|lần|người|hộ|tin|cuộc)(?!\w))")
_FRACTION = re.compile(r"(?<![\w/])(\d{1,3})/(\d{1,3})(?![\w/])")
_NUMERAL = re.compile(r"\d|(?<!\w)quý I", re.IGNORECASE)  # what all rules but `_EACH` need
_BLANKS = re.compile(r"\s+")
_SENTENCE = re.compile(r"(?:[^.!?…]|[.!?…](?=[^\s”).!?…]))+[.!?…]*[”)]*")
_WORD = re.compile(r"[^\W_]+")
_DIGIT_WORD = rf"(?<!\w)(?:{'|'.join(DIGITS)})(?! (?:mươi|trăm|nghìn|triệu|tỷ)|\w)"
_GROUP = rf"{_DIGIT_WORD}(?: {_DIGIT_WORD})"
_SAID = re.compile(rf"{_GROUP}{{2,}}(?:, {_GROUP}+)*")
_VOWEL = "aăâeêioôơuưyàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ"
_NUMBER_WORD = "|".join((*DIGITS, *"mười mươi mốt tư lăm trăm nghìn triệu tỷ linh phẩy".split()))
_AMOUNT = re.compile(rf"(?<!\w)(?:(?:{_NUMBER_WORD}) )+(?:đồng|phần trăm)(?!\w)", re.IGNORECASE)
_UNSAYABLE = re.compile(
    rf"\w+(?:[.@/]\w+)+|\w*\d\w*(?:[.,/–-]\w*\d\w*)*|\w*[{UPPER_CASE}]\w*[{UPPER_CASE}]\w*"
    rf"|[^\W\d_]*[^\W\d_{UPPER_CASE}][{UPPER_CASE}]\w*|[^\w\s.,;:!?…“”’()–-]"
    rf"|(?<!\w)[^\W\d_{_VOWEL}{_VOWEL.upper()}]{{2,}}(?!\w)"
)
_VOWELS = re.compile(f"[{_VOWEL}]+", re.IGNORECASE)


def say_number(number: int) -> str:
    """Return a whole number from 0 in words: 1005 is "một nghìn không trăm linh năm"."""
    for step, name in _STEPS:
        if number >= step:
            above, rest = divmod(number, step)
            words = f"{say_number(above)} {name}"
            if not rest:
                return words
            return f"{words} {say_number(rest) if rest >= 1000 else _say_hundreds(rest)}"
    return _say_hundreds(number) if number >= 100 else _say_tens(number)


def _say_hundreds(number: int) -> str:
    """Return a number below 1000 with its hundreds, "không trăm" too."""
    hundreds, rest = divmod(number, 100)
    link = "" if not rest else " linh " if rest < 10 else " "
    return f"{DIGITS[hundreds]} trăm{link}{_say_tens(rest) if rest else ''}"


def _say_tens(number: int) -> str:
    tens, unit = divmod(number, 10)
    if not tens:
        return DIGITS[unit]
    name = "mười" if tens == 1 else f"{DIGITS[tens]} mươi"
    if not unit:
        return name
    changed = {5: "lăm"} if tens == 1 else {1: "mốt", 4: "tư", 5: "lăm"}
    return f"{name} {changed.get(unit, DIGITS[unit])}"


def say_digits(number: str) -> str:
    """Return a number digit by digit, a comma between its groups: "1900 0368", "*101#"."""
    groups = re.split(r"[ .-]+", number.strip())
    return ", ".join(
        " ".join(_MARKS.get(mark) or DIGITS[int(mark)] for mark in group if mark in "0123456789*#")
        for group in groups
    )


def say_day(day: int, month: int, year: int = 0) -> str:
    """Return a day without the word "ngày": "mùng một tháng bảy năm hai nghìn …"."""
    first = "mùng " if day <= _FIRST_DAYS else ""
    return f"{first}{say_number(day)} {say_month(month, year)}"


def say_month(month: int, year: int = 0) -> str:
    """Return "tháng tư năm hai nghìn không trăm hai mươi sáu"; without a year, the month."""
    name = "tư" if month == 4 else say_number(month)
    return f"tháng {name}" + (f" năm {say_number(year)}" if year else "")


@dataclass(frozen=True)
class Pronunciation:
    """Pronunciation rules: `forms` expand abbreviations, `phones` are telephone numbers.

    A number in `phones` ("156", "5656") is said digit by digit wherever it stands alone; emergency
    numbers, 1800, 1900 and numbers that begin with 0 always are.
    """

    forms: Mapping[str, str] = field(default_factory=dict)
    phones: frozenset[str] = frozenset()

    def with_phones(self, numbers: Iterable[str]) -> Pronunciation:
        """Return the same with further numbers to call."""
        further = self.phones.union(numbers)
        return self if further == self.phones else replace(self, phones=further)

    @cached_property
    def _forms(self) -> re.Pattern[str]:
        names = sorted(self.forms, key=len, reverse=True)
        return re.compile(rf"(?<![\w.])(?:{'|'.join(map(re.escape, names)) or '(?!)'})(?!\w|\.\w)")

    @cached_property
    def _phones(self) -> re.Pattern[str]:
        numbers = sorted(self.phones | EMERGENCY, key=len, reverse=True)
        choices = "|".join(map(re.escape, numbers))
        return re.compile(rf"(?<![\w.,/–-])(?:{choices})(?![\w/–-]|[.,]\d)")

    def expand(self, text: str) -> str:
        """Return a text with its short forms in words, and all else as written."""
        return self._forms.sub(lambda found: self.forms[found[0]], text)

    def say(self, text: str) -> str:
        """Return a text with all known tokens spelled out; others are unchanged."""
        if not (_NUMERAL.search(text) or _EACH.search(text)):
            return _BLANKS.sub(" ", self.expand(text)).strip()
        for code in codes_in(text):
            text = text.replace(code, say_digits(code))
        text = _PHONE.sub(lambda found: say_digits(found[0]), text)
        text = self._phones.sub(lambda found: say_digits(found[0]), text)
        text = _say_days(_say_laws(text))
        text = _CLOCK.sub(_say_clock, text)
        text = _EACH.sub(" một ", _PERCENT.sub(" phần trăm", _MONEY.sub(" đồng", text)))
        text = self.expand(text)
        text = _FRACTION.sub(lambda found: f"{found[1]} trên {found[2]}", text)
        text = _NEGATIVE.sub("âm ", _RANGE.sub(r"\1 đến ", text))
        text = _RANK.sub(lambda found: f"{found[1]} {'nhất' if found[2] == '1' else 'tư'}", text)
        text = _ANY_NUMBER.sub(lambda found: _say_written(found[0]), text)
        return _BLANKS.sub(" ", text).strip()


def _say_laws(text: str) -> str:
    def named(found: re.Match[str]) -> str:
        return f"{found[1]} {say_number(int(found[2]))} năm {say_number(int(found[3]))}"

    def numbered(found: re.Match[str]) -> str:
        year = f" năm {say_number(int(found[2]))}" if found[2] else ""
        return say_number(int(found[1])) + year

    return _NAMED_LAW.sub(named, _LAW.sub(numbered, text))


def _say_days(text: str) -> str:
    text = _DAYS.sub(_say_first_day, _OTHER_DATE.sub(r"\1/\3/\4", text))
    text = _DATE.sub(lambda found: _day(found[0], say_day(*map(int, found.groups()))), text)
    text = _SHORT_DATE.sub(lambda found: _day(found[0], say_day(*map(int, found.groups()))), text)
    text = _PLAIN_DATE.sub(_say_plain_date, text)
    text = _MONTH.sub(lambda found: _cased(found[0], say_month(int(found[1]), int(found[2]))), text)
    text = _QUARTER.sub(_say_quarter, text)
    text = _TO_A_DAY.sub(" đến ", text)
    text = _NAMED_DAY.sub(lambda found: f"{found[1]} mùng {say_number(int(found[2]))}", text)
    return _NAMED_MONTH.sub(lambda found: _cased(found[0], say_month(int(found[2]))), text)


def _say_plain_date(found: re.Match[str]) -> str:
    """Return "30/4" or "01/07" as a day: no fraction is more than one, or begins with a zero."""
    is_day = int(found[1]) > int(found[2]) or "0" in (found[1][0], found[2][0])
    is_day = is_day and found[0] != _ALWAYS
    return f"ngày {say_day(int(found[1]), int(found[2]))}" if is_day else found[0]


def _say_first_day(found: re.Match[str]) -> str:
    """Return the "ngày 1–" of "ngày 1–3/7"."""
    first = "mùng " if int(found[2]) <= _FIRST_DAYS else ""
    return f"{found[1]} {first}{say_number(int(found[2]))} đến ngày "


def _say_quarter(found: re.Match[str]) -> str:
    year = f" năm {say_number(int(found[3]))}" if found[3] else ""
    return f"{found[1]} {say_number(_ROMAN[found[2].upper()])}{year}"


def _day(written: str, words: str) -> str:
    return _cased(written, f"ngày {words}")


def _cased(written: str, words: str) -> str:
    """Return words with a capital where the written text has one."""
    return words[0].upper() + words[1:] if written[0].isupper() else words


def _say_clock(found: re.Match[str]) -> str:
    hour, minute = int(found[1] or found[3]), int(found[2] or 0)
    return f"{say_number(hour)} giờ" + (f" {say_number(minute)}" if minute else "")


def _say_written(number: str) -> str:
    """Return "5,2", "50.000" or "0123" in words; leading zeros are said."""
    whole, _, decimals = number.partition(",")
    plain = whole.replace(".", "") if _GROUPED.fullmatch(whole) else whole
    is_counted = plain == "0" or not plain.startswith("0")
    words = say_number(int(plain)) if is_counted and len(plain) <= 12 else say_digits(plain)
    return f"{words} phẩy {_say_decimals(decimals)}" if decimals else words


def _say_decimals(decimals: str) -> str:
    is_pair = len(decimals) == 2 and decimals[0] != "0"
    return say_number(int(decimals)) if is_pair else say_digits(decimals)


def sentences_in(text: str) -> Iterator[str]:
    """Yield the sentences of a text; a dot with more right behind it ends none."""
    for found in _SENTENCE.findall(text):
        if _WORD.search(found):
            yield found.strip()


def count_spoken(text: str) -> int:
    """Return the number of syllables of a text as it is said.

    A word that is no Vietnamese syllable counts its groups of vowels: "Zalo" has two.
    """
    return sum(map(_syllables, _WORD.findall(text)))


@lru_cache(maxsize=4096)
def _syllables(word: str) -> int:
    return 1 if is_syllable(word) else max(1, len(_VOWELS.findall(word)))


def said_numbers(text: str) -> Iterator[str]:
    """Yield the digits of each number said digit by digit, at least three, in a text in words.

    A comma parts the groups of one number, the first of three digits or more: "một một ba, một một
    bốn" gives "113114". Two numbers said one after the other come together.
    """
    for found in _SAID.finditer(text.lower()):
        digits = "".join(str(DIGITS.index(word)) for word in _WORD.findall(found[0]))
        if len(digits.strip("0")) > 2 or len(digits) > 3:  # "một năm không": "không" is also "not"
            yield digits


def said_amounts(text: str) -> Iterator[str]:
    """Yield each sum and share in a text in words: "ba mươi nghìn đồng", "tám phần trăm"."""
    yield from (found[0].lower() for found in _AMOUNT.finditer(text))


def parse_numbers(said: str, known: Iterable[str]) -> list[str]:
    """Return the numbers, of those known, that digits said one after the other consist of.

    Digits of no known number come back as they are.
    """
    numbers = sorted(known, key=len, reverse=True)
    found, at = list[str](), 0
    while at < len(said):
        number = next((each for each in numbers if said.startswith(each, at)), said[at:])
        found.append(number)
        at += len(number)
    return found


def find_unsayable(text: str) -> Iterator[str]:
    """Yield each part of a text that an announcer cannot say as written.

    Digits, signs, addresses and short forms: in capitals, as "VNeID", or without a vowel, as "sđt".
    """
    yield from (found[0] for found in _UNSAYABLE.finditer(text))
