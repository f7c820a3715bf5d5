"""The production server here: deploy/nginx/portal.conf with a port and certificate of its own."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PACKAGES = ("nginx-light", "libnginx-mod-http-brotli-static", "openssl")
_WAIT = 5.0  # seconds for the server to answer
_MAIN = """\
{user}
include /etc/nginx/modules-enabled/*.conf;
pid {run}/nginx.pid;
error_log {run}/error.log;
worker_processes 1;
events {{ }}
http {{
    include /etc/nginx/mime.types;
    access_log off;
    client_body_temp_path {run}/body;
    proxy_temp_path {run}/proxy;
    fastcgi_temp_path {run}/fastcgi;
    uwsgi_temp_path {run}/uwsgi;
    scgi_temp_path {run}/scgi;
{site}
}}
"""


class NginxError(RuntimeError):
    """nginx is missing or does not start; the message says what to do."""


@contextmanager
def nginx_server(configuration: Path, site: Path, run: Path) -> Iterator[str]:
    """Serve `site` with TLS, HTTP/2 and brotli as the configuration says; yield the address.

    `run` is an empty folder for the certificate, the process id and the log.

    Raises:
        NginxError: nginx is not installed, or refuses the configuration.
    """
    if not shutil.which("nginx"):
        raise NginxError(f"nginx is missing: apt-get install {' '.join(PACKAGES)}")
    _make_certificate(run)
    secure, plain = _free_port(), _free_port()
    text = local_configuration(configuration.read_text(encoding="utf-8"), site, run, secure, plain)
    main = run / "nginx.conf"
    user = "user root;" if os.geteuid() == 0 else ""  # else its workers may not enter our folders
    main.write_text(_MAIN.format(user=user, run=run, site=text), encoding="utf-8")
    command = ["nginx", "-c", str(main), "-e", str(run / "error.log")]
    process = subprocess.Popen([*command, "-g", "daemon off;"], stderr=subprocess.PIPE, text=True)
    try:
        _wait_until_it_answers(process, secure)
        yield f"https://localhost:{secure}/"
    finally:
        process.terminate()
        process.wait()


def local_configuration(text: str, site: Path, run: Path, secure: int, plain: int) -> str:
    """Return the configuration with this machine's paths and ports, all else as in production."""
    text = re.sub(r"^.*listen \[::\].*\n", "", text, flags=re.MULTILINE)
    for old, new in (
        ("listen 443", f"listen 127.0.0.1:{secure}"),
        ("listen 80", f"listen 127.0.0.1:{plain}"),
        ("portal.example.vn", "localhost"),
        ("/srv/portal/site", str(site.resolve())),
        ("/etc/ssl/portal", str(run)),
    ):
        text = text.replace(old, new)
    return text


def _make_certificate(run: Path) -> None:
    command = "openssl req -x509 -newkey rsa:2048 -nodes -days 1 -subj /CN=localhost"
    files = ["-keyout", str(run / "key.pem"), "-out", str(run / "fullchain.pem")]
    subprocess.run([*command.split(), *files], check=True, capture_output=True)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_until_it_answers(process: subprocess.Popen[str], port: int) -> None:
    deadline = time.monotonic() + _WAIT
    while time.monotonic() < deadline:
        if process.poll() is not None and process.stderr:
            raise NginxError(process.stderr.read())
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise NginxError(f"nginx does not answer on port {port}")
