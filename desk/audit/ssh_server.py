"""Runs OpenSSH's server on a local port, with keys of its own and a client that trusts it."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from desk.audit.web_servers import ServerError, free_port, running

_SERVER = """\
Port {port}
ListenAddress 127.0.0.1
HostKey {run}/host
AuthorizedKeysFile {run}/authorized
PidFile none
StrictModes no
UsePAM no
PasswordAuthentication no
"""
_CLIENT = """\
IdentityFile {run}/client
IdentitiesOnly yes
UserKnownHostsFile {run}/known
BatchMode yes
"""
_COMMAND = """\
#!/bin/sh
exec {ssh} -F {run}/client.conf "$@"
"""
_SEPARATED = Path("/run/sshd")  # where a server that is started as root confines itself


@contextmanager
def ssh_server(run: Path) -> Iterator[int]:
    """Serve this user's own account and yield the port.

    `run` is an empty folder; `run/bin/ssh` is the client that knows the keys.

    Raises:
        ServerError: OpenSSH is not installed.
    """
    server, client = shutil.which("sshd", path="/usr/sbin:/usr/local/sbin"), shutil.which("ssh")
    if not server or not client:
        raise ServerError("sshd is missing: apt-get install openssh-server openssh-client")
    port = free_port()
    for name in ("host", "client"):
        command = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(run / name)]
        subprocess.run(command, check=True)
    client_key = (run / "client.pub").read_text(encoding="utf-8")
    (run / "authorized").write_text(f"restrict {client_key}", encoding="utf-8")
    host = (run / "host.pub").read_text(encoding="utf-8")
    (run / "known").write_text(f"[127.0.0.1]:{port} {host}", encoding="utf-8")
    (run / "server.conf").write_text(_SERVER.format(run=run, port=port), encoding="utf-8")
    (run / "client.conf").write_text(_CLIENT.format(run=run), encoding="utf-8")
    (run / "bin").mkdir()
    (run / "bin/ssh").write_text(_COMMAND.format(run=run, ssh=client), encoding="utf-8")
    (run / "bin/ssh").chmod(0o755)
    if os.geteuid() == 0:
        _SEPARATED.mkdir(exist_ok=True)
    with running([server, "-D", "-e", "-f", str(run / "server.conf")], port):
        yield port
