"""Decodes Vietnamese in legacy encodings: TCVN3 and VNI fonts, UTF-8 read as Windows-1252.

Any other text gives "": each word that changes must become a Vietnamese syllable. Tables: TCVN
5712:1993, its third form; VNI-Win. No maintained package for these was found.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from portal.language.syllables import is_syllable

_TCVN3 = str.maketrans(
    "µ¸¶·¹¨»¾¼½Æ©ÇÊÈÉË®ÌÐÎÏÑªÒÕÓÔÖ×ÝØÜÞßãáâä«åèæçé¬êíëìîïóñòô\u00adõøö÷ùúýûüþ¡¢£¤¥¦§",
    "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵĂÂÊÔƠƯĐ",
)
_VNI_MARKS = {  # letters of Latin-1 that stand after a vowel, and the vowels with each
    "aeouy": ("øùûõï", "àáảãạ èéẻẽẹ òóỏõọ ùúủũụ ỳýỷỹỵ"),
    "aeo": ("âàáåãä", "âầấẩẫậ êềếểễệ ôồốổỗộ"),
    "a": ("êèéúüë", "ăằắẳẵặ"),
    "ôö": ("øùûõï", "ờớởỡợ ừứửữự"),
}
_VNI = {
    vowel + mark: letter
    for vowels, (marks, letters) in _VNI_MARKS.items()
    for vowel, row in zip(vowels, letters.split(), strict=True)
    for mark, letter in zip(marks, row, strict=True)
} | {"ñ": "đ", "ô": "ơ", "ö": "ư", "î": "ỵ", "æ": "ỉ", "ó": "ĩ", "ò": "ị"}
_VNI_PATTERN = re.compile("|".join(sorted(_VNI, key=len, reverse=True)), re.IGNORECASE)
# A word of the fonts: letters of Latin-1, with signs of it that stand for letters.
_RUN = re.compile(r"[A-Za-z\u00a1-\u00ff]+")
_RUNS = re.compile(rf"{_RUN.pattern}|[^A-Za-z\u00a1-\u00ff]+")
_ENOUGH = 2  # words that become Vietnamese
_MOST = 0.6  # of the words of a line
_LONGEST_SHORT = 4  # letters of an abbreviation, such as "NĐ" and "UBND"


def decode_line(line: str) -> str:
    """Return a line of another encoding as Unicode, "" when that is not certain."""
    if line.isascii():
        return ""
    if decoded := from_cp1252(line):
        return decoded
    words = _words_of(line)
    found = {
        "".join(decode(run) if not run.isascii() else run for run in _RUNS.findall(line))
        for decode in _DECODERS
        if words and all(_may_be_word(decode(word)) for word in words)
    }
    return found.pop() if len(found) == 1 else ""  # several results are ambiguous


def looks_encoded(line: str) -> bool:
    """Return whether most words of a line are Vietnamese in TCVN3 or VNI."""
    words = _words_of(line)
    shares = (sum(_may_be_word(decode(word)) for word in words) for decode in _DECODERS)
    return len(words) > _ENOUGH and max(shares) >= _MOST * len(words)


def _words_of(line: str) -> list[str]:
    """Return the words that may be in such a font, none where a line is clearly Unicode."""
    if line.isascii() or any(letter > "\u00ff" and letter.isalpha() for letter in line):
        return []
    words = [word for word in _RUN.findall(line) if not word.isascii()]
    is_unicode = sum(map(is_syllable, words)) * 2 > len(words)
    is_short = sum(len(word) > 1 for word in words) < _ENOUGH  # lone signs are no words
    return [] if is_unicode or is_short else words


def _may_be_word(word: str) -> bool:
    is_short = word.isalpha() and word.isupper() and 1 < len(word) <= _LONGEST_SHORT
    return is_short or is_syllable(word)


def _from_tcvn3(word: str) -> str:
    return word.translate(_TCVN3)


def _from_vni(word: str) -> str:
    return _VNI_PATTERN.sub(_vni_letter, word)


def _vni_letter(found: re.Match[str]) -> str:
    letter = _VNI[found[0].lower()]
    return letter.upper() if found[0][0].isupper() else letter


def from_cp1252(line: str) -> str:
    """Return the text of a line of UTF-8 that was decoded as Windows-1252, else "".

    Any other Vietnamese has letters outside Windows-1252, or bytes that are not UTF-8.
    """
    try:
        return b"".join(map(_byte, line)).decode()
    except UnicodeError:
        return ""


def _byte(letter: str) -> bytes:
    """Return the byte of a Windows-1252 character; its five undefined bytes map to themselves."""
    try:
        return letter.encode("cp1252")
    except UnicodeEncodeError:
        return letter.encode("latin-1")


_DECODERS: tuple[Callable[[str], str], ...] = (_from_tcvn3, _from_vni)
