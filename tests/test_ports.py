from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.builds import run_mkdocs

from portal.system.ports import explain_port


@pytest.fixture
def busy() -> Iterator[int]:
    """Return a port that something listens on, with a free one above it."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def test_a_busy_port_is_told_before_anything_is_built(site_project: Path, busy: int) -> None:
    run = run_mkdocs(site_project, "serve", "--dev-addr", f"127.0.0.1:{busy}")
    assert run.returncode == 1
    said, _, address = run.stderr.rpartition("SERVE=127.0.0.1:")
    assert said == (
        "INFO    -  Building documentation...\n"
        f"ERROR   -  cổng {busy} đang có chương trình khác dùng (một make serve khác?)\n"
        "    Cách sửa: make serve "
    )
    assert busy < int(address) < busy + 20


@pytest.mark.parametrize(
    ("host", "port", "message"),
    [
        ("192.0.2.1", 8000, "máy này không có địa chỉ 192.0.2.1"),
        ("127.0.0.1", 80000, "không có cổng 80000: cổng là số từ 1 đến 65535"),
    ],
)
def test_an_address_nobody_can_listen_at_is_told(host: str, port: int, message: str) -> None:
    found = explain_port(host, port)
    assert found
    assert found[0] == message
    assert found[1].startswith("localhost:80")


def test_a_free_port_is_no_fault() -> None:
    assert explain_port("127.0.0.1", 0) is None
