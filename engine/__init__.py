"""Makes MkDocs 1.6.1 fast without changing its output.

`hooks/build_engine.py` opens a `BuildSession` for each build; without one, MkDocs runs unchanged.
For measurements and alternatives see decisions/0009-speed.md.
"""

from engine.live_preview import preview
from engine.mkdocs_internals import install
from engine.session import BuildSession, open_session

__all__ = ["BuildSession", "install", "open_session", "preview"]
