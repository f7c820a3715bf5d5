"""Runs SeaweedFS, an object store, on local ports, and nginx before it as deploy/ has it."""

from __future__ import annotations

import http.client
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import boto3

from desk.audit.web_servers import ServerError, free_port, nginx_server

BUCKET = "ten-thung-chua"  # as in deploy/nginx/store.conf
KEYS = {"AWS_ACCESS_KEY_ID": "khoa", "AWS_SECRET_ACCESS_KEY": "bi-mat"}
_PARTS = ("master", "volume", "filer", "s3")
_SOCKETS = Path("/tmp")  # where it leaves one for each port
# All that it offers besides S3, and telling its makers how it is used.
_WITHOUT = ("-s3.iam=false", "-s3.port.iceberg=0", "-s3.port.lance=0", "-master.telemetry=false")
_WAIT = 60.0  # seconds for the store to answer; it takes three on an idle machine


@contextmanager
def store_server(run: Path) -> Iterator[str]:
    """Serve an empty bucket that everybody may read, and who has `KEYS` write; yield host:port.

    `run` is an empty folder.

    Raises:
        ServerError: the store is not installed, or does not start.
    """
    program = Path(sys.executable).with_name("weed")
    if not program.exists():
        raise ServerError("weed is missing: make .venv/.dev")
    identities = run / "s3.json"
    identities.write_text(json.dumps({"identities": _identities()}), encoding="utf-8")
    ports = {f"-{part}.port{kind}": free_port() for part in _PARTS for kind in ("", ".grpc")}
    command = [str(program), "server", f"-dir={run}", "-ip=127.0.0.1", "-ip.bind=127.0.0.1", "-s3"]
    command += [f"-s3.config={identities}", *_WITHOUT]
    command += [f"{name}={port}" for name, port in ports.items()]
    with (run / "log").open("w") as log:
        server = subprocess.Popen(command, stdout=log, stderr=log)
    address = f"127.0.0.1:{ports['-s3.port']}"
    try:
        _wait_until_healthy(server, address, run / "log")
        _make_bucket(f"http://{address}")
        yield address
    finally:
        server.kill()  # asked to end, it waits ten seconds for other machines
        server.wait()
        for port in ports.values():
            for socket in _SOCKETS.glob(f"seaweedfs-*-{port}.sock"):
                socket.unlink(missing_ok=True)


@contextmanager
def nginx_before_store(configuration: Path, store: str, run: Path) -> Iterator[str]:
    """Serve what a store at host:port has by deploy/nginx/store.conf; yield the address.

    `run` is an empty folder.

    Raises:
        ServerError: nginx is not installed, or rejects the configuration.
    """
    text = configuration.read_text(encoding="utf-8").replace("127.0.0.1:8333", store)
    local = run / "store.conf"
    local.write_text(text, encoding="utf-8")
    with nginx_server(local, run, run) as root:
        yield root


def _identities() -> list[dict[str, object]]:
    key, secret = KEYS.values()
    credentials = [{"accessKey": key, "secretKey": secret}]
    everything = ["Admin", "Read", "Write", "List"]
    owner: dict[str, object] = {"name": "owner", "credentials": credentials, "actions": everything}
    everybody: dict[str, object] = {"name": "anonymous", "actions": ["Read"]}
    return [owner, everybody]


def _make_bucket(endpoint: str) -> None:
    key, secret = KEYS.values()
    client = boto3.client(
        "s3", endpoint_url=endpoint, aws_access_key_id=key, aws_secret_access_key=secret
    )
    client.create_bucket(Bucket=BUCKET)


def _wait_until_healthy(server: subprocess.Popen[bytes], address: str, log: Path) -> None:
    deadline = time.monotonic() + _WAIT
    while time.monotonic() < deadline and server.poll() is None:
        connection = http.client.HTTPConnection(address, timeout=2)
        try:
            connection.request("GET", "/healthz")
            if connection.getresponse().status == 200:
                return
        except OSError:
            time.sleep(0.05)
        finally:
            connection.close()
    raise ServerError(log.read_text(encoding="utf-8", errors="replace"))
