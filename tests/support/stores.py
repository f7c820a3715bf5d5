"""Object stores: one in memory that can stop at any request, and moto's server."""

from __future__ import annotations

import hashlib
import json
import logging
import os
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

import boto3
import pytest
from moto.server import ThreadedMotoServer

from desk.audit.store_server import KEYS
from desk.publishing.bucket import ChangedMeanwhileError, Content
from desk.publishing.object_headers import ObjectHeaders
from desk.publishing.target import PublishError

STOPPED = PublishError("máy đăng bị tắt", "chạy lại")


@dataclass
class MemoryBucket:
    """A bucket as `Bucket` is one; after `stop_after` changes no request comes through."""

    objects: dict[str, tuple[bytes, ObjectHeaders]] = field(default_factory=dict)
    stop_after: int | None = None
    changes: int = 0
    log: list[str] = field(default_factory=list)
    age: float = 0

    def __post_init__(self) -> None:
        self._lock = threading.Lock()

    def _change(self, what: str) -> None:
        if self.stop_after is not None and self.changes >= self.stop_after:
            raise STOPPED
        self.changes += 1
        self.log.append(what)

    def sizes(self) -> dict[str, int]:
        return {key: len(body) for key, (body, _) in self.objects.items()}

    def read(self, key: str) -> Content | None:
        if key not in self.objects:
            return None
        body, _ = self.objects[key]
        return Content(body, hashlib.md5(body).hexdigest(), self.age)

    def write(self, key: str, body: bytes, headers: ObjectHeaders) -> None:
        with self._lock:
            self._change(f"write {key}")
            self.objects[key] = body, headers

    def exchange(self, key: str, body: bytes, headers: ObjectHeaders, tag: str) -> str:
        with self._lock:
            found = self.read(key)
            if (found.tag if found else "") != tag:
                raise ChangedMeanwhileError(key)
            self._change(f"write {key}")
            self.objects[key] = body, headers
            return hashlib.md5(body).hexdigest()

    def copy(self, source: str, key: str) -> None:
        with self._lock:
            self._change(f"copy {key}")
            self.objects[key] = self.objects[source]

    def delete(self, keys: Sequence[str]) -> None:
        with self._lock:
            for key in keys:
                self._change(f"delete {key}")
                self.objects.pop(key, None)


def use_store(monkeypatch: pytest.MonkeyPatch, endpoint: str, **environment: str) -> None:
    """Set the environment in which boto3 talks to this endpoint, and to no other."""
    for name in [each for each in os.environ if each.startswith("AWS_")]:
        monkeypatch.delenv(name)
    fixed = {"AWS_EC2_METADATA_DISABLED": "true", "AWS_CONFIG_FILE": "/dev/null"}
    fixed |= {"AWS_SHARED_CREDENTIALS_FILE": "/dev/null", "AWS_ENDPOINT_URL_S3": endpoint}
    for name, value in {**fixed, **KEYS, **environment}.items():
        monkeypatch.setenv(name, value)


def make_bucket(name: str) -> None:
    """Make a bucket that everybody may read, as deploy/object-store.md has it."""
    client = boto3.client("s3")
    client.create_bucket(Bucket=name)
    rule = {"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject"}
    policy = {
        "Version": "2012-10-17",
        "Statement": [{**rule, "Resource": f"arn:aws:s3:::{name}/*"}],
    }
    client.put_bucket_policy(Bucket=name, Policy=json.dumps(policy))


@contextmanager
def moto_server() -> Iterator[str]:
    """Run moto's store on this machine and yield its address."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    try:
        yield f"http://{host}:{port}"
    finally:
        server.stop()
