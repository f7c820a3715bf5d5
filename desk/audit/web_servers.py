"""Runs the web servers of deploy/ with their configurations, on local ports."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO

PACKAGES = ("nginx-light", "libnginx-mod-http-brotli-static", "openssl", "caddy")
_WAIT = 10.0  # seconds for the server to answer
_MAIN = """\
{user}
include /etc/nginx/modules-enabled/*.conf;
pid {run}/nginx.pid;
error_log {run}/error.log;
worker_processes 1;
events {{ }}
http {{
    access_log {run}/default.log;
    client_body_temp_path {run}/body;
    proxy_temp_path {run}/proxy;
    fastcgi_temp_path {run}/fastcgi;
    uwsgi_temp_path {run}/uwsgi;
    scgi_temp_path {run}/scgi;
{site}
}}
"""
# Of the machine that runs it, not of the site.
_CADDY_OPTIONS = """\
{
	admin off
	default_bind 127.0.0.1
}
"""


class ServerError(RuntimeError):
    """A web server is missing or does not start; the message says what to do."""


@contextmanager
def nginx_server(
    configuration: Path, site: Path, run: Path, log: Path | None = None
) -> Iterator[str]:
    """Serve `site` by the production configuration (TLS, HTTP/2, brotli) and yield the address.

    `run` is an empty folder for the certificate, the process id and the error log; readers are
    counted in `log` as an operator may switch on.

    Raises:
        ServerError: nginx is not installed, or rejects the configuration.
    """
    _require("nginx")
    _make_certificate(run)
    secure, plain = free_port(), free_port()
    text = local_configuration(configuration.read_text(encoding="utf-8"), site, run, secure, plain)
    if log:
        text = f"access_log {log} portal;".join(text.rsplit("access_log off;", 1))
    main = run / "nginx.conf"
    user = "user root;" if os.geteuid() == 0 else ""  # else its workers may not enter our folders
    main.write_text(_MAIN.format(user=user, run=run, site=text), encoding="utf-8")
    command = ["nginx", "-c", str(main), "-e", str(run / "error.log"), "-g", "daemon off;"]
    with running(command, secure):
        yield f"https://localhost:{secure}/"


@contextmanager
def caddy_server(
    configuration: Path, site: Path, run: Path, log: Path | None = None
) -> Iterator[str]:
    """Serve `site` by deploy/Caddyfile without TLS, which Caddy sets up itself; yield the address.

    `run` is an empty folder; readers are counted in `log` as an operator may switch on.

    Raises:
        ServerError: Caddy is not installed, or rejects the configuration.
    """
    _require("caddy")
    text = configuration.read_text(encoding="utf-8")
    if log:
        text = text.replace("#import", "import")
    local = run / "Caddyfile"
    local.write_text(_CADDY_OPTIONS + text, encoding="utf-8")
    port = free_port()
    settings = {
        "PORTAL_ADDRESS": f"http://localhost:{port}",
        "PORTAL_ROOT": str(site.absolute()),
        "PORTAL_LOG": str(log),
        "XDG_DATA_HOME": str(run),
        "XDG_CONFIG_HOME": str(run),
    }
    command = ["caddy", "run", "--config", str(local), "--adapter", "caddyfile"]
    with running(command, port, settings):
        yield f"http://localhost:{port}/"


def local_configuration(text: str, site: Path, run: Path, secure: int, plain: int) -> str:
    """Return the production configuration with this machine's paths and ports."""
    text = re.sub(r"^.*listen \[::\].*\n", "", text, flags=re.MULTILINE)
    for old, new in (
        ("listen 443", f"listen 127.0.0.1:{secure}"),
        ("listen 80", f"listen 127.0.0.1:{plain}"),
        ("portal.example.vn", "localhost"),
        ("/srv/portal/site", str(site.absolute())),
        ("/etc/ssl/portal", str(run)),
    ):
        text = text.replace(old, new)
    return text


def _make_certificate(run: Path) -> None:
    key = "-newkey ec -pkeyopt ec_paramgen_curve:prime256v1"
    command = f"openssl req -x509 {key} -nodes -days 1 -subj /CN=localhost"
    files = ["-keyout", str(run / "key.pem"), "-out", str(run / "fullchain.pem")]
    subprocess.run([*command.split(), *files], check=True, capture_output=True)


def free_port() -> int:
    """Return a port of this machine that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _require(program: str) -> None:
    if not shutil.which(program):
        raise ServerError(f"{program} is missing: apt-get install {' '.join(PACKAGES)}")


@contextmanager
def running(
    command: list[str], port: int, settings: Mapping[str, str] | None = None
) -> Iterator[None]:
    """Run a server until the context ends, from when its port answers.

    Raises:
        ServerError: it ended, or does not answer.
    """
    environment = {**os.environ, **(settings or {})}
    with tempfile.TemporaryFile("w+") as errors:  # a pipe that nobody reads would fill
        process = subprocess.Popen(command, stderr=errors, env=environment)
        try:
            _wait_until_it_answers(process, port, errors)
            yield
        finally:
            process.terminate()
            process.wait()


def _wait_until_it_answers(process: subprocess.Popen[bytes], port: int, errors: IO[str]) -> None:
    deadline = time.monotonic() + _WAIT
    while time.monotonic() < deadline:
        if process.poll() is not None:
            errors.seek(0)
            raise ServerError(errors.read())
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise ServerError(f"{process.args!r} does not answer on port {port}")
