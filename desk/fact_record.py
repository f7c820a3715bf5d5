"""Records at a release what its printed sheets state, so that they can be answered later."""

from __future__ import annotations

from pathlib import Path

from portal.library.fact_history import HISTORY, as_history_csv
from portal.library.library import Library
from portal.site.sheet_answers import rows_to_add
from portal.system.files import write_atomically


def record_facts(root: Path, library: Library) -> int:
    """Append a release of today to the history of facts; return the number of new rows.

    The history must have been read without problems: what was not read is not written back.
    """
    added = list(rows_to_add(library, library.today))
    text = as_history_csv([*library.fact_history, *added])
    write_atomically(root / HISTORY.path, text.encode())
    return len(added)
