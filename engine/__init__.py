"""Makes MkDocs 1.6.1 fast without changing a byte of what it writes.

`hooks/build_engine.py` opens a `BuildSession` for each build; without one, MkDocs runs as it is.
decisions/0009-speed.md tells what was measured and what was left out.
"""

from engine.live_preview import preview
from engine.mkdocs_internals import install
from engine.session import BuildSession, open_session

__all__ = ["BuildSession", "install", "open_session", "preview"]
