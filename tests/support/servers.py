"""Servers to publish to: this machine, behind a command `ssh` that runs here what it is given."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.project import write

_STAND_IN = """\
#!/bin/sh
# ssh [-p port] [-o option]… host command…
while getopts p:o:l: _; do :; done
shift $OPTIND
exec sh -c "$*"
"""


def stand_in_for_ssh(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Put a command `ssh` before the system's that connects to this machine.

    That machine's disk keeps what it is given at once: waiting for it takes seconds on a busy one.
    """
    write(folder / "ssh", _STAND_IN).chmod(0o755)
    write(folder / "sync", "#!/bin/sh\n").chmod(0o755)
    monkeypatch.setenv("PATH", str(folder), prepend=":")
