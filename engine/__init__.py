"""Makes MkDocs 1.6.1 fast without changing a byte of what it writes.

`hooks/build_engine.py` opens a `BuildSession` for each build; without one, MkDocs runs as it is.
decisions/0009-speed.md tells what was measured and what was left out.
"""

from engine.giving_way import give_way
from engine.live_preview import preview
from engine.mkdocs_internals import install
from engine.sealed_build import note_site
from engine.session import BuildSession, open_session

__all__ = ["BuildSession", "give_way", "install", "note_site", "open_session", "preview"]
