"""Raw keystrokes of Telex and VNI, as a keyboard leaves them that does not compose Vietnamese.

The rules are those of the search box (theme/assets/search/mending.js): tone keys inside or at the
end of a syllable.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from portal.language.syllables import is_bare_syllable, is_syllable
from portal.language.text import to_house_tone_style, to_nfc

_ACUTE, _GRAVE, _HOOK, _TILDE, _DOT = "\u0301", "\u0300", "\u0309", "\u0303", "\u0323"
_HAT, _HORN, _BREVE = "\u0302", "\u031b", "\u0306"
_TONES = dict(zip("sfrxj12345", (_ACUTE, _GRAVE, _HOOK, _TILDE, _DOT) * 2, strict=True))
_SIGNS = {"6": ("aeo", _HAT), "7": ("uo", _HORN), "8": ("a", _BREVE), "w": ("uo", _HORN)}
_KEYS = re.compile(r"[a-z]{1,8}[a-z0-9]*")
_MAX_LETTERS = 10
_VOWELS = "aeiouy"


@lru_cache(maxsize=4096)
def compose_keys(word: str) -> str:
    """Return the syllable that keystrokes make ("ddieenj" and "d9ie6n5" give "điện"), else "".

    Words that are Vietnamese as they stand, with or without accents, make none.
    """
    keys = word.lower()
    if len(keys) > _MAX_LETTERS or not _KEYS.fullmatch(keys) or is_bare_syllable(keys):
        return ""
    composed = _compose(keys)
    if not is_syllable(composed) or composed.isascii():
        return ""
    if word.isupper():
        return composed.upper()
    return composed[0].upper() + composed[1:] if word[0].isupper() else composed


# Keys that no English word has so: "dd" first, two horns, a tone at the end of a doubled vowel.
_SURE = re.compile(
    r"dd.*|.*(?:uow|uwo|owu).*|.*(?:aa|ee|oo|[aou]w).*[fjx]|.*[fj]|(?:kh|ngh?|nh|gh).*[sfrxj][a-z]+"
)
_ENGLISH = frozenset("beef chef gif hoof if of raj reef roof taj tif brief chief thief".split())


def compose_alone(word: str) -> str:
    """Return the syllable that keystrokes make where the word is no English one, else "".

    A word may be half composed ("đươcj").
    """
    keys = word.lower()
    if keys.isascii():
        return compose_keys(word) if _SURE.fullmatch(keys) and keys not in _ENGLISH else ""
    tone = _TONES.get(keys[-1], "")
    return _with_tone(word[:-1], tone) if tone and not is_syllable(keys) else ""


def _with_tone(word: str, tone: str) -> str:
    """Return a syllable of Vietnamese letters with a tone, "" when it is none."""
    letters = [unicodedata.normalize("NFD", letter) for letter in to_nfc(word)]
    bare, signs = [each[0].lower() for each in letters], [each[1:] for each in letters]
    if any(set(each) & set(_TONES.values()) for each in signs):
        return ""
    at = _tone_place([letter if letter != "đ" else "d" for letter in bare], signs)
    if at is None:
        return ""
    letters[at] += tone
    made = to_house_tone_style(to_nfc("".join(letters)))
    return made if is_syllable(made) else ""


def _compose(keys: str) -> str:
    letters, signs, tone = list[str](), list[str](), ""
    for key in keys:
        has_vowel = any(letter in _VOWELS for letter in letters)
        if key in _TONES and has_vowel:
            tone = _TONES[key]
        elif key in _SIGNS and has_vowel:
            _sign(letters, signs, *_SIGNS[key])
        elif key in "d9" and letters[:1] == ["d"]:
            letters[0] = "đ"
        elif key not in "aeo" or not _sign(letters, signs, key, _HAT):
            letters.append(key)
            signs.append("")
    if tone and (at := _tone_place(letters, signs)) is not None:
        signs[at] += tone
    pairs = zip(letters, signs, strict=True)
    return to_house_tone_style(to_nfc("".join(letter + sign for letter, sign in pairs)))


def _sign(letters: list[str], signs: list[str], among: str, sign: str) -> bool:
    """Give the last of some letters its sign; "uo" has two horns. Return whether there is one."""
    places = [at for at, letter in enumerate(letters) if letter in among and not signs[at]]
    if sign == _HORN and not places:
        places = [at for at, letter in enumerate(letters) if letter == "a" and not signs[at]]
        sign = _BREVE
    if not places:
        return False
    signs[places[-1]] = sign
    if sign == _HORN and letters[places[-1] - 1 : places[-1] + 1] == ["u", "o"]:
        signs[places[-1] - 1] = _HORN
    return True


def _tone_place(letters: list[str], signs: list[str]) -> int | None:
    """Return the place of the tone: a vowel with a sign, else the last before a consonant."""
    start = 2 if re.match("(?:qu|gi)[aeiouy]", "".join(letters)) else 0
    vowels = [at for at in range(start, len(letters)) if letters[at] in _VOWELS]
    signed = [at for at in vowels if signs[at]]
    if signed or not vowels:
        return signed[-1] if signed else None
    is_open = len(vowels) > 1 and vowels[-1] == len(letters) - 1
    return vowels[-2] if is_open else vowels[-1]
