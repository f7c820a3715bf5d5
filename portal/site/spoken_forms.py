"""The script that says short forms and numbers aloud as the texts for loudspeakers do."""

from __future__ import annotations

from portal.language.speech import Pronunciation
from portal.language.telephone import EMERGENCY
from portal.search.index import dump_json

SCRIPT = "js/spoken-forms.js"


def spoken_forms_script(pronunciation: Pronunciation) -> bytes:
    """Return the module: short form → words, longest first, and numbers said digit by digit."""
    forms = sorted(pronunciation.forms.items(), key=lambda pair: (-len(pair[0]), pair[0]))
    numbers = sorted(filter(str.isdecimal, pronunciation.phones | EMERGENCY))
    return b"export const FORMS=%b,NUMBERS=%b" % (dump_json(dict(forms)), dump_json(numbers))
