from pathlib import Path

from support.project import write

from portal.language.speech import Pronunciation
from portal.site.spoken_forms import spoken_forms_script
from portal.site.versioned_assets import read_assets, versioned_folder


def test_scripts_lose_their_comments_and_other_files_stay(tmp_path: Path) -> None:
    write(tmp_path / "js/a.js", "/** why */\nexport const x = 1; // yes\n")
    write(tmp_path / "js/a.css", "/* kept */")
    write(tmp_path / "css/inlined.css", "a{}")
    assert read_assets(tmp_path, ("js", "absent")) == {
        "js/a.js": b"export const x=1",
        "js/a.css": b"/* kept */",
    }


def test_folder_changes_with_names_and_contents_and_with_nothing_else() -> None:
    first = versioned_folder({"js/a.js": b"1", "js/b.js": b"2"})
    assert first == versioned_folder({"js/b.js": b"2", "js/a.js": b"1"})
    assert first != versioned_folder({"js/a.js": b"1", "js/b.js": b"3"})
    assert first != versioned_folder({"js/a.js": b"1", "js/c.js": b"2"})
    assert first.startswith("assets/")


def test_what_is_read_aloud_has_the_short_forms_and_numbers_of_the_data() -> None:
    forms = Pronunciation({"CK": "chuyển khoản", "CH Play": "xê hát"}, frozenset({"156", "+8424"}))
    assert spoken_forms_script(forms).decode() == (
        'export const FORMS={"CH Play":"xê hát","CK":"chuyển khoản"},'
        'NUMBERS=["111","112","113","114","115","156"]'
    )
