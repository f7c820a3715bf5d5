"""The syllables of Vietnamese: valid combinations of onset, rhyme and tone."""

from __future__ import annotations

import re
import unicodedata

from portal.language.text import fold

# Nearly all follow rules; "oong" and "uênh" are valid although only a few words have them.
_RHYMES = """
a ac ach ai am an ang anh ao ap at au ay ă ăc ăm ăn ăng ăp ăt â âc âm ân âng âp ât âu ây
e ec em en eng eo ep et ê êch êm ên ênh êp êt êu i ia ich im in inh ip it iu iêc iêm iên iêng iêp
iêt iêu o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oe oen oeo oet oc
oi om on ong ooc oong op ot ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt u ua uc ui um un ung up ut uân
uâng uât uây uê uêch uênh uơ uy uya uych uynh uyp uyt uyu uyên uyêt uôc uôi uôm uôn uông uôt ư ưa ưc
ưi ưm ưng ưt ưu ươc ươi ươm ươn ương ươp ươt ươu y ych yn ynh yt yêm yên yêng yêt yêu êng
""".split()
_ONSET = r"(?:ngh?|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdđghklmnpqrstvx])?"
_SYLLABLE = re.compile(rf"{_ONSET}(?:{'|'.join(sorted(_RHYMES, key=len, reverse=True))})")
_BARE = re.compile(rf"{_ONSET}(?:{'|'.join(sorted(set(map(fold, _RHYMES))))})")
_TONES = re.compile("[\u0300\u0301\u0303\u0309\u0323]")
_CHECKED = re.compile(r"(?:ch|[cpt])$")  # such a rhyme has one of two tones
_CHECKED_TONES = frozenset("\u0301\u0323")


def is_bare_syllable(word: str) -> bool:
    """Return whether a word in ASCII may be a syllable of Vietnamese without its accents."""
    return _BARE.fullmatch(word.lower()) is not None


def is_syllable(word: str) -> bool:
    """Return whether a word, in whatever case, may be one syllable of Vietnamese."""
    letters = unicodedata.normalize("NFD", word.lower())
    tones = _TONES.findall(letters)
    plain = unicodedata.normalize("NFC", _TONES.sub("", letters))
    if len(tones) > 1 or not _SYLLABLE.fullmatch(plain):
        return False
    return not _CHECKED.search(plain) or set(tones) <= _CHECKED_TONES
